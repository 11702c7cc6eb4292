package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A repository as teams have them, in the shapes of public ones: charts, overlays, an app of apps,
 * settings of other programs, and files that nobody can read. What is fine in it is not denied, and
 * what cannot be read hides nothing.
 */
class GitopsRepositoryTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Path REPOSITORY = Path.of("src/test/resources/gitops");

  private static final String MISTAKE = "TD-001";

  private static final Set<String> UNREADABLE =
      Set.of(
          ".devcontainer/devcontainer.json",
          "broken/cut-off.json",
          "broken/duplicate-key.yaml",
          "broken/latin-1.yaml",
          "broken/merge.yaml",
          "broken/no-kind.yaml",
          "broken/picture.yaml",
          "broken/port.yaml",
          "broken/scalar-metadata.yaml",
          "broken/tabs.yaml",
          "broken/template.yaml");

  private static final String[] CHECK = {"check", "-R", REPOSITORY.toString()};
  private static final String[] SCAN = {"scan", "--cluster-state", REPOSITORY.toString()};

  @ParameterizedTest
  @EnumSource
  void checkWritesEveryFormat(CheckCommand.Format format) throws Exception {
    isWritten(format, run(CHECK, "-o", wordOf(format)));
  }

  @ParameterizedTest
  @EnumSource
  void scanWritesEveryFormat(CheckCommand.Format format) throws Exception {
    isWritten(format, run(SCAN, "-o", wordOf(format)));
  }

  private static void isWritten(CheckCommand.Format format, Cli.Run run) throws Exception {
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCodes.UNREADABLE);
    assertThat(toldUnreadable(run)).isEqualTo(UNREADABLE);
    assertThat(run.out()).contains(MISTAKE, "mistake.yaml").endsWith("\n");
    assertThat(denials(format, run.out())).as(run.out()).isEqualTo(1);
  }

  /** Reads a report as those do for whom it is made, and counts what it denies. */
  private static long denials(CheckCommand.Format format, String report) throws Exception {
    return switch (format) {
      case TEXT, WIDE -> {
        assertThat(report).contains(" objects judged: 1 denied, 0 with warnings; 11 could not be");
        yield report.lines().filter(line -> line.matches("(.*: )?deny \\[.*")).count();
      }
      case LINE -> {
        assertThat(report.lines()).allMatch(line -> line.matches("\\S+:\\d+:\\d+: deny \\[.*"));
        yield report.lines().count();
      }
      case JSON -> denials(JSON.readTree(report)).size();
      case YAML -> denials(YAML.readTree(report)).size();
      case SARIF -> {
        JsonNode run = JSON.readTree(report).at("/runs/0");
        assertThat(run.at("/invocations/0/toolExecutionNotifications")).hasSameSizeAs(UNREADABLE);
        yield run.path("results").size();
      }
      case JUNIT -> {
        String failures = failures(report);
        assertThat(report).contains("errors=\"11\"");
        yield Long.parseLong(failures);
      }
      case GITHUB -> {
        assertThat(report.lines())
            .hasSize(UNREADABLE.size() + 1)
            .allMatch(line -> line.matches("::error file=[^,]+,.*title=.*::.+"));
        yield report.lines().filter(line -> line.contains("title=" + MISTAKE)).count();
      }
      case GITLAB -> {
        JsonNode issues = JSON.readTree(report);
        assertThat(issues.findValuesAsText("fingerprint")).doesNotHaveDuplicates();
        yield StreamSupport.stream(issues.spliterator(), false)
            .filter(issue -> issue.path("description").asText().startsWith("[" + MISTAKE))
            .count();
      }
      case MARKDOWN -> report.lines().filter(line -> line.startsWith("| deny ")).count();
    };
  }

  private static String failures(String report) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(report.getBytes(StandardCharsets.UTF_8)))
        .getDocumentElement()
        .getAttribute("failures");
  }

  /** A count that falls says that something hides what stands beside it. */
  @Test
  void whatCanBeReadIsJudgedAndOnlyTheMistakeIsDenied() throws Exception {
    JsonNode checked = JSON.readTree(run(CHECK, "-o", "json").out());
    assertThat(checked.path("verdicts")).hasSize(34);
    assertThat(denials(checked)).containsExactly("puzzles");
    assertThat(checked.at("/summary/warned").asInt(-1)).isZero();
    assertThat(names(checked))
        .contains("beside-the-broken-one", "windows", "kept", "games", "toys", "")
        .doesNotContain("upstream", "duplicate-key", "merge");

    JsonNode scanned = JSON.readTree(run(SCAN, "-o", "json").out());
    assertThat(scanned.path("verdicts"))
        .as("the overlay's patch is no object of its own")
        .hasSize(33);
    assertThat(denials(scanned)).containsExactly("puzzles");
    assertThat(names(scanned)).doesNotContain("upstream");
  }

  @Test
  void withoutWhatCannotBeReadTheMistakeDecides() {
    String[] readable = {"--exclude", "broken/", "--exclude", ".devcontainer/"};
    assertThat(run(CHECK, readable).code()).isEqualTo(ExitCodes.FINDINGS);
    Cli.Run accepted =
        run(
            CHECK,
            Stream.concat(Stream.of(readable), Stream.of("--suppress", "TD-001:store/puzzles"))
                .toArray(String[]::new));
    assertThat(accepted.code()).as(accepted.err()).isEqualTo(ExitCodes.OK);
  }

  /** As the next pull request meets it: what is on the main branch is known. */
  @ParameterizedTest
  @CsvSource({
    "mesh, 0, 0",
    "gateway, 0, 0",
    "gateway-api, 0, 0",
    "shop, 0, 0",
    "argocd, 0, 0",
    "fleet, 0, 0",
    "workshop, 79, 0",
    "broken, 65, 65"
  })
  void eachPartByItself(String part, int code, int codeWhereItIsThereAlready) {
    String folder = REPOSITORY.resolve(part).toString();
    Cli.Run alone = Cli.run("check", "-R", folder);
    assertThat(alone.code()).as(alone.err() + alone.out()).isEqualTo(code);
    Cli.Run known = Cli.run("check", "-R", folder, "--cluster-state", folder);
    assertThat(known.code()).as(known.err() + known.out()).isEqualTo(codeWhereItIsThereAlready);
  }

  @Test
  void theOverlayIsJudgedAsKustomizeMakesIt() throws Exception {
    Cli.Run run =
        Cli.run(
            "check",
            "-k",
            REPOSITORY.resolve("shop/kustomize/overlays/prod").toString(),
            "--tool-path",
            RealTools.pathWithKubectl(),
            "-o",
            "json");
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCodes.OK);
    assertThat(names(JSON.readTree(run.out()))).containsExactlyInAnyOrder("stock", "payments");
  }

  @Test
  void theChartIsJudgedAsHelmMakesIt() throws Exception {
    Path values = REPOSITORY.resolve("shop/values-typo.yaml");
    String[] check = {
      "check",
      "--helm",
      REPOSITORY.resolve("shop/chart").toString(),
      "--tool-path",
      RealTools.pathWithHelm(),
      "-o",
      "json"
    };
    Cli.Run fine = run(check);
    assertThat(fine.code()).as(fine.err()).isEqualTo(ExitCodes.OK);
    assertThat(names(JSON.readTree(fine.out()))).containsExactly("basket", "recommendations");
    Cli.Run typo = run(check, "-f", values.toString());
    assertThat(typo.code()).as(typo.err()).isEqualTo(ExitCodes.FINDINGS);
    assertThat(denials(JSON.readTree(typo.out()))).containsExactly("basket", "recommendations");
  }

  @Test
  void itHasTheShapesThatItIsAbout() throws Exception {
    try (Stream<Path> files = Files.walk(REPOSITORY)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("Chart.yaml", "values.yaml", "kustomization.yaml", "docker-compose.yml")
          .contains(".lintelignore", "mesh.png", "namespaces.json", "ci.yaml", "root.yaml");
    }
  }

  private static Cli.Run run(String[] command, String... more) {
    return Cli.run(Stream.concat(Stream.of(command), Stream.of(more)).toArray(String[]::new));
  }

  private static Set<String> toldUnreadable(Cli.Run run) {
    String prefix = "lintel: " + REPOSITORY + "/";
    return run.err()
        .lines()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()).split("[: ]", 2)[0])
        .collect(Collectors.toSet());
  }

  private static List<String> names(JsonNode report) {
    return verdicts(report).map(verdict -> verdict.at("/object/name").asText()).toList();
  }

  private static List<String> denials(JsonNode report) {
    return verdicts(report)
        .filter(verdict -> verdict.path("decision").asText().equals("deny"))
        .map(verdict -> verdict.at("/object/name").asText())
        .toList();
  }

  private static Stream<JsonNode> verdicts(JsonNode report) {
    JsonNode verdicts = report.path("verdicts");
    return IntStream.range(0, verdicts.size()).mapToObj(verdicts::get);
  }

  private static String wordOf(CheckCommand.Format format) {
    return format.name().toLowerCase(Locale.ROOT);
  }
}
