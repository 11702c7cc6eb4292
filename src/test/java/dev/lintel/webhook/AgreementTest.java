package dev.lintel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.cli.Checks;
import dev.lintel.cli.Cli;
import dev.lintel.cluster.ClusterState;
import dev.lintel.cluster.Clusters;
import dev.lintel.judge.Judge;
import dev.lintel.judge.Judged;
import dev.lintel.judge.Verdict;
import dev.lintel.manifest.Manifest;
import dev.lintel.manifest.ManifestText;
import dev.lintel.manifest.Manifests;
import dev.lintel.policy.Policy;
import dev.lintel.policy.PolicyReader;
import dev.lintel.report.CheckReport.Entry;
import dev.lintel.samples.SampleFolder;
import dev.lintel.samples.WrittenSample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
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

  /** A folder's objects exist, whether or not they say since when. */
  @Test
  void theyAgreeOnAFolderThatStandsForTheCluster(@TempDir Path root) throws Exception {
    for (int i = 0; i < samples.size(); i++) {
      WrittenSample sample = samples.get(i);
      Path folder = SampleFolder.withoutAges(sample.file(), root.resolve("" + i));
      agree(
          sample,
          Checks.check(folder, sample).entries().getFirst(),
          answer(sample, Clusters.ofFolder(folder, sample.policy())));
    }
  }

  /** Names would decide otherwise: {@code zz-cart} exists, {@code a-cart} is new. */
  @Test
  void aRuleThatExistsStaysBeforeANewOne(@TempDir Path folder) throws Exception {
    Path state = Files.createDirectory(folder.resolve("state"));
    for (String setUp : List.of("upstream", "gateway", "shop")) {
      Path file = Path.of("src/test/resources/rules/_clusters", setUp + ".yaml");
      Files.copy(file, state.resolve(setUp + ".yaml"));
    }
    Files.writeString(state.resolve("rule.json"), rule("platform", "zz-cart", "connectTimeout"));
    String written = rule("shop", "a-cart", "maxConnectionDuration");
    Path file = Files.writeString(folder.resolve("new.json"), written);

    Verdict verdict =
        answer(
                review(Manifests.read("new", written).getFirst(), Optional.empty(), "alice"),
                Clusters.ofFolder(state, Policy.DEFAULT))
            .verdict()
            .orElseThrow();
    JsonNode report =
        MAPPER.readTree(
            Cli.run("check", "-f", file + "", "--cluster-state", state + "", "-o", "json").out());
    assertThat(codes(verdict)).containsExactly("DR-020 warn DestinationRule/shop/a-cart");
    assertThat(codes(report)).isEqualTo(codes(verdict));
  }

  /**
   * kgateway ignores what it says of connections, so DR-010 speaks if it is the one that counts.
   */
  private static String rule(String namespace, String name, String limit) {
    return """
        {"apiVersion": "networking.istio.io/v1", "kind": "DestinationRule",
         "metadata": {"namespace": "%s", "name": "%s"},
         "spec": {"host": "cart.shop.svc.cluster.local", "exportTo": ["*"],
          "trafficPolicy": {"connectionPool": {"tcp": {"%s": "100s"}}}}}
        """
        .formatted(namespace, name, limit);
  }

  private static List<String> codes(Verdict verdict) {
    return verdict.findings().stream()
        .map(
            judged ->
                "%s %s %s"
                    .formatted(judged.rule().code(), judged.action().word(), judged.subject()))
        .toList();
  }

  private static List<String> codes(JsonNode report) {
    List<String> codes = new ArrayList<>();
    for (JsonNode found : report.at("/verdicts/0/findings")) {
      JsonNode subject = found.path("subject");
      codes.add(
          "%s %s %s/%s/%s"
              .formatted(
                  found.path("code").asText(),
                  found.path("action").asText(),
                  subject.path("kind").asText(),
                  subject.path("namespace").asText(),
                  subject.path("name").asText()));
    }
    return codes;
  }

  private void agree(WrittenSample sample) throws Exception {
    agree(
        sample,
        Checks.check(sample).entries().getFirst(),
        answer(sample, Clusters.of(sample.policy(), sample.cluster().resources().toList())));
  }

  private static void agree(WrittenSample sample, Entry entry, Answer answer) {
    assertThat(answer.decision().label())
        .as("%s", sample.file())
        .isEqualTo(entry.verdict().decision());
    assertThat(said(answer.verdict().orElseThrow()))
        .as("%s", sample.file())
        .isEqualTo(said(entry.verdict()));
  }

  private Answer answer(WrittenSample sample, ClusterState cluster) throws Exception {
    return answer(review(sample), cluster);
  }

  private Answer answer(byte[] review, ClusterState cluster) throws Exception {
    return new Admission(cluster, judge, AdmissionReviewerTest.CONFIG)
        .answer(ReviewReader.read(review), () -> false);
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
    return review(sample.written().manifests().getFirst(), sample.before(), sample.user());
  }

  private static byte[] review(Manifest written, Optional<Manifest> before, String user)
      throws Exception {
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
    request.putObject("userInfo").put("username", user);
    request.put("operation", before.isPresent() ? "UPDATE" : "CREATE");
    request.set("object", object);
    if (before.isPresent()) {
      request.set("oldObject", MAPPER.readTree(before.get().json()));
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
