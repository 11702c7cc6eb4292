package dev.lintel.cluster;

import dev.lintel.certificate.Certified;
import dev.lintel.certificate.Issuer;
import dev.lintel.certificate.UnusableCertificateException;
import io.quarkus.tls.runtime.KeyStoreAndKeyCertOptions;
import io.quarkus.tls.runtime.KeyStoreProvider;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What clients are shown. The server is given a {@link SwitchingKeyManager} once and for all: told
 * of another certificate, it would refuse connections while it gets ready for that.
 */
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
  private @Nullable SwitchingKeyManager keys;

  ServedCertificate(LintelConfig lintel, CertificateConfig config, Clock clock) {
    this.lintel = lintel;
    this.config = config;
    this.clock = clock;
  }

  /** Returns what is shown. */
  Certified current() {
    return keys().current();
  }

  /** Shows another one to whoever connects from now on; connections that there are go on. */
  void show(Certified next) {
    keys().show(next);
  }

  @Override
  public KeyStoreAndKeyCertOptions getKeyStore(Vertx vertx) {
    SwitchingKeyManager shown = keys();
    return new KeyStoreAndKeyCertOptions(
        SwitchingKeyManager.keyStore(shown.current()), KeyCertOptions.wrap(shown));
  }

  private synchronized SwitchingKeyManager keys() {
    if (keys == null) {
      keys = new SwitchingKeyManager(first());
    }
    return keys;
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
