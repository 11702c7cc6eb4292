package dev.lintel.webhook;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lintel.resource.Cursor;
import dev.lintel.resource.JsonBody;
import dev.lintel.resource.JsonSlice;
import dev.lintel.resource.MalformedObjectException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Reads the envelope of an admission review, whose fields may come in any order. The objects in it
 * are passed over and remembered as slices of the body.
 */
final class ReviewReader {

  private static final String API_VERSION = "admission.k8s.io/v1";

  /** How much of a review is looked at for its head, in bytes. */
  private static final int MAX_HEAD = 64 << 10;

  private final JsonBody body;
  private final JsonParser parser;
  private final Cursor in;

  private ReviewReader(JsonBody body, JsonParser parser) {
    this.body = body;
    this.parser = parser;
    this.in = new Cursor(parser);
  }

  /**
   * Reads a review.
   *
   * @param bytes JSON in UTF-8; must not be changed afterwards
   * @throws MalformedReviewException if it is no review that could be answered
   */
  static AdmissionRequest read(byte[] bytes) throws MalformedReviewException {
    JsonBody body = new JsonBody(bytes, bytes.length);
    try (JsonParser parser = body.parser()) {
      return new ReviewReader(body, parser).review();
    } catch (JsonProcessingException e) {
      throw new MalformedReviewException("not JSON: " + place(e) + e.getOriginalMessage());
    } catch (IOException | MalformedObjectException e) {
      throw new MalformedReviewException("not an AdmissionReview: " + e.getMessage());
    }
  }

  /**
   * Reads what stands before the objects in a review: the API server writes who asks for what
   * first. Costs little, however large the review is.
   *
   * @param bytes JSON in UTF-8; must not be changed afterwards
   * @return the request without its objects; empty if the request's identity does not come first
   */
  static Optional<AdmissionRequest> head(byte[] bytes) {
    JsonBody body = new JsonBody(bytes, Math.min(bytes.length, MAX_HEAD));
    Fields request = new Fields();
    try (JsonParser parser = body.parser()) {
      new ReviewReader(body, parser).readHead(request);
    } catch (IOException | MalformedObjectException e) {
      // What has been read till then counts.
    }
    return request.head();
  }

  private void readHead(Fields request) throws IOException, MalformedObjectException {
    for (in.object(); in.nextField(); ) {
      if (in.field().equals("request")) {
        for (in.object(); in.nextField() && !in.field().endsWith("bject"); ) {
          readField(request);
        }
        return;
      }
      in.skip();
    }
  }

  private AdmissionRequest review()
      throws IOException, MalformedObjectException, MalformedReviewException {
    String apiVersion = "";
    String kind = "";
    Fields request = new Fields();
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "apiVersion" -> apiVersion = in.text();
        case "kind" -> kind = in.text();
        case "request" -> readRequest(request);
        default -> in.skip();
      }
    }
    if (parser.nextToken() != null) {
      throw new MalformedReviewException("not JSON: something follows after the review");
    }
    expect("apiVersion", API_VERSION, apiVersion);
    expect("kind", "AdmissionReview", kind);
    return request.check();
  }

  private void readRequest(Fields request) throws IOException, MalformedObjectException {
    request.isThere = !in.isNull();
    for (in.object(); in.nextField(); ) {
      readField(request);
    }
  }

  private void readField(Fields request) throws IOException, MalformedObjectException {
    switch (in.field()) {
      case "uid" -> request.uid = in.text();
      case "kind" -> readKind(request);
      case "subResource" -> request.subresource = in.text();
      case "namespace" -> request.namespace = in.text();
      case "name" -> request.name = in.text();
      case "operation" -> request.operation = in.text();
      case "userInfo" -> readUser(request);
      case "dryRun" -> request.dryRun = in.truth();
      case "object" -> request.object = slice();
      case "oldObject" -> request.oldObject = slice();
      default -> in.skip();
    }
  }

  private void readKind(Fields request) throws IOException, MalformedObjectException {
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "group" -> request.group = in.text();
        case "kind" -> request.kind = in.text();
        default -> in.skip();
      }
    }
  }

  private void readUser(Fields request) throws IOException, MalformedObjectException {
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "username" -> request.user = in.text();
        case "groups" -> request.groups = in.texts();
        default -> in.skip();
      }
    }
  }

  private Optional<JsonSlice> slice() throws IOException, MalformedObjectException {
    return body.slice(parser, in);
  }

  private static void expect(String field, String expected, String found)
      throws MalformedReviewException {
    if (!found.equals(expected)) {
      throw new MalformedReviewException(
          "not an AdmissionReview: %s: expected %s, found %s"
              .formatted(field, expected, found.isEmpty() ? "nothing" : "\"" + found + "\""));
    }
  }

  private static String place(JsonProcessingException e) {
    JsonLocation place = e.getLocation();
    return place == null
        ? ""
        : "line %d, column %d: ".formatted(place.getLineNr(), place.getColumnNr());
  }

  /** The request's fields while they are read. */
  private static final class Fields {
    private boolean isThere;
    private String uid = "";
    private String group = "";
    private String kind = "";
    private String subresource = "";
    private String namespace = "";
    private String name = "";
    private String operation = "";
    private String user = "";
    private List<String> groups = List.of();
    private boolean dryRun;
    private Optional<JsonSlice> object = Optional.empty();
    private Optional<JsonSlice> oldObject = Optional.empty();

    AdmissionRequest check() throws MalformedReviewException {
      demand(isThere, "request: missing");
      demand(!uid.isEmpty(), "request.uid: missing");
      demand(!kind.isEmpty(), "request.kind.kind: missing");
      Optional<Operation> known = Operation.of(operation);
      demand(
          known.isPresent(),
          "request.operation: expected CREATE, UPDATE, DELETE or CONNECT, found "
              + (operation.isEmpty() ? "nothing" : "\"" + operation + "\""));
      boolean isWrite = known.orElseThrow().isWrite();
      demand(!isWrite || object.isPresent(), "request.object: missing");
      demand(
          known.get() != Operation.UPDATE || oldObject.isPresent(), "request.oldObject: missing");
      return request(
          known.get(), object, known.get() == Operation.CREATE ? Optional.empty() : oldObject);
    }

    Optional<AdmissionRequest> head() {
      return uid.isEmpty()
          ? Optional.empty()
          : Operation.of(operation)
              .map(known -> request(known, Optional.empty(), Optional.empty()));
    }

    private AdmissionRequest request(
        Operation known, Optional<JsonSlice> object, Optional<JsonSlice> oldObject) {
      return new AdmissionRequest(
          uid,
          known,
          group,
          kind,
          subresource,
          namespace,
          name,
          user,
          groups,
          dryRun,
          object,
          oldObject);
    }

    private static void demand(boolean holds, String otherwise) throws MalformedReviewException {
      if (!holds) {
        throw new MalformedReviewException("not an AdmissionReview: " + otherwise);
      }
    }
  }
}
