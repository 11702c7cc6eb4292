package dev.lintel.replay;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lintel.resource.Cursor;
import dev.lintel.resource.JsonBody;
import dev.lintel.resource.JsonSlice;
import dev.lintel.resource.MalformedObjectException;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a line of an audit log: an event, or a list of events as audit webhooks get them. */
final class AuditReader {

  private final JsonBody body;
  private final JsonParser parser;
  private final Cursor in;
  private final List<AuditEvent> events = new ArrayList<>();

  private AuditReader(JsonBody body, JsonParser parser) {
    this.body = body;
    this.parser = parser;
    this.in = new Cursor(parser);
  }

  /**
   * Reads a line.
   *
   * @param body the line; the events refer to it
   * @throws MalformedObjectException if it is no event
   */
  static List<AuditEvent> read(JsonBody body) throws MalformedObjectException {
    try (JsonParser parser = body.parser()) {
      AuditReader reader = new AuditReader(body, parser);
      reader.readEvent();
      if (parser.nextToken() != null) {
        throw new MalformedObjectException("something follows after the event");
      }
      return reader.events;
    } catch (JsonProcessingException e) {
      throw new MalformedObjectException("not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new MalformedObjectException("not JSON: " + e.getMessage(), e);
    }
  }

  private void readEvent() throws IOException, MalformedObjectException {
    Fields event = new Fields();
    boolean isList = false;
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "items" -> {
          isList = true;
          for (in.array(); in.nextElement(); ) {
            readEvent();
          }
        }
        case "stage" -> event.stage = in.text();
        case "verb" -> event.verb = in.text();
        case "requestURI" -> event.uri = in.text();
        case "user" -> readUser(event, event.isImpersonated);
        case "impersonatedUser" -> {
          event.isImpersonated = !in.isNull();
          readUser(event, in.isNull());
        }
        case "objectRef" -> readObject(event);
        case "responseStatus" -> readStatus(event);
        case "requestReceivedTimestamp" -> event.time = time();
        case "requestObject" -> event.request = body.slice(parser, in);
        case "responseObject" -> event.response = body.slice(parser, in);
        default -> in.skip();
      }
    }
    if (!isList) {
      events.add(event.check());
    }
  }

  /** Whoever is impersonated counts, wherever both stand. */
  private void readUser(Fields event, boolean isPassedOver)
      throws IOException, MalformedObjectException {
    if (isPassedOver) {
      in.skip();
      return;
    }
    event.user = "";
    event.groups = List.of();
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "username" -> event.user = in.text();
        case "groups" -> event.groups = in.texts();
        default -> in.skip();
      }
    }
  }

  private void readObject(Fields event) throws IOException, MalformedObjectException {
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "apiGroup" -> event.group = in.text();
        case "resource" -> event.resource = in.text();
        case "subresource" -> event.subresource = in.text();
        case "namespace" -> event.namespace = in.text();
        case "name" -> event.name = in.text();
        default -> in.skip();
      }
    }
  }

  private void readStatus(Fields event) throws IOException, MalformedObjectException {
    for (in.object(); in.nextField(); ) {
      if (in.field().equals("code")) {
        event.code = in.number();
      } else {
        in.skip();
      }
    }
  }

  private Instant time() throws IOException, MalformedObjectException {
    try {
      return in.isNull() ? Instant.EPOCH : Instant.parse(in.text());
    } catch (DateTimeParseException e) {
      throw in.unexpected("a time such as 2026-01-31T08:00:00Z");
    }
  }

  /** The event's fields while they are read. */
  private static final class Fields {
    private String stage = "";
    private String verb = "";
    private String user = "";
    private List<String> groups = List.of();
    private boolean isImpersonated;
    private String group = "";
    private String resource = "";
    private String subresource = "";
    private String namespace = "";
    private String name = "";
    private String uri = "";
    private int code;
    private Instant time = Instant.EPOCH;
    private Optional<JsonSlice> request = Optional.empty();
    private Optional<JsonSlice> response = Optional.empty();

    AuditEvent check() throws MalformedObjectException {
      if (stage.isEmpty() || verb.isEmpty()) {
        throw new MalformedObjectException("not an audit event: it has no stage or no verb");
      }
      return new AuditEvent(
          stage,
          verb,
          user,
          groups,
          group,
          resource,
          subresource,
          namespace,
          name,
          uri,
          code,
          time,
          request,
          response);
    }
  }
}
