package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfSignedCertificateTest {

  @TempDir Path folder;
  private SelfSignedCertificate made;
  private X509Certificate certificate;

  @BeforeEach
  void make() throws Exception {
    made = SelfSignedCertificate.in(folder);
    try (InputStream pem = Files.newInputStream(made.certificate())) {
      certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
    }
  }

  @Test
  void itIsValidForThisMachineAndForTheWebhooksService() throws Exception {
    assertThat(certificate.getSubjectAlternativeNames())
        .extracting(name -> String.valueOf(name.get(1)))
        .contains("lintel.lintel-system.svc", "localhost", "127.0.0.1");
    certificate.checkValidity();
    certificate.verify(certificate.getPublicKey());
  }

  @Test
  void nobodyElseMayReadTheKey() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.key())))
        .isEqualTo("rw-------");
    assertThat(made.key()).content().startsWith("-----BEGIN PRIVATE KEY-----");
  }

  @Test
  void anEarlierOneIsReplaced() throws Exception {
    String earlier = Files.readString(made.key());
    SelfSignedCertificate.in(folder);
    assertThat(made.key()).content().isNotEqualTo(earlier);
  }
}
