package dev.lintel.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.awaitility.core.ThrowingRunnable;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the certificate that clients are shown when its files change. */
@QuarkusTest
@QuarkusTestResource(value = ServedCertificateTest.Server.class, restrictToAnnotatedClass = true)
class ServedCertificateTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Instant NOW = Instant.now();

  @TestHTTPResource(value = "/validate", tls = true)
  URI server;

  @ConfigProperty(name = "lintel.certificate.file")
  Path certificate;

  @Inject MeterRegistry meters;

  private final List<String> logged = new CopyOnWriteArrayList<>();
  private final Handler listener = new Listener(logged);

  @BeforeEach
  void aGoodOneIsInUse() throws Exception {
    Logger.getLogger(CertificateWatch.class.getName()).addHandler(listener);
    Certificates good = Certificates.until(NOW.plus(Duration.ofDays(90)));
    good.write(certificate.getParent());
    eventually(() -> assertThat(shown()).isEqualTo(good.parsed()));
    eventually(() -> assertThat(isUpToDate()).isTrue());
    logged.clear();
  }

  @AfterEach
  void stopListening() {
    Logger.getLogger(CertificateWatch.class.getName()).removeHandler(listener);
  }

  @Test
  void aRenewedOneIsShownAndMeasured() throws Exception {
    Certificates renewed = Certificates.until(NOW.plus(Duration.ofDays(200)));
    renewed.write(certificate.getParent());
    eventually(() -> assertThat(shown()).isEqualTo(renewed.parsed()));
    assertThat(daysLeft()).isBetween(198L, 200L);
    assertThat(isUpToDate()).isTrue();
    assertThat(logged).anyMatch(line -> line.startsWith("INFO certificate in use until "));
  }

  @Test
  void noConnectionIsRefusedWhileItChanges() throws Exception {
    for (int i = 0; i < 5; i++) {
      Certificates renewed = Certificates.until(NOW.plus(Duration.ofDays(100 + i)));
      renewed.write(certificate.getParent());
      while (!shown().equals(renewed.parsed())) {
        Thread.onSpinWait(); // each look is a connection of its own
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "", "-----BEGIN CERTIFICATE-----\nAAAA\n"})
  void garbageIsToldAndTheOldOneStays(String garbage) throws Exception {
    X509Certificate before = shown();
    Certificates.put(certificate, garbage);
    eventually(() -> assertThat(isUpToDate()).isFalse());
    eventually(
        () ->
            assertThat(logged)
                .singleElement()
                .asString()
                .startsWith("ERROR " + certificate)
                .endsWith("; the one in use stays, until " + CertificateNotice.end(before)));
    assertThat(shown()).isEqualTo(before);
    assertThat(daysLeft()).isBetween(88L, 90L);
  }

  /** As long as only one of the two files has been replaced, for example. */
  @Test
  void aKeyOfAnotherCertificateIsToldAndTheOldPairStays() throws Exception {
    X509Certificate before = shown();
    Certificates next = Certificates.until(NOW.plus(Duration.ofDays(200)));
    Certificates.put(certificate, next.certificate());
    eventually(() -> assertThat(logged).anyMatch(line -> line.contains("holds another key")));
    assertThat(shown()).isEqualTo(before);
    Certificates.put(certificate.resolveSibling("tls.key"), next.key());
    eventually(() -> assertThat(shown()).isEqualTo(next.parsed()));
  }

  @Test
  void anExpiredOneIsToldAndTheOldOneStays() throws Exception {
    X509Certificate before = shown();
    Certificates.until(NOW.minus(Duration.ofDays(1))).write(certificate.getParent());
    eventually(() -> assertThat(isUpToDate()).isFalse());
    eventually(
        () ->
            assertThat(logged)
                .anyMatch(
                    line ->
                        line.startsWith("ERROR the certificate in " + certificate + " expired at")
                            && line.contains("the one in use stays")));
    assertThat(shown()).isEqualTo(before);
  }

  @Test
  void oneThatEndsSoonIsShownAndToldOnce() throws Exception {
    Certificates soon = Certificates.until(NOW.plus(Duration.ofDays(3)));
    soon.write(certificate.getParent());
    eventually(
        () ->
            assertThat(logged)
                .anyMatch(line -> line.startsWith("WARN the certificate in use expires at")));
    assertThat(shown()).isEqualTo(soon.parsed());
    await()
        .pollInSameThread()
        .during(Duration.ofSeconds(1))
        .untilAsserted(
            () -> assertThat(logged.stream().filter(line -> line.startsWith("WARN"))).hasSize(1));
  }

  private long daysLeft() {
    double seconds = meters.get("lintel.certificate.expiry").tag("cert", "serving").gauge().value();
    return Duration.ofSeconds((long) seconds).toDays();
  }

  private boolean isUpToDate() {
    return meters.get("lintel.certificate.last.reload.successful").gauge().value() == 1;
  }

  /** Returns what a client is shown that takes anything. */
  private X509Certificate shown() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustingManager()}, null);
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(30_000);
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  private static void eventually(ThrowingRunnable assertion) {
    await().pollInSameThread().atMost(PATIENCE).untilAsserted(assertion);
  }

  /** A server that looks at its certificate often. */
  public static final class Server implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
      try {
        Path folder = Files.createTempDirectory("lintel-certificate");
        CertificateFiles files = Certificates.until(NOW.plus(Duration.ofDays(90))).write(folder);
        return Map.of(
            "lintel.topology", Files.createDirectory(folder.resolve("cluster")).toString(),
            "lintel.certificate.check-every", "PT0.1S",
            "lintel.certificate.file", files.certificate().toString(),
            "lintel.certificate.key", files.key().toString());
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void stop() {}
  }

  private static final class Listener extends Handler {

    private final List<String> lines;

    Listener(List<String> lines) {
      this.lines = lines;
    }

    @Override
    public void publish(LogRecord line) {
      lines.add(line.getLevel() + " " + line.getMessage().formatted(parameters(line)));
    }

    private static Object[] parameters(LogRecord line) {
      return line.getParameters() == null ? new Object[0] : line.getParameters();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private static final class TrustingManager extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkClientTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

    @Override
    public void checkServerTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
