package dev.lintel.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lets commands start sooner could not be written, or not to its end. */
class FaultCacheIT {

  /** In blocks of 1 KiB: the cache takes more than ten times as much. */
  private static final int FULL_AFTER = 2_048;

  private static final int DENIED = 79;
  private static final List<String> CHECK =
      List.of("bin/lintel", "check", "-f", "samples/writes", "--cluster-state", "samples/shop");

  @TempDir private Path home;

  @BeforeEach
  void aHomeOfItsOwn() throws IOException {
    Path project = Path.of("").toAbsolutePath();
    for (String folder : List.of("bin", "tools", "target")) {
      Files.createDirectories(home.resolve(folder));
    }
    // A link would lead bin/lintel back to where it is from.
    for (String file : List.of("bin/lintel", "tools/jdk.sh", "tools/aot.sh")) {
      Files.copy(project.resolve(file), home.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
    }
    for (String link : List.of("tools/aot", "samples", "target/quarkus-app")) {
      Files.createSymbolicLink(home.resolve(link), project.resolve(link));
    }
  }

  @Test
  void onAFullDiskCommandsStartWithoutTheCache() {
    // What a file may have at most ends a write as a full disk does, and needs no file system.
    Printed made =
        run(List.of("bash", "-c", "ulimit -f %d && exec tools/aot.sh".formatted(FULL_AFTER)));
    assertThat(made.code()).as(made.err()).isNotZero();
    judges();
  }

  @Test
  void aCacheThatWasCutOffIsPassedOver() throws IOException {
    Files.writeString(home.resolve("target/lintel.classpath"), classpath());
    for (byte[] content :
        new byte[][] {{}, "garbage".repeat(1_000).getBytes(StandardCharsets.UTF_8)}) {
      Files.write(home.resolve("target/lintel.aot"), content);
      judges();
    }
  }

  @Test
  void aCacheOfAnEarlierBuildIsNotTaken() throws IOException {
    Path cache = home.resolve("target/lintel.aot");
    Files.writeString(home.resolve("target/lintel.classpath"), classpath());
    Files.writeString(cache, "a cache");
    Instant built = Files.getLastModifiedTime(jar()).toInstant();
    Files.setLastModifiedTime(cache, FileTime.from(built.plusSeconds(1)));
    assertThat(argumentsOfJava()).contains("-XX:AOTCache=" + cache);
    Files.setLastModifiedTime(cache, FileTime.from(built.minusSeconds(1)));
    assertThat(argumentsOfJava()).contains("dev.lintel.cli.Main").doesNotContain("AOTCache");
  }

  /** Stands for a JDK, and prints what it is started with. */
  private String argumentsOfJava() throws IOException {
    Path jdk = Files.createDirectories(home.resolve("jdk/bin")).getParent();
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
    for (String command : List.of("bin/javac", "bin/java")) {
      Files.writeString(jdk.resolve(command), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
      assertThat(jdk.resolve(command).toFile().setExecutable(true)).isTrue();
    }
    Printed printed = run(jdk, CHECK);
    assertThat(printed.code()).as(printed.err()).isZero();
    return printed.out();
  }

  private Path jar() throws IOException {
    try (Stream<Path> jars = Files.list(home.resolve("target/quarkus-app/app"))) {
      return jars.filter(jar -> jar.getFileName().toString().startsWith("lintel-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private void judges() {
    Printed printed = run(CHECK);
    assertThat(printed.code()).as(printed.err()).isEqualTo(DENIED);
    assertThat(printed.out()).contains("TD-001");
  }

  private Printed run(List<String> command) {
    return run(Path.of(System.getProperty("java.home")), command);
  }

  private Printed run(Path jdk, List<String> command) {
    return Command.run(
        Map.of("JAVA_HOME", jdk.toString()),
        "",
        Stream.concat(
                Stream.of("bash", "-c", "cd \"$0\" && exec \"$@\"", home.toString()),
                command.stream())
            .toList());
  }

  private String classpath() throws IOException {
    StringBuilder jars = new StringBuilder();
    for (String folder : List.of("app", "lib/main", "lib/boot")) {
      try (Stream<Path> files = Files.list(home.resolve("target/quarkus-app").resolve(folder))) {
        files.forEach(jar -> jars.append(jar).append(':'));
      }
    }
    return jars.append(System.lineSeparator()).toString();
  }
}
