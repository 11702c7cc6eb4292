package dev.lintel.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code make dist} makes, as those meet it who download it. */
@OnApiServer
class ReleaseIT {

  private static final Path DIST = Path.of("target/dist");
  private static final String IMAGE = "registry.example/lintel@sha256:" + "0".repeat(64);

  private static Path unpacked;
  private static String archive;

  @BeforeAll
  static void made(@TempDir Path folder) throws IOException {
    run(
        Map.of(),
        "tools/maven.sh",
        "--batch-mode",
        "--no-transfer-progress",
        "--quiet",
        "-Pdist",
        "asciidoctor:process-asciidoc@default",
        "cyclonedx:makeBom@default");
    run(Map.of("IMAGE", IMAGE), "tools/dist.sh");
    try (Stream<Path> files = Files.list(DIST)) {
      archive =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".tar.gz"))
              .findFirst()
              .orElseThrow();
    }
    run(Map.of(), "tar", "-xzf", DIST.resolve(archive).toString(), "-C", folder.toString());
    unpacked = folder.resolve(archive.replace(".tar.gz", ""));
  }

  @Test
  void theSameInputGivesTheSameBytes() throws IOException {
    String first = Files.readString(DIST.resolve("SHA256SUMS"));
    run(Map.of("IMAGE", IMAGE), "tools/dist.sh");
    assertThat(Files.readString(DIST.resolve("SHA256SUMS"))).isEqualTo(first);
    assertThat(first)
        .contains(archive, "install.yaml", "lintel.cdx.json", "krew.yaml", "lintel.rb");
  }

  /**
   * Two builds take minutes, so what would tell them apart is looked for here: the time, and the
   * folder. Not the order in which threads of Quarkus come by, which its generated jar keeps.
   */
  @Test
  void nothingInItTellsWhenOrWhereItWasBuilt() throws IOException {
    LocalDateTime time = LocalDateTime.ofInstant(outputTimestamp(), ZoneOffset.UTC);
    String tree = DIST.getParent().toAbsolutePath().toString();
    try (Stream<Path> files = Files.walk(unpacked)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.getLastModifiedTime(file).toInstant())
            .as("%s", file)
            .isEqualTo(outputTimestamp());
        assertThat(text(Files.readAllBytes(file))).as("%s", file).doesNotContain(tree);
        if (file.toString().endsWith(".jar")
            && !file.getParent().endsWith("main")
            && !file.getParent().endsWith("boot")) {
          assertEntries(file, time, tree);
        }
      }
    }
    JsonNode bom = new ObjectMapper().readTree(DIST.resolve("lintel.cdx.json").toFile());
    assertThat(bom.has("serialNumber")).isFalse();
    assertThat(bom.at("/metadata").has("timestamp")).isFalse();
  }

  /** Jars of others came as they are from Maven's repository. */
  private static void assertEntries(Path jar, LocalDateTime time, String tree) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        assertThat(entry.getTimeLocal()).as("%s in %s", entry, jar).isBeforeOrEqualTo(time);
        assertThat(text(zip.getInputStream(entry).readAllBytes()))
            .as("%s in %s", entry, jar)
            .doesNotContain(tree);
      }
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static Instant outputTimestamp() throws IOException {
    Matcher written =
        Pattern.compile("<project.build.outputTimestamp>(.*)</project.build.outputTimestamp>")
            .matcher(Files.readString(Path.of("pom.xml")));
    assertThat(written.find()).isTrue();
    return Instant.parse(written.group(1));
  }

  @Test
  void theUnpackedCommandJudgesAndMakesItsCache(@TempDir Path cache) throws IOException {
    Map<String, String> home = Map.of("XDG_CACHE_HOME", cache.toString());
    List<String> check =
        List.of(
            unpacked.resolve("bin/lintel").toString(),
            "check",
            "-f",
            "samples/writes",
            "--cluster-state",
            "samples/shop");
    Printed first = Command.run(home, "", check);
    assertThat(first.code()).describedAs(first.err()).isEqualTo(79);
    assertThat(first.out()).contains("TD-001");
    Eventually.is("the cache is made", () -> isThere(cache));
    assertThat(Command.run(home, "", check).out()).isEqualTo(first.out());
  }

  private static boolean isThere(Path cache) {
    try (Stream<Path> files = Files.walk(cache)) {
      return files.anyMatch(file -> file.endsWith("lintel.classpath"));
    } catch (IOException | UncheckedIOException e) {
      return false; // written this moment
    }
  }

  @Test
  void itTellsItsVersionAsAPluginOfKubectl(@TempDir Path cache) {
    Map<String, String> environment =
        Map.of(
            "XDG_CACHE_HOME",
            cache.toString(),
            "LINTEL_CACHE",
            "off",
            "PATH",
            unpacked.resolve("bin") + ":" + System.getenv("PATH"));
    Printed printed =
        Command.run(
            environment,
            "",
            List.of(
                Path.of(System.getenv("KUBEBUILDER_ASSETS"), "kubectl").toString(),
                "lintel",
                "--version"));
    assertThat(printed.code()).describedAs(printed.err()).isZero();
    assertThat(archive).isEqualTo(printed.out().strip().replace(' ', '-') + ".tar.gz");
    assertThat(cache).isEmptyDirectory();
  }

  @Test
  void theManifestsNameTheImageOnce() throws IOException {
    assertThat(Files.readString(DIST.resolve("install.yaml")))
        .containsOnlyOnce("image: " + IMAGE)
        .contains(
            "kind: ValidatingWebhookConfiguration",
            "name: lintel-certificate",
            "kind: ClusterRole");
  }

  @Test
  void krewAndHomebrewNameTheArchiveThatIsThere() throws IOException {
    String sum =
        Files.readAllLines(DIST.resolve("SHA256SUMS")).stream()
            .filter(line -> line.endsWith(archive))
            .map(line -> line.split(" ")[0])
            .findFirst()
            .orElseThrow();
    JsonNode platform =
        new YAMLMapper().readTree(DIST.resolve("krew.yaml").toFile()).at("/spec/platforms/0");
    assertThat(platform.path("sha256").asText()).isEqualTo(sum);
    assertThat(platform.path("uri").asText()).endsWith("/" + archive);
    assertThat(unpacked.getParent().resolve(platform.path("bin").asText())).isExecutable();
    assertThat(Files.readString(DIST.resolve("lintel.rb")))
        .contains("sha256 \"%s\"".formatted(sum), "/" + archive + "\"")
        .doesNotContain("@");
  }

  @Test
  void theListOfWhatIsInsideHasTheLibrariesAndNoTests() throws IOException {
    JsonNode bom = new ObjectMapper().readTree(DIST.resolve("lintel.cdx.json").toFile());
    List<String> names = bom.path("components").findValuesAsText("name");
    assertThat(names).contains("picocli", "snakeyaml-engine", "Paguro", "vertx-core");
    assertThat(names).doesNotContain("archunit", "jqwik", "assertj-core");
  }

  @Test
  void eachCommandHasAManPage() throws IOException {
    assertThat(Files.readString(unpacked.resolve("share/man/man1/lintel-check.1")))
        .contains("\\-\\-cluster\\-state");
    assertThat(unpacked.resolve("share/man/man1/lintel-explain.1")).isRegularFile();
  }

  /** As somebody's commit goes through the hook; {@code .ci/run} installs pre-commit. */
  @Test
  void theHookStopsACommit(@TempDir Path folder) throws IOException {
    Path hooks = Files.createDirectory(folder.resolve("hooks"));
    Files.copy(Path.of(".pre-commit-hooks.yaml"), hooks.resolve(".pre-commit-hooks.yaml"));
    commit(hooks);
    Path project = Files.createDirectory(folder.resolve("project"));
    Files.copy(
        Path.of("samples/writes/2-misspelt-traffic-distribution.yaml"),
        project.resolve("reviews.yaml"));
    commit(project);
    Map<String, String> environment = new HashMap<>(identity());
    environment.put("PATH", unpacked.resolve("bin") + ":" + System.getenv("PATH"));
    environment.put("PRE_COMMIT_HOME", folder.resolve("pre-commit").toString());
    environment.put("LINTEL_CACHE", "off");
    String attempt = "cd '%s' && pre-commit try-repo '%s' lintel --all-files";
    Printed denied =
        Command.run(environment, "", List.of("bash", "-c", attempt.formatted(project, hooks)));
    assertThat(denied.code()).describedAs(denied.err() + denied.out()).isEqualTo(1);
    assertThat(denied.out()).contains("TD-001", "exit code: 79");

    Files.copy(
        Path.of("samples/shop/4-shop.yaml"),
        project.resolve("reviews.yaml"),
        StandardCopyOption.REPLACE_EXISTING);
    commit(project);
    Printed passed =
        Command.run(environment, "", List.of("bash", "-c", attempt.formatted(project, hooks)));
    assertThat(passed.code()).describedAs(passed.err() + passed.out()).isZero();
  }

  private static void commit(Path folder) {
    run(
        identity(),
        "bash",
        "-c",
        "cd '%s' && git init --quiet && git add --all && git commit --quiet --message files"
            .formatted(folder));
  }

  private static Map<String, String> identity() {
    return Map.of(
        "GIT_AUTHOR_NAME", "alice",
        "GIT_AUTHOR_EMAIL", "alice@shop.example",
        "GIT_COMMITTER_NAME", "alice",
        "GIT_COMMITTER_EMAIL", "alice@shop.example");
  }

  private static void run(Map<String, String> environment, String... command) {
    Printed printed = Command.run(environment, "", List.of(command));
    assertThat(printed.code()).describedAs(printed.err() + printed.out()).isZero();
  }
}
