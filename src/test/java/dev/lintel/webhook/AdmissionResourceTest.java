package dev.lintel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.cluster.ClusterState;
import dev.lintel.cluster.Clusters;
import dev.lintel.cluster.LintelConfig;
import dev.lintel.judge.Judge;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.RuleCatalogue;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionResourceTest {

  static final LintelConfig CONFIG =
      new SmallRyeConfigBuilder()
          .withMapping(LintelConfig.class)
          .build()
          .getConfigMapping(LintelConfig.class);

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
        answer(resource(Clusters.unread(), complete()), Reviews.create(Reviews.BAD_SERVICE))
            .path("response");
    assertThat(response.path("allowed").asBoolean()).isTrue();
    assertThat(response.path("warnings").path(0).asText()).contains("has not read the cluster");
  }

  @Test
  void aFailureOfOursLetsTheWriteThroughAndSaysSo() throws Exception {
    Judge failing = new Judge(new RuleCatalogue(List.of(new FailingRule())));
    JsonNode response =
        answer(resource(cluster, failing), Reviews.create(Reviews.SERVICE)).path("response");
    assertThat(response.path("allowed").asBoolean()).isTrue();
    assertThat(response.path("warnings").path(0).asText()).contains("lintel failed", "7f1c");
    assertThat(requests("error")).isEqualTo(1);
  }

  @Test
  void pastTheDeadlineTheRestIsNotJudgedAndThisIsCounted() throws Exception {
    resource(cluster, complete())
        .validate("0s", Reviews.create(Reviews.BAD_SERVICE))
        .await()
        .indefinitely();
    assertThat(meters.counter("lintel.unfinished.verdicts").count()).isEqualTo(1);
  }

  @Test
  void aFindingFromAnOldViewOfTheClusterSaysHowOldItIs() throws Exception {
    ClusterState old = Clusters.agedBy(Duration.ofSeconds(75));
    String age = "lintel's view of the cluster is 75 s old, because its watches are broken";
    JsonNode denied = answer(resource(old, complete()), Reviews.create(Reviews.BAD_SERVICE));
    assertThat(denied.path("response").path("warnings").path(0).asText()).isEqualTo(age);
    JsonNode good = answer(resource(old, complete()), Reviews.create(Reviews.SERVICE));
    assertThat(good.path("response").has("warnings")).isFalse();
    ClusterState young = Clusters.agedBy(Duration.ofSeconds(59));
    assertThat(
            answer(resource(young, complete()), Reviews.create(Reviews.BAD_SERVICE))
                .path("response")
                .has("warnings"))
        .isFalse();
  }

  @Test
  void whatIsNoReviewIsRefusedWithAStatus() throws Exception {
    Response response = post(Reviews.bytes("{'apiVersion':5}"));
    assertThat(response.getStatus()).isEqualTo(400);
    JsonNode status = json(response);
    assertThat(status.path("kind").asText()).isEqualTo("Status");
    assertThat(status.path("message").asText()).contains("apiVersion: expected text");
  }

  @ParameterizedTest
  @CsvSource({"7340032, 200", "7340033, 413"})
  void aBodyOfMoreThanSevenMebibytesIsRefused(int size, int code) {
    byte[] review = Reviews.create(Reviews.SERVICE);
    byte[] body = Arrays.copyOf(review, size);
    Arrays.fill(body, review.length, size, (byte) ' ');
    assertThat(post(body).getStatus()).isEqualTo(code);
  }

  @Test
  void findingsAreCountedByCodeAndAction() throws Exception {
    answer(Reviews.create(Reviews.BAD_SERVICE));
    assertThat(meters.counter("lintel.findings", "code", "TD-001", "action", "deny").count())
        .isEqualTo(1);
    assertThat(meters.timer("lintel.admission.duration").count()).isEqualTo(1);
  }

  @Test
  void anAllowedWriteIsSeenByLaterOnes() throws Exception {
    answer(Reviews.create(Reviews.SERVICE));
    assertThat(cluster.current().topology().service("shop", "cart")).isPresent();
    answer(Reviews.service("DELETE", "'oldObject':" + Reviews.SERVICE));
    assertThat(cluster.current().topology().service("shop", "cart")).isEmpty();
  }

  @Test
  void aRefusedWriteAndADryRunLeaveNoTrace() throws Exception {
    answer(Reviews.create(Reviews.BAD_SERVICE));
    answer(Reviews.service("CREATE", "'dryRun':true,'object':" + Reviews.SERVICE));
    assertThat(cluster.current().topology().find(new ResourceRef(Kind.SERVICE, "shop", "cart")))
        .isEmpty();
  }

  private void assertPasses(JsonNode answer, String decision) {
    assertThat(answer.path("response").path("allowed").asBoolean()).isTrue();
    assertThat(answer.path("response").has("warnings")).isFalse();
    assertThat(requests(decision)).isEqualTo(1);
  }

  private double requests(String decision) {
    return meters.get("lintel.admission.requests").tag("decision", decision).counter().count();
  }

  private Response post(byte[] body) {
    return resource(cluster, complete()).validate("3s", body).await().indefinitely();
  }

  private JsonNode answer(byte[] body) throws Exception {
    return answer(resource(cluster, complete()), body);
  }

  private static JsonNode answer(AdmissionResource resource, byte[] body) throws Exception {
    Response response = resource.validate("3s", body).await().indefinitely();
    assertThat(response.getStatus()).isEqualTo(200);
    return json(response);
  }

  private static JsonNode json(Response response) throws Exception {
    return new ObjectMapper().readTree((byte[]) response.getEntity());
  }

  private AdmissionResource resource(ClusterState state, Judge judge) {
    return new AdmissionResource(
        new Admission(state, judge, CONFIG), new AdmissionMetrics(meters), CONFIG);
  }

  private static Judge complete() {
    return new Judge(RuleCatalogue.complete());
  }
}
