package dev.lintel.cluster;

import java.io.StringWriter;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate that signs itself, with its key.
 *
 * @param certificate in PEM
 * @param key in PEM
 */
record Certificates(X509Certificate parsed, String certificate, String key) {

  private static final AtomicLong SERIALS = new AtomicLong(1);

  /** Makes one. */
  static Certificates until(Instant end) {
    return until(end, "EC");
  }

  /** Makes one whose key is of a certain kind. */
  static Certificates until(Instant end, String algorithm) {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
      X500Name name = new X500Name("CN=lintel.lintel-system.svc");
      String signature = algorithm.equals("EC") ? "SHA256withECDSA" : "SHA256with" + algorithm;
      X509Certificate made =
          new JcaX509CertificateConverter()
              .getCertificate(
                  new JcaX509v3CertificateBuilder(
                          name,
                          BigInteger.valueOf(SERIALS.getAndIncrement()),
                          Date.from(Instant.EPOCH),
                          Date.from(end),
                          name,
                          pair.getPublic())
                      .build(new JcaContentSignerBuilder(signature).build(pair.getPrivate())));
      Object key =
          algorithm.equals("RSA")
              ? pair.getPrivate() // "RSA PRIVATE KEY"; the other form is "PRIVATE KEY"
              : new JcaPKCS8Generator(pair.getPrivate(), null);
      return new Certificates(made, pem(made), pem(key));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes both files. */
  CertificateFiles write(Path folder) throws Exception {
    put(folder.resolve("tls.key"), key);
    put(folder.resolve("tls.crt"), certificate);
    return files(folder);
  }

  static CertificateFiles files(Path folder) {
    return new CertificateFiles(folder.resolve("tls.crt"), folder.resolve("tls.key"));
  }

  /** Replaces a file at once, as a kubelet does. */
  static void put(Path file, String text) throws Exception {
    Path next = Files.writeString(file.resolveSibling(file.getFileName() + ".next"), text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String pem(Object object) throws Exception {
    Writer text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    return text.toString();
  }
}
