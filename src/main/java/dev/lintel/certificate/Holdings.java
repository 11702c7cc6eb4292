package dev.lintel.certificate;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the replicas share: who issues their certificate, and the certificate.
 *
 * @param authority issues certificates; empty if there is none of use
 * @param earlier authorities whose certificates may still be shown, and which are believed
 * @param serving what clients are shown; empty if there is none of use
 * @param damage what is there and of no use, for people
 */
public record Holdings(
    Optional<Certified> authority,
    List<X509Certificate> earlier,
    Optional<Certified> serving,
    List<String> damage) {

  /** The authorities that clients are to believe, the one that issues first. */
  static final String AUTHORITIES = "ca.crt";

  /** The key of the authority that issues. */
  static final String AUTHORITY_KEY = "ca.key";

  /** What clients are shown. */
  static final String SERVING = "tls.crt";

  /** Its key. */
  static final String SERVING_KEY = "tls.key";

  /** Nobody needs more, and what is believed must not grow. */
  static final int MOST_EARLIER = 4;

  /** Copies the lists, so that the record is immutable. */
  public Holdings {
    earlier = List.copyOf(earlier);
    damage = List.copyOf(damage);
  }

  /**
   * Reads what was written. What is damaged counts as not there.
   *
   * @param written texts by their names
   */
  public static Holdings read(Map<String, String> written) {
    List<String> damage = new ArrayList<>();
    List<X509Certificate> believed = new ArrayList<>();
    if (has(written, AUTHORITIES)) {
      try {
        believed.addAll(Pem.certificates(AUTHORITIES, written.getOrDefault(AUTHORITIES, "")));
      } catch (UnusableCertificateException e) {
        damage.add(String.valueOf(e.getMessage()));
      }
    }
    Optional<Certified> authority = pair(written, AUTHORITIES, AUTHORITY_KEY, damage);
    Optional<Certified> serving = pair(written, SERVING, SERVING_KEY, damage);
    return new Holdings(
        authority.map(found -> new Certified(List.of(found.certificate()), found.key())),
        believed.stream().skip(authority.isPresent() ? 1 : 0).limit(MOST_EARLIER).toList(),
        serving,
        damage.stream().distinct().toList());
  }

  /** Returns the texts to be written, by their names. */
  public Map<String, String> written() {
    Map<String, String> texts = new HashMap<>();
    texts.put(AUTHORITIES, Pem.of(believed()));
    authority.ifPresent(issuer -> texts.put(AUTHORITY_KEY, issuer.keyInPem()));
    serving.ifPresent(
        server -> {
          texts.put(SERVING, server.certificatesInPem());
          texts.put(SERVING_KEY, server.keyInPem());
        });
    return Map.copyOf(texts);
  }

  /** Returns the authorities that clients are to believe. */
  public List<X509Certificate> believed() {
    return Stream.concat(authority.stream().map(Certified::certificate), earlier.stream()).toList();
  }

  /** Tells whether one of some authorities has issued a certificate. */
  public static boolean isIssuedBy(List<X509Certificate> authorities, X509Certificate certificate) {
    return authorities.stream().anyMatch(authority -> isIssuedBy(authority, certificate));
  }

  static boolean isIssuedBy(X509Certificate authority, X509Certificate certificate) {
    try {
      certificate.verify(authority.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static Optional<Certified> pair(
      Map<String, String> written, String certificates, String key, List<String> damage) {
    if (!has(written, certificates) && !has(written, key)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Certified.read(
              certificates,
              written.getOrDefault(certificates, ""),
              key,
              written.getOrDefault(key, "")));
    } catch (UnusableCertificateException e) {
      damage.add(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static boolean has(Map<String, String> written, String name) {
    return !written.getOrDefault(name, "").isBlank();
  }
}
