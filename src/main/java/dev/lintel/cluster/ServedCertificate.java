package dev.lintel.cluster;

import dev.lintel.certificate.Certified;
import dev.lintel.certificate.Issuer;
import dev.lintel.certificate.UnusableCertificateException;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.KeyStoreAndKeyCertOptions;
import io.quarkus.tls.runtime.KeyStoreProvider;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What clients are shown: the server asks for it at its start, and is told of another. */
@Singleton
@Identifier(ServedCertificate.TLS)
class ServedCertificate implements KeyStoreProvider {

  /** The name of the server's TLS configuration. */
  static final String TLS = "lintel";

  /** It is for nobody, and replaced once the real one has been read. */
  private static final Duration STOPGAP = Duration.ofDays(1);

  private final LintelConfig lintel;
  private final CertificateConfig config;
  private final Clock clock;
  private @Nullable Certified current;

  ServedCertificate(LintelConfig lintel, CertificateConfig config, Clock clock) {
    this.lintel = lintel;
    this.config = config;
    this.clock = clock;
  }

  /** Returns what is shown. */
  synchronized Certified current() {
    if (current == null) {
      current = first();
    }
    return current;
  }

  /**
   * Shows another one to whoever connects from now on; connections that there are go on.
   *
   * @return whether the server has taken it
   */
  boolean show(
      Certified next, TlsConfigurationRegistry registry, Event<CertificateUpdatedEvent> updated) {
    Certified before = current();
    set(next);
    TlsConfiguration tls = registry.get(TLS).orElseThrow();
    if (!tls.reload()) {
      set(before);
      return false;
    }
    updated.fire(new CertificateUpdatedEvent(TLS, tls));
    return true;
  }

  @Override
  public KeyStoreAndKeyCertOptions getKeyStore(Vertx vertx) {
    Certified shown = current();
    PemKeyCertOptions options =
        new PemKeyCertOptions()
            .addCertValue(Buffer.buffer(shown.certificatesInPem()))
            .addKeyValue(Buffer.buffer(shown.keyInPem()));
    try {
      return new KeyStoreAndKeyCertOptions(options.loadKeyStore(vertx), options);
    } catch (Exception e) { // as Vert.x declares it
      throw new IllegalStateException("the server cannot use the certificate", e);
    }
  }

  private synchronized void set(Certified next) {
    current = next;
  }

  private Certified first() {
    return switch (lintel.certificates()) {
      case SELF_MANAGED ->
          Issuer.selfSigned(
              new Issuer.Names(List.of("lintel.invalid"), List.of()), clock.instant(), STOPGAP);
      case FILES -> {
        try {
          yield new CertificateFiles(config.file(), config.key()).read();
        } catch (UnusableCertificateException e) {
          throw new IllegalStateException(e.getMessage());
        }
      }
    };
  }
}
