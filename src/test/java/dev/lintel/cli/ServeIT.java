package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.cluster.GeneratedFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve} as a process of its own. */
class ServeIT {

  /** What a JVM is given in a container of 512 MiB, of which it may take 70 percent. */
  private static final String HEAP = "-Xmx358m";

  @TempDir Path folder;

  @Test
  void aFolderOfTenThousandServicesFitsIntoTheShippedContainer() throws Exception {
    new GeneratedFolder(10_000).writeFiles(folder);
    Process server = serve("--topology", folder.toString());
    try (BufferedReader output = server.inputReader(StandardCharsets.UTF_8)) {
      assertThat(
              output
                  .lines()
                  .filter(line -> line.contains("Listening on") || failed(line))
                  .findFirst())
          .hasValueSatisfying(line -> assertThat(line).contains("Listening on"));
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  @Test
  void aCertificateOfNoUseIsNamedInOneLine() throws Exception {
    SelfSignedCertificate made = SelfSignedCertificate.in(folder);
    Files.writeString(made.certificate(), "garbage");
    assertThat(errorOf(made)).isEqualTo(made.certificate() + " holds no certificate in PEM");
  }

  @Test
  void aKeyOfAnotherCertificateIsNamedInOneLine() throws Exception {
    SelfSignedCertificate made = SelfSignedCertificate.in(folder);
    SelfSignedCertificate other =
        SelfSignedCertificate.in(Files.createDirectory(folder.resolve("other")));
    assertThat(errorOf(new SelfSignedCertificate(made.certificate(), other.key())))
        .isEqualTo(
            other.key() + " holds another key than the one that " + made.certificate() + " is for");
  }

  private String errorOf(SelfSignedCertificate pair) throws Exception {
    Path cluster = Files.createDirectory(folder.resolve("cluster"));
    Process server =
        serve(
            "--topology",
            cluster.toString(),
            "--tls-cert",
            pair.certificate().toString(),
            "--tls-key",
            pair.key().toString());
    List<String> lines = server.inputReader(StandardCharsets.UTF_8).lines().toList();
    assertThat(server.waitFor()).as(String.join("\n", lines)).isEqualTo(ExitCodes.INTERNAL);
    return lines.stream()
        .filter(ServeIT::failed)
        .reduce((one, other) -> one + other)
        .orElse(String.join("\n", lines))
        .replace("lintel: ", "");
  }

  private static boolean failed(String line) {
    return line.startsWith("lintel: ");
  }

  private static Process serve(String... arguments) throws IOException {
    Stream<String> command =
        Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            HEAP,
            "-jar",
            System.getProperty("lintel.jar"),
            "serve",
            "--port=0",
            "--management-port=0");
    return new ProcessBuilder(Stream.concat(command, Stream.of(arguments)).toList())
        .redirectErrorStream(true)
        .start();
  }
}
