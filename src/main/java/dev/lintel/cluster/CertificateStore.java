package dev.lintel.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a certificate that Lintel makes itself is kept: the Secret that all replicas share, and the
 * webhook configuration that tells the API server whom to believe. Each write names the version
 * that it was made for, so that of two replicas one fails, and looks again.
 *
 * <p>Whatever fails is a {@link io.fabric8.kubernetes.client.KubernetesClientException}; its code
 * is 409 if somebody else has written, and not positive if the API server does not answer.
 */
interface CertificateStore {

  /** The name of the webhook configuration. */
  String CONFIGURATION = "lintel";

  /** Returns what the Secret is called in messages. */
  String secretName();

  /** Returns what the Secret holds. */
  Stored read();

  /** Writes what the Secret is to hold. */
  void write(Stored before, Map<String, String> texts);

  /**
   * Returns whom the API server believes; empty if there is no webhook configuration, so that it
   * asks nobody.
   */
  Optional<Believed> believed();

  /**
   * Has the API server believe some authorities, and nobody else. Nothing else of the webhook
   * configuration is touched.
   */
  void believe(Believed before, String authorities);

  /**
   * What the Secret holds.
   *
   * @param version empty if there is no Secret
   * @param texts by their names; what is no Base64 is left out
   */
  record Stored(Optional<String> version, Map<String, String> texts) {}

  /**
   * Whom the API server believes.
   *
   * @param version of the webhook configuration
   * @param bundles for each webhook the authorities in PEM; empty for nobody but public ones
   */
  record Believed(String version, List<String> bundles) {

    /** Copies the list, so that the record is immutable. */
    public Believed {
      bundles = List.copyOf(bundles);
    }

    /** Tells whether every webhook has the same authorities as these. */
    boolean are(String authorities) {
      return bundles.stream().allMatch(authorities::equals);
    }
  }
}
