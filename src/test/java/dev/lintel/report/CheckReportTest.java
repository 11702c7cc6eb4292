package dev.lintel.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.judge.Judged;
import dev.lintel.judge.Verdict;
import dev.lintel.manifest.Manifest;
import dev.lintel.manifest.Manifests;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.Action;
import dev.lintel.rule.Family;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.RuleInfo;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CheckReportTest {

  private static final ResourceRef SERVICE = new ResourceRef(Kind.SERVICE, "shop", "cart");
  private static final ResourceRef ROUTE = new ResourceRef(Kind.HTTP_ROUTE, "shop", "cart");

  @Test
  void aFindingNamesTheOtherObjectsItRestsOn() throws Exception {
    JsonNode finding = written(Finding.at(FieldPath.NAME).with(ROUTE));

    assertThat(finding.path("evidence").path("objects").path(0).asText())
        .isEqualTo("HTTPRoute/shop/cart");
  }

  @Test
  void aFindingThatRestsOnNothingElseHasNoEvidence() throws Exception {
    assertThat(written(Finding.at(FieldPath.NAME)).has("evidence")).isFalse();
  }

  private static JsonNode written(Finding finding) throws Exception {
    Judged judged = new Judged(rule(), SERVICE, finding, Action.WARN, false);
    Manifest manifest = Manifests.read("cart.yaml", "{apiVersion: v1, kind: Service}").getFirst();
    Verdict verdict = new Verdict(SERVICE, List.of(judged), Optional.empty());
    StringWriter text = new StringWriter();
    new JsonReport(JsonReport.Syntax.JSON)
        .write(new CheckReport(List.of(new CheckReport.Entry(manifest, "CREATE", verdict))), text);
    return new ObjectMapper()
        .readTree(text.toString())
        .path("verdicts")
        .get(0)
        .path("findings")
        .get(0);
  }

  private static RuleInfo rule() {
    return new RuleInfo(
        "SC-001",
        "a-rule",
        Family.SERVICE_SCOPE,
        Action.WARN,
        Set.of(Kind.SERVICE),
        Set.of(Kind.SERVICE),
        Set.of(),
        "1.0",
        "A rule");
  }
}
