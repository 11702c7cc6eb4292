package dev.lintel.cluster;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** How the certificate that the webhook shows is looked after. */
@ConfigMapping(prefix = "lintel.certificate")
interface CertificateConfig {

  /** Returns how often it is looked at; a renewed certificate is taken up then. */
  @WithDefault("PT60S")
  Duration checkEvery();

  /** Returns the file with the certificate, in PEM; read where others look after it. */
  @WithDefault("/etc/lintel/tls/tls.crt")
  Path file();

  /** Returns the file with its key, in PEM without a password. */
  @WithDefault("/etc/lintel/tls/tls.key")
  Path key();

  /** Returns the Secret in which Lintel keeps a certificate that it makes itself. */
  @WithDefault("lintel-certificate")
  String secret();

  /** Returns how long an authority that Lintel makes is valid. */
  @WithDefault("P365D")
  Duration authorityLife();

  /** Returns how long a certificate that Lintel makes is valid. */
  @WithDefault("P90D")
  Duration servingLife();

  /** Returns how long the authorities before a new one are believed beside it. */
  @WithDefault("P1D")
  Duration overlap();
}
