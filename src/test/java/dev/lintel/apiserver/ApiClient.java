package dev.lintel.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * Talks to an API server as one user, without the cost of a kubectl for each request: loops need
 * that, and it shows warnings and codes as they are.
 */
final class ApiClient {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int BRIEF = 200;
  private static final int INVALID = 422;

  private final URI server;
  private final String token;
  private final HttpClient client;

  /** Creates a client of a server, which it knows by its certificate. */
  ApiClient(URI server, SSLContext trust, String token) {
    this.server = server;
    this.token = token;
    this.client =
        HttpClient.newBuilder()
            .sslContext(trust)
            .version(Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
  }

  /**
   * What was answered.
   *
   * @param warnings the texts of the Warning headers
   */
  record Reply(int code, String body, List<String> warnings) {

    /** Returns the code and the warnings, and the beginning of the body. */
    String brief() {
      return "%d %s %s"
          .formatted(code, warnings, body.substring(0, Math.min(BRIEF, body.length())));
    }

    /** Asserts that the request was granted, whatever it was warned of. */
    Reply succeeds() {
      assertThat(code).as(brief()).isBetween(200, 299);
      return this;
    }

    /** Tells whether the write was denied for what is in it. */
    boolean isDenied() {
      return code == INVALID;
    }

    /** Asserts that Lintel denied the write, and by which rule. */
    Reply isDeniedBy(String rule) {
      assertThat(code).as(brief()).isEqualTo(INVALID);
      assertThat(body).contains(rule);
      return this;
    }

    /** Returns everything that its author gets to read. */
    String text() {
      return body + String.join(System.lineSeparator(), warnings);
    }
  }

  /** Creates an object, given in JSON or in YAML. */
  Reply create(String path, String object) {
    return send("POST", path, "application/yaml", object);
  }

  /** Asks whether an object may be created, without creating it. */
  Reply tryToCreate(String path, String object) {
    return create(path + "?dryRun=All", object);
  }

  /** Changes an object by a merge patch in JSON. */
  Reply patch(String path, String patch) {
    return send("PATCH", path, "application/merge-patch+json", patch);
  }

  /** Deletes an object. */
  Reply delete(String path) {
    return send("DELETE", path, "application/json", "");
  }

  /** Reads something. */
  Reply get(String path) {
    return send("GET", path, "application/json", "");
  }

  private Reply send(String method, String path, String type, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", type)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      return new Reply(
          response.statusCode(), response.body(), response.headers().allValues("Warning"));
    } catch (IOException e) {
      throw new AssertionError("no answer to %s %s".formatted(method, path), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
