package dev.lintel.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder that stands for a large cluster is read in little memory. */
class LargeFolderTest {

  /** Of 5,000 Services the texts alone are 6 MiB; everything that YAML knows of them is 100. */
  private static final GeneratedFolder CLUSTER = new GeneratedFolder(5_000);

  @TempDir Path folder;

  @Test
  void manyFilesAreNotHeldAtOnce() throws Exception {
    CLUSTER.writeFiles(folder);
    assertThat(readInLittleMemory()).contains("name=service-0");
  }

  @Test
  void manyDocumentsOfOneFileAreNotHeldAtOnce() throws Exception {
    CLUSTER.writeFile(folder.resolve("all.yaml"));
    assertThat(readInLittleMemory()).contains("name=service-0");
  }

  @Test
  void manyObjectsOfOneListAreNotHeldAtOnce() throws Exception {
    CLUSTER.writeList(folder.resolve("list.yaml"));
    assertThat(readInLittleMemory()).contains("name=service-0");
  }

  private String readInLittleMemory() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Stream.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx48m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmbeddingProcess.class.getName(),
                        folder.toString())
                    .toList())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
