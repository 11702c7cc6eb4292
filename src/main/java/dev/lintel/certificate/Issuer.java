package dev.lintel.certificate;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes keys on the curve P-256, and certificates for them. */
public final class Issuer {

  /** Certificates are valid from a little before they were made: not every clock is right. */
  static final Duration TOLERANCE = Duration.ofHours(1);

  private static final X500Name AUTHORITY = new X500Name("CN=Lintel CA");
  private static final X500Name SERVER = new X500Name("CN=lintel");
  private static final int SERIAL_BITS = 120;

  private Issuer() {}

  /**
   * What a server is called.
   *
   * @param hosts as DNS has them
   * @param addresses IP addresses
   */
  public record Names(List<String> hosts, List<String> addresses) {

    /** Copies the lists, so that the record is immutable. */
    public Names {
      hosts = List.copyOf(hosts);
      addresses = List.copyOf(addresses);
    }

    private GeneralNames written() {
      return new GeneralNames(
          Stream.concat(
                  hosts.stream().map(host -> new GeneralName(GeneralName.dNSName, host)),
                  addresses.stream().map(ip -> new GeneralName(GeneralName.iPAddress, ip)))
              .toArray(GeneralName[]::new));
    }
  }

  /** Makes an authority, which issues servers' certificates and no further authorities. */
  static Certified authority(Instant now, Duration life) {
    return made(
        () -> {
          KeyPair keys = newKeys();
          X509v3CertificateBuilder draft =
              draft(AUTHORITY, AUTHORITY, keys, now, now.plus(life))
                  .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                  .addExtension(
                      Extension.keyUsage,
                      true,
                      new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
          return signed(keys, draft, keys.getPrivate());
        });
  }

  /** Makes a server's certificate, which ends no later than the authority. */
  static Certified serving(Certified authority, Names names, Instant now, Duration life) {
    return made(
        () -> {
          KeyPair keys = newKeys();
          X509Certificate issuer = authority.certificate();
          Instant last = issuer.getNotAfter().toInstant();
          Instant end = now.plus(life).isBefore(last) ? now.plus(life) : last;
          X509v3CertificateBuilder draft =
              forServer(draft(AUTHORITY, SERVER, keys, now, end), names)
                  .addExtension(
                      Extension.authorityKeyIdentifier,
                      false,
                      new JcaX509ExtensionUtils()
                          .createAuthorityKeyIdentifier(issuer.getPublicKey()));
          return signed(keys, draft, authority.key());
        });
  }

  /**
   * Makes a server's certificate that no authority stands behind: a client trusts it by trusting
   * the certificate itself.
   */
  public static Certified selfSigned(Names names, Instant now, Duration life) {
    return made(
        () -> {
          KeyPair keys = newKeys();
          X509v3CertificateBuilder draft =
              forServer(draft(SERVER, SERVER, keys, now, now.plus(life)), names);
          return signed(keys, draft, keys.getPrivate());
        });
  }

  private static X509v3CertificateBuilder draft(
      X500Name issuer, X500Name subject, KeyPair keys, Instant now, Instant end)
      throws CertIOException, GeneralSecurityException {
    X509v3CertificateBuilder draft =
        new JcaX509v3CertificateBuilder(
            issuer,
            new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS),
            Date.from(now.minus(TOLERANCE)),
            Date.from(end),
            subject,
            keys.getPublic());
    draft.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
    return draft;
  }

  private static X509v3CertificateBuilder forServer(X509v3CertificateBuilder draft, Names names)
      throws CertIOException {
    draft
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
        .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
        .addExtension(
            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
        .addExtension(Extension.subjectAlternativeName, false, names.written());
    return draft;
  }

  private static Certified signed(KeyPair keys, X509v3CertificateBuilder draft, PrivateKey issuer)
      throws GeneralSecurityException, OperatorCreationException {
    return new Certified(
        List.of(
            new JcaX509CertificateConverter()
                .getCertificate(
                    draft.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuer)))),
        keys.getPrivate());
  }

  private static KeyPair newKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static Certified made(Making making) {
    try {
      return making.make();
    } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
      throw new IllegalStateException("every JDK has this curve and this signature", e);
    }
  }

  private interface Making {
    Certified make() throws GeneralSecurityException, OperatorCreationException, CertIOException;
  }
}
