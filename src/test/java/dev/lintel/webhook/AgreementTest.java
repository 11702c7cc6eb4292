package dev.lintel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.cli.Checks;
import dev.lintel.cluster.Clusters;
import dev.lintel.judge.Judge;
import dev.lintel.judge.Judged;
import dev.lintel.judge.Verdict;
import dev.lintel.policy.Policy;
import dev.lintel.policy.PolicyReader;
import dev.lintel.report.CheckReport.Entry;
import dev.lintel.resource.Manifest;
import dev.lintel.resource.ManifestText;
import dev.lintel.rule.catalogue.RuleCatalogue;
import dev.lintel.samples.WrittenSample;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The webhook and {@code lintel check} say the same about the same write. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgreementTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Judge judge = new Judge(RuleCatalogue.complete());
  private List<WrittenSample> samples = List.of();

  @BeforeAll
  void read() throws Exception {
    samples = WrittenSample.all();
  }

  @Test
  void theyAgreeOnEverySample() throws Exception {
    for (WrittenSample sample : samples) {
      agree(sample);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exemptions: [{rules: ['*'], resources: ['*/*/*'], reason: r, owner: o}]",
        "exemptions: [{rules: ['*'], resources: ['Service/shop/c*'], reason: r, owner: o}]",
        "overrides: [{namespaces: ['s*'], enforcement: warn}]",
        "overrides: [{namespaces: ['*'], enforcement: audit}]",
      })
  void theyAgreeUnderAPolicyThatIsMilder(String document) throws Exception {
    Policy policy = policy(document);
    for (WrittenSample sample : samples) {
      agree(sample.under(policy));
    }
  }

  @Test
  void theyAgreeOnObjectsThatExemptThemselves() throws Exception {
    Policy policy = policy("annotations: {allow: ['*']}");
    for (WrittenSample sample : samples) {
      agree(sample.under(policy).with(exempt(sample.written())));
    }
  }

  private void agree(WrittenSample sample) throws Exception {
    Entry entry = Checks.check(sample).entries().getFirst();
    Answer answer = answer(sample);
    assertThat(answer.decision().label())
        .as("%s", sample.file())
        .isEqualTo(entry.verdict().decision());
    assertThat(said(answer.verdict().orElseThrow()))
        .as("%s", sample.file())
        .isEqualTo(said(entry.verdict()));
  }

  private Answer answer(WrittenSample sample) throws Exception {
    Admission admission =
        new Admission(
            Clusters.of(sample.policy(), sample.cluster().resources().toList()),
            judge,
            AdmissionReviewerTest.CONFIG);
    return admission.answer(ReviewReader.read(review(sample)), () -> false);
  }

  private static List<String> said(Verdict verdict) {
    List<String> said = new ArrayList<>();
    for (Judged judged : verdict.findings()) {
      said.add(
          "%s %s %s %s %s %s"
              .formatted(
                  judged.rule().code(),
                  judged.action().word(),
                  judged.known(),
                  judged.subject(),
                  judged.exemption(),
                  judged.finding().message()));
    }
    return said;
  }

  /** As the API server asks: the old object stands in the request. */
  static byte[] review(WrittenSample sample) throws Exception {
    Manifest written = sample.written().manifests().getFirst();
    JsonNode object = MAPPER.readTree(written.json());
    ObjectNode review = MAPPER.createObjectNode();
    review.put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
    ObjectNode request = review.putObject("request").put("uid", "7f1c").put("dryRun", true);
    int slash = written.apiVersion().indexOf('/');
    request
        .putObject("kind")
        .put("group", slash < 0 ? "" : written.apiVersion().substring(0, slash))
        .put("kind", written.kindName());
    request.put("namespace", object.at("/metadata/namespace").asText("default"));
    request.put("name", object.at("/metadata/name").asText());
    request.putObject("userInfo").put("username", sample.user());
    request.put("operation", sample.before().isPresent() ? "UPDATE" : "CREATE");
    request.set("object", object);
    if (sample.before().isPresent()) {
      request.set("oldObject", MAPPER.readTree(sample.before().get().json()));
    }
    return MAPPER.writeValueAsBytes(review);
  }

  private static Policy policy(String document) {
    return PolicyReader.read(
            "policy", "apiVersion: lintel.dev/v1\nkind: Policy\n" + document + "\n")
        .orElseThrow();
  }

  /** Gives the object an annotation that names every rule. */
  private static ManifestText exempt(ManifestText text) throws Exception {
    ObjectNode object = (ObjectNode) MAPPER.readTree(text.manifests().getFirst().json());
    String everyRule =
        RuleCatalogue.complete().rules().stream()
            .map(rule -> rule.info().code() + ": agreed")
            .collect(Collectors.joining(";"));
    object
        .withObjectProperty("metadata")
        .withObjectProperty("annotations")
        .put("lintel.dev/exempt", everyRule);
    return ManifestText.read(text.source(), MAPPER.writeValueAsString(object));
  }
}
