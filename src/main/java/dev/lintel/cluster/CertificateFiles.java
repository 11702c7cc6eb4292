package dev.lintel.cluster;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;

/**
 * The files with the certificate that the webhook shows, and with its key.
 *
 * @param certificate in PEM, the server's own one first
 * @param key in PEM, without a password
 */
public record CertificateFiles(Path certificate, Path key) {

  /** Many times what a chain of certificates takes. */
  private static final long MAX_BYTES = 1 << 20;

  private static final byte[] PROBE = "lintel".getBytes(StandardCharsets.US_ASCII);

  /**
   * Reads the files, and makes sure that they belong together.
   *
   * @return the server's certificate, which may have expired
   * @throws UnusableCertificateException if no server can use them
   */
  public X509Certificate read() throws UnusableCertificateException {
    X509Certificate found = readCertificate();
    if (!signs(readKey(), found.getPublicKey())) {
      throw new UnusableCertificateException(
          "%s holds another key than the one that %s is for".formatted(key, certificate));
    }
    return found;
  }

  private X509Certificate readCertificate() throws UnusableCertificateException {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(bytes(certificate)))
          .stream()
          .findFirst()
          .map(X509Certificate.class::cast)
          .orElseThrow(() -> new UnusableCertificateException(certificate + " is empty"));
    } catch (CertificateException e) {
      throw new UnusableCertificateException(certificate + " holds no certificate in PEM", e);
    }
  }

  private PrivateKeyInfo readKey() throws UnusableCertificateException {
    String text = new String(bytes(key), StandardCharsets.ISO_8859_1);
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
        if (part instanceof PEMKeyPair pair) {
          return pair.getPrivateKeyInfo();
        }
        if (part instanceof PrivateKeyInfo alone) {
          return alone;
        }
      }
    } catch (IOException | RuntimeException e) { // what is no Base64 is a runtime exception
      throw new UnusableCertificateException(key + " holds no private key in PEM", e);
    }
    throw new UnusableCertificateException(key + " holds no private key in PEM without a password");
  }

  private boolean signs(PrivateKeyInfo info, PublicKey verifier)
      throws UnusableCertificateException {
    try {
      PrivateKey signer =
          KeyFactory.getInstance(verifier.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
      Signature signature = Signature.getInstance(signatureOf(verifier));
      signature.initSign(signer);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(verifier);
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // a key of another kind, or of another curve
    } catch (IOException e) {
      throw new UnusableCertificateException(key + " holds no private key", e);
    }
  }

  private static String signatureOf(PublicKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm(); // EdDSA and RSASSA-PSS are both
    };
  }

  private static byte[] bytes(Path file) throws UnusableCertificateException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new UnusableCertificateException(file + " is larger than 1 MiB");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new UnusableCertificateException("no such file: " + file, e);
    } catch (IOException e) {
      throw new UnusableCertificateException(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
