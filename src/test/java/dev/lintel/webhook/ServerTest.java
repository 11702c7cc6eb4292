package dev.lintel.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.apiserver.Eventually;
import dev.lintel.cli.ServerResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server as a client meets it: over HTTPS, with the certificate checked. */
@QuarkusTest
@QuarkusTestResource(ServerResource.class)
class ServerTest {

  @TestHTTPResource(value = "/validate?timeout=3s", tls = true)
  URI validate;

  @TestHTTPResource(value = "/q/", management = true)
  URI management;

  @ConfigProperty(name = "lintel.certificate.file")
  Path certificate;

  private HttpClient client = HttpClient.newHttpClient();
  private SSLContext context;

  @BeforeEach
  void trustTheCertificateAndNoOther() throws Exception {
    context = Clients.context(certificate);
    client = Clients.trusting(certificate);
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void aBadWriteIsDeniedOverHttps() throws Exception {
    HttpResponse<String> response = post(Reviews.create(Reviews.BAD_SERVICE));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("\"uid\":\"7f1c\"", "\"allowed\":false", "PreferClosest");
    assertThat(response.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
  }

  @Test
  void aLargeReviewIsAnsweredAsWell() throws Exception {
    byte[] large = padded(Reviews.create(Reviews.BAD_SERVICE), 1 << 20);
    assertThat(post(large).body()).contains("\"allowed\":false");
  }

  @Test
  void aReviewOfMoreThanSevenMebibytesIsRefused() throws Exception {
    byte[] large = padded(Reviews.create(Reviews.SERVICE), (7 << 20) + 1);
    HttpResponse<String> response = post(large);
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body()).contains("larger than 7 MiB");
  }

  /** As the API server sends them; a review that is refused does not cost the connection. */
  @Test
  void aConnectionIsKeptForTheNextReview() throws Exception {
    try (Socket socket = connect()) {
      assertThat(exchange(socket, Reviews.create(Reviews.SERVICE))).contains("\"allowed\":true");
      assertThat(exchange(socket, Reviews.bytes("{'request':"))).contains("not JSON");
      assertThat(exchange(socket, Reviews.create(Reviews.BAD_SERVICE)))
          .contains("\"allowed\":false");
    }
  }

  @Test
  void aReviewOfSevenMebibytesIsAnswered() throws Exception {
    assertThat(post(padded(Reviews.create(Reviews.SERVICE), 7 << 20)).statusCode()).isEqualTo(200);
  }

  @Test
  void aBodyWhoseLengthIsNotToldIsReadAsFarAsAllowed() throws Exception {
    assertThat(chunked(Reviews.create(Reviews.BAD_SERVICE))).contains("\"allowed\":false");
    assertThat(chunked(padded(Reviews.create(Reviews.BAD_SERVICE), 1 << 20)))
        .contains("\"allowed\":false");
    assertThat(chunked(padded(Reviews.create(Reviews.SERVICE), (7 << 20) + 1)))
        .contains("larger than 7 MiB");
  }

  @Test
  void aReviewThatIsTooLargeIsRefusedBeforeItIsRead() throws Exception {
    try (Socket socket = connect()) {
      send(socket, "Content-Length: 1000000000", new byte[0]);
      assertThat(readLine(socket)).isEqualTo("HTTP/1.1 413 Request Entity Too Large");
    }
  }

  @Test
  void onlyJsonIsTakenAndOnlyByPost() throws Exception {
    HttpRequest.Builder text =
        HttpRequest.newBuilder(validate)
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString("{}"));
    assertThat(client.send(text.build(), BodyHandlers.discarding()).statusCode()).isEqualTo(415);
    HttpResponse<Void> got =
        client.send(HttpRequest.newBuilder(validate).build(), BodyHandlers.discarding());
    assertThat(got.statusCode()).isEqualTo(405);
    assertThat(got.headers().firstValue("Allow")).hasValue("POST");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"
      })
  void aCipherThatIsNoLongerSafeIsNotSpoken(String cipher) throws Exception {
    try (SSLSocket socket = (SSLSocket) connect()) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.setEnabledCipherSuites(new String[] {cipher});
      assertThatThrownBy(socket::startHandshake)
          .isInstanceOf(SSLHandshakeException.class)
          .hasMessageContaining("handshake_failure");
    }
  }

  @Test
  void anOlderClientIsAnsweredWithASafeCipher() throws Exception {
    try (SSLSocket socket = (SSLSocket) connect()) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"});
      assertThat(exchange(socket, Reviews.create(Reviews.SERVICE))).contains("\"allowed\":true");
    }
  }

  @Test
  void whatIsNotJsonIsRefused() throws Exception {
    HttpResponse<String> response = post(Reviews.bytes("{'request':"));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("not JSON: line 1");
  }

  @Test
  void theServerIsReadyAndAliveOnTheManagementPort() throws Exception {
    for (String probe : new String[] {"health/ready", "health/live", "health/started"}) {
      URI uri = management.resolve("/q/" + probe);
      Eventually.holds(() -> assertThat(Clients.status(client, uri)).as(probe).isEqualTo(200));
    }
  }

  @Test
  void thePolicyInForceIsShownOnTheManagementPort() throws Exception {
    HttpResponse<String> response = getRaw("/policy");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .contains("# generation: default", "enforcement: deny", "waypoint-not-ready: warn");
  }

  @Test
  void aBadPolicyIsRefusedWhenItIsWritten() throws Exception {
    HttpResponse<String> response =
        post(
            validate.resolve("/validate-policy?timeout=3s"),
            Reviews.policy("apiVersion: lintel.dev/v1\nkind: Policy\nrules: {TD-01: off}\n"));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .contains("\"allowed\":false", "policy.yaml:3:9", "did you mean `TD-001`?");
  }

  @Test
  void metricsNameKindOperationAndDecision() throws Exception {
    post(Reviews.create(Reviews.BAD_SERVICE));
    assertThat(get("metrics").body())
        .contains(
            "lintel_admission_requests_total{decision=\"deny\",kind=\"Service\","
                + "operation=\"CREATE\"}",
            "lintel_findings_total{action=\"deny\",code=\"TD-001\"}",
            "lintel_admission_duration_seconds_count",
            "lintel_unknown_kinds_total",
            "lintel_shed_total{reason=\"bytes\"} 0.0",
            "lintel_shed_total{reason=\"flow\"} 0.0",
            "lintel_inflight 0.0",
            "lintel_body_bytes_in_flight 0.0",
            "lintel_config_last_reload_successful 1.0");
  }

  private HttpResponse<String> post(byte[] body) throws Exception {
    return post(validate, body);
  }

  private HttpResponse<String> post(URI endpoint, byte[] body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofString());
  }

  private Socket connect() throws IOException {
    Socket socket = context.getSocketFactory().createSocket(validate.getHost(), validate.getPort());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private String chunked(byte[] body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(validate)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
            .build();
    return client.send(request, BodyHandlers.ofString()).body();
  }

  private static void send(Socket socket, String length, byte[] body) throws IOException {
    String head =
        "POST /validate?timeout=3s HTTP/1.1\r\nHost: lintel\r\nContent-Type: application/json\r\n"
            + length
            + "\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(body);
    socket.getOutputStream().flush();
  }

  /** Sends a request on an open connection and returns the answer's body. */
  private String exchange(Socket socket, byte[] body) throws IOException {
    send(socket, "Content-Length: " + body.length, body);
    int length = 0;
    for (String line = readLine(socket); !line.isEmpty(); line = readLine(socket)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
      }
    }
    return new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
  }

  private static String readLine(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = socket.getInputStream().read(); c != '\n'; c = socket.getInputStream().read()) {
      assertThat(c).as("the connection was closed after: %s", line).isNotNegative();
      line.append((char) c);
    }
    return line.toString().strip();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return getRaw("/q/" + path);
  }

  private HttpResponse<String> getRaw(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(management.resolve(path)).build(), BodyHandlers.ofString());
  }

  private static byte[] padded(byte[] review, int size) {
    byte[] body = Arrays.copyOf(review, size);
    Arrays.fill(body, review.length, size, (byte) ' ');
    return body;
  }
}
