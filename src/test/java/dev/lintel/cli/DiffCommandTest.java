package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lintel diff} from folders, objects that exist, and commits. */
class DiffCommandTest {

  private static final Path SHOP = Path.of("src/test/resources/diff/_shop.yaml");
  private static final String LABEL = ", istio.io/use-waypoint: waypoint";

  @TempDir Path folder;
  private Path before;
  private Path after;

  @BeforeEach
  void write() throws Exception {
    String shop = Files.readString(SHOP);
    before = Files.createDirectory(folder.resolve("before"));
    after = Files.createDirectory(folder.resolve("after"));
    Files.writeString(before.resolve("all.yaml"), shop);
    Files.writeString(after.resolve("all.yaml"), shop.replace(LABEL, ""));
  }

  @Test
  void comparesTwoFolders() {
    Cli.Run run = diff("--before", before.toString(), "--after", after.toString());
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCodes.OK);
    assertThat(run.out()).startsWith("3 paths change, 3 waypoints change");
  }

  @Test
  void tellsByItsExitCodeWhereAskedTo() {
    String[] changed = {"--before", before.toString(), "--after", after.toString(), "--exit-code"};
    assertThat(diff(changed).code()).isEqualTo(ExitCodes.FINDINGS);
    assertThat(
            diff("--before", before.toString(), "--after", before.toString(), "--exit-code").code())
        .isEqualTo(ExitCodes.OK);
  }

  @Test
  void appliesManifestsToWhatExists() throws Exception {
    Path namespace =
        Files.writeString(
            folder.resolve("shop.yaml"),
            """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop, labels: {istio.io/dataplane-mode: ambient}}
            """);
    Cli.Run run = diff("-f", namespace.toString(), "--cluster-state", before.toString());
    assertThat(run.out()).startsWith("3 paths change, 3 waypoints change");
  }

  @Test
  void comparesWhatExistsWithItselfOnAnotherPlatform() {
    Cli.Run run =
        diff("--cluster-state", before.toString(), "--as-if", "kgateway.istioIntegration=false");
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCodes.OK);
    assertThat(run.out())
        .contains(
            "1 DestinationRule loses or gains readers",
            "lost: gateway edge/front -> gained: nobody",
            "New findings (1)",
            "[assumed] the platform is as if kgateway.istioIntegration=false");
    assertThat(diff("--cluster-state", before.toString(), "--as-if", "istio=1.30.3").out())
        .startsWith("Nothing changes");
  }

  @Test
  void whatItFindsIsWhatScanFindsBeforeAndAfterAnUpgrade() throws Exception {
    String[] shop = {"--cluster-state", "samples/shop"};
    String upgrade = "--as-if=kgateway.istioIntegration=false";
    List<String> was = findings(Cli.run("scan", shop[0], shop[1], "-o", "line"));
    List<String> is = findings(Cli.run("scan", shop[0], shop[1], "-o", "line", upgrade));
    Cli.Run run = diff(shop[0], shop[1], upgrade, "-o", "json", "--exit-code");
    assertThat(run.code()).isEqualTo(ExitCodes.FINDINGS);
    assertThat(was).isNotEqualTo(is);
    JsonNode told = new ObjectMapper().readTree(run.out()).get("findings");
    List<String> expectedNew = new ArrayList<>(is);
    was.forEach(expectedNew::remove);
    List<String> expectedGone = new ArrayList<>(was);
    is.forEach(expectedGone::remove);
    assertThat(told.get("appeared").findValuesAsText("code")).hasSameElementsAs(expectedNew);
    assertThat(told.get("vanished").findValuesAsText("code")).hasSameElementsAs(expectedGone);
  }

  private static List<String> findings(Cli.Run run) {
    return Pattern.compile("\\[([A-Z]+-\\d+)]")
        .matcher(run.out())
        .results()
        .map(r -> r.group(1))
        .toList();
  }

  @Test
  void comparesTwoCommits() throws Exception {
    Path repository = Files.createDirectory(folder.resolve("repository"));
    Path deploy = Files.createDirectory(repository.resolve("deploy"));
    git(repository, "init", "-q");
    Files.copy(before.resolve("all.yaml"), deploy.resolve("all.yaml"));
    commit(repository);
    Files.writeString(deploy.resolve("all.yaml"), Files.readString(after.resolve("all.yaml")));
    commit(repository);
    try (GitRange range =
        GitRange.of(repository.toRealPath(), "HEAD~1..HEAD", List.of("deploy", "absent"))) {
      assertThat(range.base().resolve("deploy/all.yaml")).hasContent(Files.readString(SHOP));
      assertThat(range.head().orElseThrow().resolve("deploy/all.yaml"))
          .hasSameTextualContentAs(after.resolve("all.yaml"));
    }
    try (GitRange range = GitRange.of(repository.toRealPath(), "HEAD", List.of("deploy"))) {
      assertThat(range.head()).isEmpty();
    }
  }

  @Test
  void refusesWhatIsNoCommit() {
    Cli.Run run = diff("nowhere..HEAD", "-f", "docs");
    assertThat(run.code()).isEqualTo(ExitCodes.UNREADABLE);
    assertThat(run.err()).startsWith("lintel: git: ");
  }

  @Test
  void saysWhatIsMissing() {
    assertThat(diff("--before", before.toString()).err()).contains("go together");
    assertThat(diff().err()).contains("say what to compare");
    assertThat(diff("-f", before.toString()).err()).contains("--cluster-state, --live");
    assertThat(diff("--before", "a", "--after", "b", "-f", "c").code()).isEqualTo(ExitCodes.USAGE);
  }

  private static Cli.Run diff(String... arguments) {
    List<String> words = new ArrayList<>(List.of("diff"));
    words.addAll(List.of(arguments));
    return Cli.run(words.toArray(String[]::new));
  }

  private static void commit(Path repository) throws Exception {
    git(repository, "add", "-A");
    git(
        repository,
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@example.com",
        "commit",
        "-q",
        "-m",
        "change");
  }

  private static void git(Path repository, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
    command.addAll(List.of(words));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
