package dev.lintel.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;

/** Certificates and keys as text. */
public final class Pem {

  private Pem() {}

  /**
   * Returns the certificates that a text holds.
   *
   * @param source what the text is called in messages
   * @throws UnusableCertificateException if there is none, or something else
   */
  public static List<X509Certificate> certificates(String source, String text)
      throws UnusableCertificateException {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    try {
      List<X509Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (found.isEmpty()) {
        throw new UnusableCertificateException(source + " is empty");
      }
      return found;
    } catch (CertificateException e) {
      throw new UnusableCertificateException(source + " holds no certificate in PEM", e);
    }
  }

  /** Returns certificates as text, in their order. */
  public static String of(List<X509Certificate> certificates) {
    StringBuilder text = new StringBuilder();
    certificates.forEach(certificate -> text.append(written(certificate)));
    return text.toString();
  }

  static PrivateKeyInfo key(String source, String text) throws UnusableCertificateException {
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
      throw new UnusableCertificateException(source + " holds no private key in PEM", e);
    }
    throw new UnusableCertificateException(
        source + " holds no private key in PEM without a password");
  }

  static String of(PrivateKey key) {
    try {
      return written(new JcaPKCS8Generator(key, null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String written(Object object) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
