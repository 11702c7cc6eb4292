package dev.lintel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.cluster.ClusterState;
import dev.lintel.cluster.Clusters;
import dev.lintel.cluster.LintelConfig;
import dev.lintel.judge.Judge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionReviewerTest {

  static final LintelConfig CONFIG =
      new SmallRyeConfigBuilder()
          .withMapping(LintelConfig.class)
          .build()
          .getConfigMapping(LintelConfig.class);

  private static final BooleanSupplier NEVER = () -> false;
  private static final Deadline DEADLINE = Deadline.starting("3s", Duration.ofMillis(300));

  private final ClusterState cluster = Clusters.of();
  private final MeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void aGoodWriteIsAllowedWithoutAWord() throws Exception {
    JsonNode answer = answer(Reviews.create(Reviews.SERVICE));
    assertThat(answer.path("apiVersion").asText()).isEqualTo("admission.k8s.io/v1");
    assertThat(answer.path("kind").asText()).isEqualTo("AdmissionReview");
    assertThat(answer.path("response").properties())
        .extracting(Object::toString)
        .containsExactly("uid=\"7f1c\"", "allowed=true");
  }

  @Test
  void aDenialNamesFieldAndReason() throws Exception {
    JsonNode response = answer(Reviews.create(Reviews.BAD_SERVICE)).path("response");
    assertThat(response.path("uid").asText()).isEqualTo("7f1c");
    assertThat(response.path("allowed").asBoolean(true)).isFalse();
    JsonNode status = response.path("status");
    assertThat(status.path("code").asInt()).isEqualTo(422);
    assertThat(status.path("reason").asText()).isEqualTo("Invalid");
    assertThat(status.path("message").asText()).contains("PreferClosest");
    assertThat(status.path("details").path("kind").asText()).isEqualTo("Service");
    assertThat(status.path("details").path("name").asText()).isEqualTo("cart");
    assertThat(status.path("details").path("causes").path(0).path("field").asText())
        .isEqualTo("metadata.annotations[networking.istio.io/traffic-distribution]");
    assertThat(status.path("details").path("causes").path(0).path("message").asText())
        .startsWith("[lintel TD-001] `PreferClosest`")
        .endsWith("; see http://lintel.lintel-system.svc:9000/rules/TD-001");
    assertThat(response.path("auditAnnotations").path("findings").asText()).contains("TD-001");
  }

  @Test
  void aKnownFaultWarnsAndStaysEditable() throws Exception {
    String edited = Reviews.BAD_SERVICE.replace("80", "81");
    JsonNode response = answer(Reviews.update(Reviews.BAD_SERVICE, edited)).path("response");
    assertThat(response.path("allowed").asBoolean()).isTrue();
    assertThat(response.path("warnings").path(0).asText()).contains("PreferClosest");
    assertThat(requests("warn")).isEqualTo(1);
  }

  @Test
  void aDryRunGetsTheSameAnswer() throws Exception {
    String object = "'object':" + Reviews.BAD_SERVICE;
    assertThat(answer(Reviews.service("CREATE", "'dryRun':true," + object)))
        .isEqualTo(answer(Reviews.service("CREATE", object)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "CONNECT"})
  void deletesAndConnectionsPass(String operation) throws Exception {
    String old = "'object':null,'oldObject':" + Reviews.BAD_SERVICE;
    assertPasses(answer(Reviews.service(operation, old)), "pass");
  }

  @Test
  void aSubresourcePasses() throws Exception {
    String status = "'subResource':'status','oldObject':" + Reviews.SERVICE + ",'object':";
    assertPasses(answer(Reviews.service("UPDATE", status + Reviews.BAD_SERVICE)), "pass");
  }

  @Test
  void anUnknownKindPassesAndIsCounted() throws Exception {
    String object =
        "'uid':'7f1c','kind':{'group':'apps','kind':'StatefulSet'},"
            + "'operation':'CREATE','object':{'spec':5}";
    assertPasses(answer(Reviews.review(object)), "unknown-kind");
    assertThat(meters.counter("lintel.unknown.kinds").count()).isEqualTo(1);
  }

  @Test
  void anObjectThatIsBeingDeletedPasses() throws Exception {
    String leaving =
        Reviews.BAD_SERVICE.replace(
            "'name':'cart'", "'name':'cart','deletionTimestamp':'2026-01-31T08:00:00Z'");
    assertPasses(answer(Reviews.create(leaving)), "allow");
  }

  @Test
  void aControllersWriteIsSparedCountedAndAudited() throws Exception {
    String generated =
        Reviews.BAD_SERVICE.replace(
            "'name':'cart'", "'name':'cart','labels':{'gateway.istio.io/managed':'x'}");
    String review =
        new String(Reviews.create(generated), StandardCharsets.UTF_8)
            .replace("\"ann\"", "\"system:serviceaccount:istio-system:istiod\"");
    JsonNode response = answer(review.getBytes(StandardCharsets.UTF_8)).path("response");
    assertThat(response.path("allowed").asBoolean()).isTrue();
    assertThat(response.path("auditAnnotations").path("spared").asText()).isEqualTo("controller");
    assertThat(meters.counter("lintel.spared", "reason", "controller").count()).isEqualTo(1);
  }

  @Test
  void anObjectThatCannotBeReadIsAllowedWithAWarning() throws Exception {
    JsonNode response = answer(Reviews.create(Reviews.UNREADABLE_SERVICE)).path("response");
    assertThat(response.path("allowed").asBoolean()).isTrue();
    assertThat(response.path("warnings").path(0).asText())
        .isEqualTo(
            "lintel could not read the object, so it was not judged: spec.ports[0].port: expected"
                + " a whole number, found the text \"http\"");
    assertThat(requests("unreadable")).isEqualTo(1);
  }

  @Test
  void beforeTheClusterHasBeenReadEverythingIsAllowedWithAWarning() throws Exception {
    JsonNode response =
        answer(reviewer(Clusters.unread(), complete()), Reviews.create(Reviews.BAD_SERVICE))
            .path("response");
    assertThat(response.path("allowed").asBoolean()).isTrue();
    assertThat(response.path("warnings").path(0).asText()).contains("has not read the cluster");
  }

  @Test
  void aFailureOfOursLetsTheWriteThroughAndSaysSo() throws Exception {
    Judge failing = new Judge(new RuleCatalogue(List.of(FailingRule.RULE)));
    JsonNode response =
        answer(reviewer(cluster, failing), Reviews.create(Reviews.SERVICE)).path("response");
    assertThat(response.path("allowed").asBoolean()).isTrue();
    assertThat(response.path("warnings").path(0).asText()).contains("lintel failed", "7f1c");
    assertThat(requests("error")).isEqualTo(1);
  }

  @Test
  void pastTheDeadlineTheRestIsNotJudgedAndThisIsToldAndCounted() throws Exception {
    AdmissionReviewer reviewer = reviewer(cluster, complete());
    Reply reply = reviewer.review(Reviews.create(Reviews.BAD_SERVICE), () -> true);
    reviewer.answered(reply, DEADLINE);
    assertThat(json(reply).path("response").path("warnings").path(0).asText())
        .isEqualTo(
            "not everything was judged: the API server's deadline came before every rule was"
                + " evaluated");
    assertThat(meters.counter("lintel.unfinished.verdicts").count()).isEqualTo(1);
  }

  @Test
  void aFindingFromAnOldViewOfTheClusterSaysHowOldItIs() throws Exception {
    ClusterState old = Clusters.agedBy(Duration.ofSeconds(75));
    String age =
        "lintel's view of the cluster is 75 s old: the API server does not answer it, or a watch is"
            + " broken";
    JsonNode denied = answer(reviewer(old, complete()), Reviews.create(Reviews.BAD_SERVICE));
    assertThat(denied.path("response").path("warnings").path(0).asText()).isEqualTo(age);
    JsonNode good = answer(reviewer(old, complete()), Reviews.create(Reviews.SERVICE));
    assertThat(good.path("response").has("warnings")).isFalse();
    ClusterState young = Clusters.agedBy(Duration.ofSeconds(59));
    assertThat(
            answer(reviewer(young, complete()), Reviews.create(Reviews.BAD_SERVICE))
                .path("response")
                .has("warnings"))
        .isFalse();
  }

  @Test
  void whatIsNoReviewIsRefusedWithAStatus() throws Exception {
    Reply reply = reviewer(cluster, complete()).review(Reviews.bytes("{'apiVersion':5}"), NEVER);
    assertThat(reply.status()).isEqualTo(400);
    JsonNode status = json(reply);
    assertThat(status.path("kind").asText()).isEqualTo("Status");
    assertThat(status.path("message").asText()).contains("apiVersion: expected text");
  }

  @Test
  void anErrorOfTheMachineIsNoMoreThanAnUnjudgedWrite() throws Exception {
    Judge failing =
        new Judge(
            new RuleCatalogue(
                List.of(
                    OddRule.of(
                        (topology, subject) -> {
                          throw new NoSuchMethodError("a defect");
                        }))));
    JsonNode response =
        answer(reviewer(cluster, failing), Reviews.create(Reviews.SERVICE)).path("response");
    assertThat(response.path("allowed").asBoolean()).isTrue();
    assertThat(response.path("warnings").path(0).asText()).contains("lintel failed", "7f1c");
    assertThat(requests("error")).isEqualTo(1);
  }

  @Test
  void anObjectWithAHundredThousandLabelsIsJudged() throws Exception {
    StringBuilder labels = new StringBuilder("'team':'a'");
    for (int i = 0; i < 100_000; i++) {
      labels.append(",'label-").append(i).append("':'value-").append(i).append('\'');
    }
    String large =
        Reviews.BAD_SERVICE.replace("'name':'cart'", "'name':'cart','labels':{" + labels + "}");
    assertThat(answer(Reviews.create(large)).path("response").path("allowed").asBoolean(true))
        .isFalse();
  }

  @Test
  void findingsAreCountedByCodeAndAction() throws Exception {
    answer(Reviews.create(Reviews.BAD_SERVICE));
    assertThat(meters.counter("lintel.findings", "code", "TD-001", "action", "deny").count())
        .isEqualTo(1);
    assertThat(meters.timer("lintel.admission.duration").count()).isEqualTo(1);
  }

  @Test
  void aWriteLeavesNoTrace() throws Exception {
    answer(Reviews.create(Reviews.SERVICE));
    assertThat(cluster.current().topology().service("shop", "cart")).isEmpty();
  }

  private void assertPasses(JsonNode answer, String decision) {
    assertThat(answer.path("response").path("allowed").asBoolean()).isTrue();
    assertThat(answer.path("response").has("warnings")).isFalse();
    assertThat(requests(decision)).isEqualTo(1);
  }

  private double requests(String decision) {
    return meters.get("lintel.admission.requests").tag("decision", decision).counter().count();
  }

  private JsonNode answer(byte[] body) throws Exception {
    return answer(reviewer(cluster, complete()), body);
  }

  private static JsonNode answer(AdmissionReviewer reviewer, byte[] body) throws Exception {
    Reply reply = reviewer.review(body, NEVER);
    reviewer.answered(reply, DEADLINE);
    assertThat(reply.status()).isEqualTo(200);
    return json(reply);
  }

  private static JsonNode json(Reply reply) throws Exception {
    return new ObjectMapper().readTree(reply.body());
  }

  private AdmissionReviewer reviewer(ClusterState state, Judge judge) {
    return new AdmissionReviewer(new Admission(state, judge, CONFIG), new AdmissionMetrics(meters));
  }

  private static Judge complete() {
    return new Judge(RuleCatalogue.complete());
  }
}
