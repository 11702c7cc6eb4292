package dev.lintel.cluster;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import org.jboss.logging.Logger;

/** Writes Events on the webhook's Service, which the certificate is for. */
final class CertificateEvents implements CertificateWatch.CertificateAnnouncer {

  private static final Logger LOG = Logger.getLogger(CertificateEvents.class);

  private static final String SERVICE = "lintel";
  private static final int DIGEST_BYTES = 6;

  private final KubernetesClient client;
  private final String namespace;
  private final Clock clock;

  /**
   * Creates a writer.
   *
   * @param namespace Lintel's own, the only one in which it may write Events
   */
  CertificateEvents(KubernetesClient client, String namespace, Clock clock) {
    this.client = client;
    this.namespace = namespace;
    this.clock = clock;
  }

  /** Every replica writes the same name, so that only the first Event is kept. */
  @Override
  public void tell(CertificateNotice notice) {
    String now = Instant.now(clock).toString();
    String word = notice.reason().word();
    try {
      client
          .resource(
              new EventBuilder()
                  .withNewMetadata()
                  .withNamespace(namespace)
                  .withName(
                      "%s.%s.%s"
                          .formatted(
                              SERVICE, word.toLowerCase(Locale.ROOT), digest(notice.message())))
                  .endMetadata()
                  .withNewInvolvedObject()
                  .withApiVersion("v1")
                  .withKind("Service")
                  .withNamespace(namespace)
                  .withName(SERVICE)
                  .endInvolvedObject()
                  .withType("Warning")
                  .withReason(word)
                  .withMessage(notice.message())
                  .withNewSource()
                  .withComponent("lintel")
                  .endSource()
                  .withFirstTimestamp(now)
                  .withLastTimestamp(now)
                  .withCount(1)
                  .build())
          .create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        LOG.warnf("no Event could be written on the Service: %s", e.getMessage());
      }
    }
  }

  private static String digest(String message) {
    try {
      byte[] whole =
          MessageDigest.getInstance("SHA-256").digest(message.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(whole, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
