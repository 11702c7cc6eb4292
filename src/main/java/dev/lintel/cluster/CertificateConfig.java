package dev.lintel.cluster;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the certificate that the webhook shows is looked after. */
@ConfigMapping(prefix = "lintel.certificate")
interface CertificateConfig {

  /** Returns how often the files are looked at; a renewed certificate is taken up then. */
  @WithDefault("PT60S")
  Duration checkEvery();
}
