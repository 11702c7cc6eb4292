package dev.lintel.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.policy.PolicyReader;
import dev.lintel.resource.Kind;
import dev.lintel.rule.Rule;
import dev.lintel.rule.RuleInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule's page ends with how its findings are accepted; `make docs` writes that part. */
class AcceptanceTest {

  private static final Path PAGES = Path.of("docs/rules");
  private static final String HEADING = "\n## How to accept this\n";

  /** Of several kinds the first, as a finding names one object. */
  private static final String PART =
      HEADING
          + """

          Where it is meant, an exemption in the [policy](../policy.md#exemptions) keeps the finding in the audit log, for a while:

          ```yaml
          exemptions:
            - rules: [%1$s]
              resources: ["%2$s/shop/cart"] # kind/namespace/name; * and ? are wildcards
              reason: "why this is accepted"
              owner: mesh-team
              expires: 2099-12-31
          ```

          Where the policy lists %1$s in `annotations.allow`, the object may say it itself: `lintel.dev/exempt: "%1$s: why this is accepted"`. For one run of the
          command line, `lintel check --suppress %1$s:%2$s/shop/cart` does.
          """;

  @ParameterizedTest
  @MethodSource("rules")
  void aPageEndsWithHowToAcceptTheFinding(RuleInfo rule) throws IOException {
    Path page = PAGES.resolve(rule.code() + ".md");
    if (System.getProperty("lintel.docs", "").equals("write")) {
      String text = Files.readString(page);
      int old = text.indexOf(HEADING);
      Files.writeString(page, (old < 0 ? text : text.substring(0, old)) + part(rule));
    }

    assertThat(Files.readString(page)).as("`make docs` writes it").endsWith(part(rule));
  }

  @Test
  void theExemptionIsOneThatAPolicyTakes() {
    RuleInfo rule = RuleCatalogue.complete().rules().getFirst().info();
    String exemption = part(rule).split("```yaml\n|```\n", -1)[1];
    assertThat(
            PolicyReader.read("page", "apiVersion: lintel.dev/v1\nkind: Policy\n" + exemption)
                .problems())
        .isEmpty();
  }

  static Stream<RuleInfo> rules() {
    return RuleCatalogue.complete().rules().stream().map(Rule::info);
  }

  private static String part(RuleInfo rule) {
    Kind subject = rule.subjects().stream().sorted().findFirst().orElseThrow();
    return PART.formatted(rule.code(), subject.objectKind());
  }
}
