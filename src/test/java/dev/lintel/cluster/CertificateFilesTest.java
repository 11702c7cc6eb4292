package dev.lintel.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.certificate.UnusableCertificateException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateFilesTest {

  private static final Instant END = Instant.parse("2030-01-01T00:00:00Z");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void aCertificateWithItsKeyIsRead(String algorithm) throws Exception {
    Certificates made = Certificates.until(END, algorithm);
    assertThat(made.write(folder).read().certificate()).isEqualTo(made.parsed());
  }

  @Test
  void whatTheScriptForDevelopmentMakesIsRead() throws Exception {
    assertThat(
            new ProcessBuilder("certs/dev-ca.sh", "--secret", folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start()
                .waitFor())
        .isZero();
    assertThat(Certificates.files(folder).read().certificate().getNotAfter()).isInTheFuture();
  }

  @ParameterizedTest
  @CsvSource({
    "tls.crt, garbage, tls.crt holds no certificate in PEM",
    "tls.crt, '', tls.crt is empty",
    "tls.key, garbage, tls.key holds no private key in PEM",
    "tls.key, '', tls.key holds no private key in PEM",
    "tls.key, '-----BEGIN PRIVATE KEY-----\n%%%\n-----END PRIVATE KEY-----\n', tls.key holds no"
  })
  void aFileOfNoUseIsNamed(String file, String text, String problem) throws Exception {
    CertificateFiles files = Certificates.until(END).write(folder);
    Files.writeString(folder.resolve(file), text);
    assertThatThrownBy(files::read)
        .isInstanceOf(UnusableCertificateException.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tls.crt", "tls.key"})
  void aFileThatIsNotThereIsNamed(String file) throws Exception {
    CertificateFiles files = Certificates.until(END).write(folder);
    Files.delete(folder.resolve(file));
    assertThatThrownBy(files::read).hasMessageContaining("no such file: " + folder.resolve(file));
  }

  @Test
  void aFileWithoutAnEndIsNotReadIntoMemory() throws Exception {
    CertificateFiles files = Certificates.until(END).write(folder);
    Files.writeString(folder.resolve("tls.crt"), "x".repeat((1 << 20) + 1));
    assertThatThrownBy(files::read).hasMessageContaining("tls.crt is larger than 1 MiB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void theKeyOfAnotherCertificateIsNamed(String algorithm) throws Exception {
    CertificateFiles files = Certificates.until(END).write(folder);
    Files.writeString(folder.resolve("tls.key"), Certificates.until(END, algorithm).key());
    assertThatThrownBy(files::read)
        .hasMessage(
            "%s holds another key than the one that %s is for"
                .formatted(folder.resolve("tls.key"), folder.resolve("tls.crt")));
  }
}
