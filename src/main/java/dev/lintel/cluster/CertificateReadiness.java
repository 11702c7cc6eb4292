package dev.lintel.cluster;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once the API server believes the certificate that it is shown: in a rolling update, a
 * replica that is believed must not end for one that is not. Ready once is ready for good: no other
 * replica would be believed any more than this one, and its trouble is told in an Event.
 */
@Readiness
@ApplicationScoped
class CertificateReadiness implements HealthCheck {

  private final CertificateWatch certificate;

  CertificateReadiness(CertificateWatch certificate) {
    this.certificate = certificate;
  }

  @Override
  public HealthCheckResponse call() {
    Optional<String> missing = certificate.missing();
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("certificate is believed").status(missing.isEmpty());
    missing.ifPresent(why -> response.withData("certificate", why));
    return response.build();
  }
}
