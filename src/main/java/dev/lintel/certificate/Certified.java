package dev.lintel.certificate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;

/**
 * A private key, and the certificate that it is for.
 *
 * @param chain its own certificate first, then those of whoever issued it, as far as they are sent
 */
public record Certified(List<X509Certificate> chain, PrivateKey key) {

  private static final byte[] PROBE = "lintel".getBytes(StandardCharsets.US_ASCII);

  /** Copies the list, so that the record is immutable. */
  public Certified {
    chain = List.copyOf(chain);
  }

  /**
   * Reads both, and makes sure that they belong together.
   *
   * @param certificates what the text with the certificates is called in messages
   * @param key what the text with the key is called in messages
   * @throws UnusableCertificateException if no server can use them
   */
  public static Certified read(
      String certificates, String certificatesText, String key, String keyText)
      throws UnusableCertificateException {
    List<X509Certificate> chain = Pem.certificates(certificates, certificatesText);
    PublicKey verifier = chain.getFirst().getPublicKey();
    PrivateKeyInfo info = Pem.key(key, keyText);
    try {
      PrivateKey signer =
          KeyFactory.getInstance(verifier.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
      if (signs(signer, verifier)) {
        return new Certified(chain, signer);
      }
    } catch (GeneralSecurityException e) {
      throw new UnusableCertificateException(mismatch(certificates, key), e); // another kind of key
    } catch (IOException e) {
      throw new UnusableCertificateException(key + " holds no private key", e);
    }
    throw new UnusableCertificateException(mismatch(certificates, key));
  }

  /** Returns the certificate that the key is for. */
  public X509Certificate certificate() {
    return chain.getFirst();
  }

  /** Returns the certificates in PEM. */
  public String certificatesInPem() {
    return Pem.of(chain);
  }

  /** Returns the key in PEM. */
  public String keyInPem() {
    return Pem.of(key);
  }

  /** Says which certificate it is. The key is nobody's business. */
  @Override
  public String toString() {
    return "Certified[" + certificate().getSerialNumber().toString(16) + "]";
  }

  private static String mismatch(String certificates, String key) {
    return "%s holds another key than the one that %s is for".formatted(key, certificates);
  }

  private static boolean signs(PrivateKey signer, PublicKey verifier)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance(signatureOf(verifier));
    signature.initSign(signer);
    signature.update(PROBE);
    byte[] signed = signature.sign();
    signature.initVerify(verifier);
    signature.update(PROBE);
    return signature.verify(signed);
  }

  private static String signatureOf(PublicKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm(); // EdDSA and RSASSA-PSS are both
    };
  }
}
