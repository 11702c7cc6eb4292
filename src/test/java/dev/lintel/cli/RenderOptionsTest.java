package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What kustomize and Helm make is judged, and named by the files that somebody edits. Stand-ins
 * print what the real programs print; the real ones are asked as well where they are.
 */
class RenderOptionsTest {

  private static final String SYSTEM_PATH = RealTools.PATH;

  /** Prints what kubectl 1.36 makes of the overlay below: keys sorted, and where all comes from. */
  private static final String KUBECTL =
      """
      [ "$1" = kustomize ] || exit 2
      overlay=$(sed -n "s/^resources: \\['\\(.*\\)'\\]$/\\1/p" "$2/kustomization.yaml")
      cat <<END
      apiVersion: v1
      kind: Service
      metadata:
        annotations:
          config.kubernetes.io/origin: |
            path: $overlay/../../base/services.yaml
          networking.istio.io/traffic-distribution: PreferClosest
        name: prod-cart
        namespace: shop
      spec:
        ports:
        - port: 80
      END
      """;

  /** Prints what Helm 4 makes of the chart below. */
  private static final String HELM =
      """
      [ "$1" = template ] && [ "$3" = --values ] || exit 2
      cat <<END
      ---
      # Source: shop/templates/config.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: release-name
      ---
      # Source: shop/templates/cart.yaml
      apiVersion: v1
      kind: Service
      metadata:
        name: cart
        namespace: shop
        annotations:
          networking.istio.io/traffic-distribution: $(sed -n 's/^mode: //p' "$4")
      spec:
        ports: [{port: 80}]
      END
      """;

  @TempDir Path folder;
  private Path tools = Path.of("");

  @BeforeEach
  void aRepository() throws IOException {
    tools = Files.createDirectory(folder.resolve("tools"));
    write(
        "base/services.yaml",
        """
        # What the shop sells.
        apiVersion: v1
        kind: Service
        metadata:
          name: stock
        spec:
          ports: [{port: 80}]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: cart
          annotations:
            networking.istio.io/traffic-distribution: PreferClosest
        spec:
          ports: [{port: 80}]
        """);
    write("base/kustomization.yaml", "resources: [services.yaml]\n");
    write(
        "overlays/prod/kustomization.yaml",
        "namespace: shop\nnamePrefix: prod-\nresources: [../../base]\n");
    write("chart/Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.0.0\n");
    write("chart/templates/config.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n");
    write(
        "chart/templates/cart.yaml",
        """
        {{- if .Values.mode }}
        apiVersion: v1
        kind: Service
        metadata:
          name: cart
          namespace: shop
          annotations:
            networking.istio.io/traffic-distribution: {{ .Values.mode }}
        spec:
          ports: [{port: 80}]
        {{- end }}
        """);
    write("values.yaml", "mode: PreferClosest\n");
  }

  @Test
  void aFindingInAnOverlayStandsInItsBase() throws Exception {
    tool("kubectl", KUBECTL);
    isDeniedInTheBase(tools + File.pathSeparator + SYSTEM_PATH);
  }

  @Test
  void soItDoesWithTheRealKustomize() throws Exception {
    isDeniedInTheBase(RealTools.pathWithKubectl());
  }

  private void isDeniedInTheBase(String path) throws Exception {
    Cli.Run run = check(path, "-k", folder.resolve("overlays/prod").toString());
    assertThat(run.code()).as(run.out() + run.err()).isEqualTo(ExitCodes.FINDINGS);
    JsonNode denied = denied(run);
    assertThat(denied.path("object").path("name").asText()).isEqualTo("prod-cart");
    JsonNode source = denied.path("findings").path(0).path("source");
    assertThat(source.path("file").asText())
        .isEqualTo(folder.toRealPath().resolve("base/services.yaml").toString());
    assertThat(source.path("line").asInt()).isEqualTo(14);
  }

  @Test
  void aFindingInAChartStandsInItsTemplate() throws Exception {
    tool("helm", HELM);
    isDeniedInTheTemplate(tools + File.pathSeparator + SYSTEM_PATH);
  }

  @Test
  void soItDoesWithTheRealHelm() throws Exception {
    isDeniedInTheTemplate(RealTools.pathWithHelm());
  }

  private void isDeniedInTheTemplate(String path) throws Exception {
    Path chart = folder.resolve("chart");
    String values = folder.resolve("values.yaml").toString();
    Cli.Run run = check(path, "--helm", chart.toString(), "-f", values);
    assertThat(run.code()).as(run.out() + run.err()).isEqualTo(ExitCodes.FINDINGS);
    JsonNode source = denied(run).path("findings").path(0).path("source");
    assertThat(source.path("file").asText())
        .isEqualTo(chart.resolve("templates/cart.yaml").toString());
    assertThat(source.path("line").asInt()).isEqualTo(3);
  }

  @Test
  void aProgramThatIsMissingIsNamed() {
    Cli.Run run = check(tools.toString(), "-k", folder.resolve("overlays/prod").toString());
    assertThat(run.code()).isEqualTo(ExitCodes.UNREADABLE);
    assertThat(run.err()).contains("needs kustomize, and neither kubectl nor kustomize is on");
    assertThat(check(tools.toString(), "--helm", folder.resolve("chart").toString()).err())
        .contains("needs helm, which is not on the PATH");
  }

  @Test
  void kustomizeItselfDoesWhereThereIsNoKubectl() throws Exception {
    Path only = Files.createDirectory(folder.resolve("only"));
    Files.copy(
        tool("kustomize", KUBECTL.replace("= kustomize", "= build")), only.resolve("kustomize"));
    for (String word : List.of("sed", "cat", "sh")) {
      Path real = new ExternalTool(SYSTEM_PATH, Duration.ZERO, 1).find(word).orElseThrow();
      Files.createSymbolicLink(only.resolve(word), real);
    }
    isDeniedInTheBase(only.toString());
  }

  @Test
  void whatFailsIsToldAndHidesNothingElse() throws Exception {
    tool("kubectl", "echo 'accumulating resources: no such file' >&2; exit 1");
    tool("helm", HELM);
    Cli.Run run =
        check(
            tools + File.pathSeparator + SYSTEM_PATH,
            "-k",
            folder.resolve("overlays/prod").toString(),
            "--helm",
            folder.resolve("chart").toString(),
            "-f",
            folder.resolve("values.yaml").toString());
    assertThat(run.code()).isEqualTo(ExitCodes.UNREADABLE);
    assertThat(run.err())
        .contains("kubectl fails with exit code 1: accumulating resources: no such file");
    assertThat(denied(run).path("object").path("name").asText()).isEqualTo("cart");
  }

  @Test
  void aProgramThatHangsOrPrintsWithoutEndIsEnded() throws Exception {
    ExternalTool hasty = new ExternalTool(SYSTEM_PATH, Duration.ofSeconds(1), 1 << 20);
    Path hanging = tool("hanging", "sleep 60");
    assertThatThrownBy(() -> hasty.run(hanging, List.of()))
        .isInstanceOf(IOException.class)
        .hasMessage("hanging did not end within 1 s");
    ExternalTool small = new ExternalTool(SYSTEM_PATH, Duration.ofSeconds(30), 1 << 20);
    Path loud = tool("loud", "head -c 5000000 /dev/zero");
    assertThatThrownBy(() -> small.run(loud, List.of())).hasMessage("loud prints more than 1 MiB");
  }

  @Test
  void whatIsMadeCannotBeFixed() {
    assertThat(Cli.run("check", "-k", folder.toString(), "--fix").err())
        .contains("--fix changes files, and not what kustomize or helm makes of them");
    assertThat(Cli.run("check").err()).contains("standard input, --kustomize or --helm");
  }

  private static Cli.Run check(String path, String... more) {
    return Cli.run(
        Stream.concat(Stream.of("check", "-o", "json", "--tool-path", path), Stream.of(more))
            .toArray(String[]::new));
  }

  private static JsonNode denied(Cli.Run run) throws IOException {
    for (JsonNode verdict : new ObjectMapper().readTree(run.out()).path("verdicts")) {
      if (verdict.path("decision").asText().equals("deny")) {
        return verdict;
      }
    }
    throw new AssertionError("nothing is denied in " + run.out());
  }

  private Path tool(String name, String script) throws IOException {
    Path file = Files.writeString(tools.resolve(name), "#!/bin/sh\n" + script);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
