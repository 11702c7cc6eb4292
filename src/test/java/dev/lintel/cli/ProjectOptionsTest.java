package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.policy.ProjectFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A repository says in a file how it is checked. */
class ProjectOptionsTest {

  private static final String BAD =
      """
      apiVersion: v1
      kind: Service
      metadata:
        name: cart
        namespace: shop
        annotations: {networking.istio.io/traffic-distribution: PreferClosest}
      spec:
        ports: [{port: 80}]
      """;

  @TempDir Path folder;
  private String file = "";

  @BeforeEach
  void aRepositoryWithABadService() throws IOException {
    file = Files.writeString(folder.resolve("cart.yaml"), BAD).toString();
  }

  @Test
  void itsPolicyIsFoundFromAFolderBelow() throws IOException {
    project("policy: rules/policy.yaml");
    Files.createDirectory(folder.resolve("rules"));
    policy("rules/policy.yaml", "rules: {TD-001: warn}");
    Path below = Files.createDirectories(folder.resolve("apps/shop"));
    assertThat(Cli.in(below, "check", "-f", file).code()).isEqualTo(ExitCodes.OK);
    assertThat(Cli.in(folder.resolve(".."), "check", "-f", file).code())
        .isEqualTo(ExitCodes.FINDINGS);
  }

  @Test
  void whatTheCommandLineSaysTakesItsPlace() throws IOException {
    project("failOn: warn\npolicy: policy.yaml");
    policy("policy.yaml", "rules: {TD-001: warn}");
    assertThat(Cli.in(folder, "check", "-f", file).code()).isEqualTo(ExitCodes.FINDINGS);
    assertThat(Cli.in(folder, "check", "-f", file, "--fail-on", "deny").code())
        .isEqualTo(ExitCodes.OK);
    assertThat(Cli.in(folder, "check", "-f", file, "--fail-on=deny").code())
        .isEqualTo(ExitCodes.OK);
  }

  @Test
  void theStateOfTheClusterIsKnown() throws IOException {
    project("clusterState: state");
    Files.createDirectory(folder.resolve("state"));
    Files.writeString(folder.resolve("state/cart.yaml"), BAD.replace("80", "81"));
    Cli.Run run = Cli.in(folder, "check", "-f", file, "-o", "json");
    assertThat(run.out()).contains("\"UPDATE\"");
    assertThat(run.code()).isEqualTo(ExitCodes.OK);
    assertThat(Cli.in(folder, "explain", "svc/shop/cart").code()).isEqualTo(ExitCodes.OK);
  }

  @Test
  void aClusterIsLookedAtAsItIs() throws IOException {
    project("clusterState: nowhere");
    Cli.Run run =
        Cli.in(folder, "check", "-f", file, "--kubeconfig", folder.resolve("none").toString());
    assertThat(run.code()).isEqualTo(ExitCodes.UNREADABLE);
    assertThat(run.err()).contains("none").doesNotContain("nowhere");
  }

  @Test
  void itsFindingsAreAcceptedBesideThoseOfTheCommandLine() throws IOException {
    project("suppress: ['TD-001:shop/cart']");
    assertThat(Cli.in(folder, "check", "-f", file).code()).isEqualTo(ExitCodes.OK);
    assertThat(Cli.in(folder, "check", "-f", file, "--suppress", "DR-003").code())
        .isEqualTo(ExitCodes.OK);
  }

  @Test
  void aMistakeIsNamedWithItsPlaceAndEndsTheRun() throws IOException {
    project("failOn: deny\npolicies: policy.yaml");
    Cli.Run run = Cli.in(folder, "check", "-f", file);
    assertThat(run.code()).isEqualTo(ExitCodes.UNREADABLE);
    assertThat(run.err())
        .startsWith("lintel: " + folder.resolve(".lintel.yaml") + ":2:1: policies: unknown key");
    assertThat(Cli.in(folder, "check", "--help").code()).isEqualTo(ExitCodes.OK);
  }

  @Test
  void patternsAreAboutTheFolderOfTheFile() throws IOException {
    project("exclude: [generated/, 'apps/old/*', '/apps/shop/x.yaml', '!apps/shop/y', '**/z']");
    Path below = Files.createDirectories(folder.resolve("apps/shop"));
    assertThat(excluded(folder))
        .containsExactly("generated/", "apps/old/*", "/apps/shop/x.yaml", "!apps/shop/y", "**/z");
    assertThat(excluded(below)).containsExactly("generated/", "/x.yaml", "!/y", "**/z");
  }

  private static List<String> excluded(Path directory) {
    Reader reader = new Reader();
    CommandLine line = new CommandLine(reader);
    line.getCommandSpec().preprocessor(new ProjectOptions(directory));
    line.parseArgs();
    return reader.excluded;
  }

  @Command(name = "reader")
  private static final class Reader {
    @Option(names = "--exclude")
    private List<String> excluded = new ArrayList<>();
  }

  private void project(String text) throws IOException {
    Files.writeString(folder.resolve(ProjectFile.NAME), text);
  }

  private void policy(String name, String keys) throws IOException {
    Files.writeString(
        folder.resolve(name), "apiVersion: lintel.dev/v1\nkind: Policy\n" + keys + "\n");
  }
}
