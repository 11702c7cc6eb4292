package dev.lintel.cluster;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.lintel.report.Lines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/** Writes Events on objects, where those who wrote the objects look first. */
final class EventWriter {

  private static final Logger LOG = Logger.getLogger(EventWriter.class);
  private static final JsonFactory JSON = new JsonFactory();
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** The API server takes six digits and no other number of them. */
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** As long as the API server lets an Event's note be. */
  private static final int MAX_NOTE = 1024;

  /** With what is put behind it, it is still short enough for a name. */
  private static final int MAX_NAME = 200;

  /** Where Events on objects without a namespace are. */
  private static final String DEFAULT_NAMESPACE = "default";

  private final ApiServer api;
  private final Executor executor;
  private final Clock clock;

  /**
   * Creates a writer.
   *
   * @param executor writes the Events: a watch must not wait for the API server
   */
  EventWriter(ApiServer api, Executor executor, Clock clock) {
    this.api = api;
    this.executor = executor;
    this.clock = clock;
  }

  /**
   * Writes a warning, sooner or later. Every replica gives the same warning the same name, so that
   * only one is kept.
   *
   * @param apiVersion the object's group and version
   * @param id which state of which object; UID and version may be empty
   * @param reason one word in upper camel case
   * @param action what Lintel was about to do, as one such word
   * @param note the message, which is shortened if need be
   */
  void warn(
      String apiVersion, String kind, ObjectId id, String reason, String action, String note) {
    executor.execute(
        () -> {
          try {
            write(apiVersion, kind, id, reason, action, Lines.shortened(note, MAX_NOTE));
          } catch (RefusedException e) {
            if (e.code() != RefusedException.CONFLICT) {
              failed(kind, e);
            }
          } catch (IOException | RuntimeException e) {
            failed(kind, e);
          }
        });
  }

  private void write(
      String apiVersion, String kind, ObjectId id, String reason, String action, String note)
      throws IOException {
    String namespace = id.namespace().isEmpty() ? DEFAULT_NAMESPACE : id.namespace();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeStringField("apiVersion", "events.k8s.io/v1");
      out.writeStringField("kind", "Event");
      out.writeObjectFieldStart("metadata");
      out.writeStringField("namespace", namespace);
      out.writeStringField("name", name(kind, id, reason, note));
      out.writeEndObject();
      out.writeObjectFieldStart("regarding");
      out.writeStringField("apiVersion", apiVersion);
      out.writeStringField("kind", kind);
      out.writeStringField("namespace", id.namespace());
      out.writeStringField("name", id.name());
      out.writeStringField("uid", id.uid());
      out.writeStringField("resourceVersion", id.version());
      out.writeEndObject();
      out.writeStringField("type", "Warning");
      out.writeStringField("reason", reason);
      out.writeStringField("action", action);
      out.writeStringField("note", note);
      out.writeStringField("eventTime", MICROSECONDS.format(clock.instant()));
      out.writeStringField("reportingController", "lintel.dev/lintel");
      out.writeStringField("reportingInstance", "lintel");
      out.writeEndObject();
    }
    api.create(
        "apis/events.k8s.io/v1/namespaces/%s/events".formatted(namespace),
        bytes.toByteArray(),
        TIMEOUT);
  }

  /** Names of Events have the form of a host's name. */
  private static String name(String kind, ObjectId id, String reason, String note) {
    String name = id.name().length() <= MAX_NAME ? id.name() : id.name().substring(0, MAX_NAME);
    int hash = Objects.hash(kind, id.uid(), id.version(), reason, note);
    return name.replaceAll("[.-]+$", "") + "." + HexFormat.of().toHexDigits(hash);
  }

  private static void failed(String kind, Exception failure) {
    LOG.warnf("no Event could be written on a %s: %s", kind, ApiServer.reason(failure));
  }
}
