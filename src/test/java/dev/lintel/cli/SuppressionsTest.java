package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Findings are accepted for one run. */
class SuppressionsTest {

  @TempDir Path folder;
  private String file = "";

  @BeforeEach
  void aBadService() throws Exception {
    Path path = Files.createDirectory(folder.resolve("legacy")).resolve("cart.yaml");
    file =
        Files.writeString(
                path,
                """
                apiVersion: v1
                kind: Service
                metadata:
                  name: cart
                  namespace: shop
                  annotations: {networking.istio.io/traffic-distribution: PreferClosest}
                spec:
                  ports: [{port: 80}]
                """)
            .toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TD-001",
        "td-001",
        "traffic-distribution-unknown-value",
        "*",
        "TD-001:Service/shop/*",
        "TD-001:service/shop/cart",
        "TD-001:*/shop/cart",
        "TD-001:shop/c*",
        "TD-001:cart",
        "TD-001:*/legacy/*.yaml",
        "*:*/legacy/*"
      })
  void aFindingThatFitsIsShownAndDoesNotCount(String suppressed) {
    Cli.Run run = Cli.run("check", "-f", file, "--suppress", suppressed);
    assertThat(run.code()).isEqualTo(ExitCodes.OK);
    assertThat(run.out())
        .contains("[TD-001]", "exempt: --suppress " + suppressed + " (command line)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TD-002",
        "TD-001:DestinationRule/shop/cart",
        "TD-001:shop/other",
        "TD-001:*/current/*",
        "TD-001:shop"
      })
  void whatDoesNotFitCounts(String suppressed) {
    assertThat(Cli.run("check", "-f", file, "--suppress", suppressed).code())
        .isEqualTo(ExitCodes.FINDINGS);
  }

  @Test
  void severalAddUp() {
    assertThat(
            Cli.run("check", "-f", file, "--suppress", "DR-003", "--suppress", "TD-001:shop/cart")
                .code())
        .isEqualTo(ExitCodes.OK);
  }

  @Test
  void aMistakeIsNamed() {
    Cli.Run run = Cli.run("check", "-f", file, "--suppress", "TD-01");
    assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(run.err()).contains("--suppress: no rule is called `TD-01`; did you mean `TD-0");
    assertThat(Cli.run("check", "-f", file, "--suppress", "TD-001:").err())
        .contains("`TD-001:` is neither CODE nor CODE:glob");
  }
}
