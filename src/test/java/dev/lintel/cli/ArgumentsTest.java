package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options, words and files as people are used to give them. */
class ArgumentsTest {

  /** A Service without a namespace that TD-001 denies. */
  private static final String BAD = CheckCommandTest.BAD.replace("  namespace: shop\n", "");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "check a.yaml --lvie | there is no option `--lvie`; did you mean `--live`?",
        "check -f --lvie | there is no option `--lvie`; did you mean `--live`?",
        "check -f --live | Expected parameter for option '--filename' but found '--live'",
        "check --polcy=p.yaml a.yaml | there is no option `--polcy`; did you mean `--policy`?",
        "scan --fail-om warn | there is no option `--fail-om`; did you mean `--fail-on`?",
        "chekc a.yaml | there is no command `chekc`; did you mean `check`?",
        "config shwo | there is no command `shwo`; did you mean `show`?",
        "help chekc | there is no command `chekc`; did you mean `check`?",
        "check a.yaml -o jsn | found `jsn`; did you mean `json`?",
        "scan -o html | expected text, wide, line, json, yaml, sarif, junit, github, gitlab, markdown, found `html`",
        "check a.yaml --operation delete | expected create, update, found `delete`",
        "check a.yaml --exclude [ | --exclude: ",
        "scan -A -n shop | -A and -n shop exclude each other",
        "scan --cluster-state samples/shop --as-if istoi=1.31 | --as-if: istoi: unknown key `istoi`; did you mean `istio`? Allowed: clusterDomain, istio, kgateway, kubernetes, solo",
        "explain svc/shop/cart --cluster-state samples/shop --as-if kgateway.istioIntegration=ture | unknown value `ture`; did you mean `true`?",
        "graph --cluster-state samples/shop --as-if kgateway=2.2 | --as-if: kgateway: has several facts; say which: kgateway.distribution, ",
        "check samples/writes --as-if istio | --as-if: `istio` is not of the form KEY=VALUE, such as istio=1.31",
        "diff --as-if istio=1.31 | say which objects --as-if is about",
        "version now | Unmatched argument at index 1: 'now'",
      })
  void aSlipIsNamedAndEndsWith64(String line, String said) {
    Cli.Run run = Cli.run(line.split(" "));
    assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(run.err().lines().toList()).hasSize(2);
    assertThat(run.err()).startsWith("lintel: ").contains(said).contains("See `lintel ");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aFilenameOptionTakesOneValue() throws Exception {
    String one = file("one.yaml", BAD);
    String two = file("two.yaml", BAD.replace("cart", "other"));
    assertThat(Cli.run("check", "-f", one, "--fail-on", "warn", "-o", "line").out())
        .hasLineCount(1);
    assertThat(Cli.run("check", "-f", one, "-f", two, "-o", "line").out()).hasLineCount(2);
    assertThat(Cli.run("check", "-f", one, two, "-o", "line").out()).hasLineCount(2);
    assertThat(Cli.run("check", one, two, "-o", "line").out()).hasLineCount(2);
    assertThat(Cli.run("explain", "svc/default/cart", "-f", one).code()).isEqualTo(ExitCodes.OK);
    assertThat(Cli.run("explain", "-f", one, "svc", "default/cart").code()).isEqualTo(ExitCodes.OK);
  }

  @Test
  void whatNamesNoNamespaceIsInTheOneThatIsSaid() throws Exception {
    String cart = file("cart.yaml", BAD + "---\n" + CheckCommandTest.BAD);
    assertThat(Cli.run("check", cart).out())
        .contains("    Service default/cart", ": Service shop/cart");
    assertThat(Cli.run("check", cart, "-n", "prod").out())
        .contains("    Service prod/cart", ": Service shop/cart");
    assertThat(Cli.run("explain", "svc", "cart", "-n", "prod", "-f", file("one.yaml", BAD)).code())
        .isEqualTo(ExitCodes.OK);
  }

  @Test
  void helpAndVersionAreCommandsToo() {
    assertThat(Cli.run("help").out()).isEqualTo(Cli.run("--help").out());
    assertThat(Cli.run("help", "check").out()).isEqualTo(Cli.run("check", "--help").out());
    assertThat(Cli.run("help", "config", "show").out())
        .isEqualTo(Cli.run("config", "show", "--help").out());
    assertThat(Cli.run("version").out())
        .isEqualTo(Cli.run("--version").out())
        .startsWith("lintel ");
  }

  @Test
  void valuesAreReadInAnyLetterCase() throws Exception {
    String cart = file("cart.yaml", BAD);
    assertThat(Cli.run("check", cart, "-o", "JSON", "--operation", "Create").out())
        .contains("\"operation\" : \"CREATE\"");
  }

  @Test
  void whatIsExcludedIsNotRead() throws Exception {
    Files.createDirectories(folder.resolve("apps/vendor/deep"));
    file("apps/cart.yaml", BAD);
    file("apps/vendor/deep/bad.yaml", "apiVersion: v1\nkind: [\n");
    String apps = folder.resolve("apps").toString();
    assertThat(Cli.run("check", "-R", apps).code()).isEqualTo(ExitCodes.UNREADABLE);
    assertThat(Cli.run("check", "-R", apps, "--exclude", "**/vendor/**").code())
        .isEqualTo(ExitCodes.UNREADABLE);
    file("apps/.lintelignore", "# not ours\nvendor/\n");
    Cli.Run run = Cli.run("check", "-R", apps);
    assertThat(run.code()).isEqualTo(ExitCodes.FINDINGS);
    assertThat(run.out()).contains("1 object judged");
    file("apps/.lintelignore", "ok\n[\n");
    assertThat(Cli.run("check", "-R", apps).err()).contains(".lintelignore:2:1: ");
  }

  @Test
  void aNamedFileThatIsExcludedIsSaidToBe() {
    Cli.Run run = Cli.run("check", "samples/shop/4-shop.yaml", "--exclude", "samples/");
    assertThat(run.code()).isEqualTo(ExitCodes.OK);
    assertThat(run.err()).contains("1 of the named files left out", "samples/shop/4-shop.yaml");
  }

  @Test
  void aBinaryFileIsCalledThat() throws Exception {
    Path image = folder.resolve("image.yaml");
    Files.write(
        image, new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13});
    Cli.Run run = Cli.run("check", image.toString());
    assertThat(run.code()).isEqualTo(ExitCodes.UNREADABLE);
    assertThat(run.err()).contains(image + " is a binary file, and neither YAML nor JSON\n");
    Files.write(image, new byte[] {'a', ':', ' ', (byte) 0xe9, '\n'});
    assertThat(Cli.run("check", image.toString()).err()).contains(image + " is not text in UTF-8");
    Files.write(image, new byte[] {'a', 0, 'b'});
    assertThat(Cli.run("explain", "svc/a/b", "-f", image.toString()).err())
        .contains(image + " is a binary file");
  }

  @Test
  void anEmptyPictureSaysSo() throws Exception {
    Cli.Run run = Cli.run("graph", "-f", file("none.yaml", "a: b\n"), "-n", "shop");
    assertThat(run.code()).isEqualTo(ExitCodes.OK);
    assertThat(run.err()).contains("nothing to draw in namespace shop");
  }

  @Test
  void thePluginOfKubectlReadsTheCurrentCluster() throws Exception {
    String cart = file("cart.yaml", BAD);
    // No test may meet the cluster of whoever runs it.
    System.setProperty("kubeconfig", folder.resolve("none").toString());
    try {
      assertThat(
              List.of(
                  Cli.runAsPlugin("check", cart),
                  Cli.runAsPlugin("explain", "svc/shop/cart"),
                  Cli.runAsPlugin("graph"),
                  Cli.runAsPlugin("scan"),
                  Cli.run("scan")))
          .allSatisfy(run -> assertThat(run.code()).isEqualTo(ExitCodes.UNREADABLE))
          .allSatisfy(run -> assertThat(run.err()).contains("no kubeconfig"));
      assertThat(Cli.runAsPlugin("check", cart, "--cluster-state", "samples/shop").code())
          .isEqualTo(ExitCodes.FINDINGS);
    } finally {
      System.clearProperty("kubeconfig");
    }
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
