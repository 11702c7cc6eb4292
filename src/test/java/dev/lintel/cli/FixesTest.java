package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.judge.Judged;
import dev.lintel.judge.Verdict;
import dev.lintel.manifest.Manifest;
import dev.lintel.manifest.ManifestText;
import dev.lintel.report.CheckReport;
import dev.lintel.report.CheckReport.Entry;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.Action;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.JsonPatch;
import dev.lintel.rule.Rule;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FixesTest {

  private static final ResourceRef CART = new ResourceRef(Kind.SERVICE, "shop", "cart");
  private static final FieldPath APP = FieldPath.label("app");
  private static final String TEXT =
      "apiVersion: v1\nkind: Service\nmetadata:\n  labels: {app: a, %s}\n";

  @Test
  void twoFixesOfOneFieldDoNotMeetInOneRound() throws Exception {
    Fixes.Outcome outcome =
        fix(TEXT.formatted("b: c"), writes("TD-001", "one"), writes("TD-003", "two"));

    assertThat(outcome.texts().getFirst().text()).contains("{app: two, b: c}");
    assertThat(outcome.written()).hasSize(2);
  }

  @Test
  void fixesThatUndoEachOtherComeToAnEnd() throws Exception {
    Fixes.Outcome outcome =
        fix(TEXT.formatted("b: c"), writes("TD-001", "one"), writes("TD-003", "a"));

    assertThat(outcome.texts().getFirst().text()).isEqualTo(TEXT.formatted("b: c"));
    assertThat(outcome.written()).hasSize(2);
  }

  @Test
  void whatOthersReferToIsLeftAndSaid() throws Exception {
    String shared = TEXT.formatted("b: *app").replace("app: a", "app: &app a");

    Fixes.Outcome outcome = fix(shared, writes("TD-001", "one"));

    assertThat(outcome.texts().getFirst().text()).isEqualTo(shared);
    assertThat(outcome.written()).isEmpty();
    assertThat(outcome.left()).containsExactly("cart.yaml:4:12: [TD-001] Service shop/cart: one");
  }

  private static Fixes.Outcome fix(String text, Judged... findings) throws Exception {
    Verdict verdict = new Verdict(CART, List.of(findings), Optional.empty());
    return new Fixes(
            texts -> {
              Manifest manifest = texts.getFirst().manifests().getFirst();
              return new CheckReport(List.of(new Entry(manifest, "CREATE", verdict)));
            })
        .fix(List.of(ManifestText.read("cart.yaml", text)));
  }

  private static Judged writes(String code, String value) {
    Rule rule = RuleCatalogue.complete().find(code).orElseThrow();
    Finding finding =
        Finding.at(APP)
            .fix("%s", value)
            .patch(JsonPatch.of(JsonPatch.replace(value, "metadata", "labels", "app")));
    return new Judged(rule.info(), CART, finding, Action.WARN, false);
  }
}
