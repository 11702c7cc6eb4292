package dev.lintel.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.Platform;
import dev.lintel.policy.Policy;
import dev.lintel.state.Existing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes of the writes in a log. */
class ReplayTest {

  private static final Existing NOTHING = Existing.of(Platform.AUTO, List.of());

  private static final String CART = "{\"metadata\":{\"name\":\"cart\",\"namespace\":\"shop\"%s}}";
  private static final String GOOD = CART.formatted("");
  private static final String BAD = distributed("PreferClosest");

  @Test
  void aWriteThatWouldBeDeniedIsCountedOnEachSide() throws Exception {
    Outcome outcome = replay(event("create", "alice", BAD, BAD, 201));
    assertThat(outcome.denied()).isEqualTo(1);
    assertThat(outcome.rules()).containsExactly(new Outcome.Row("TD-001", 1, 0, 1));
    assertThat(outcome.namespaces()).containsExactly(new Outcome.Row("shop", 1, 0, 1));
    assertThat(outcome.users()).containsExactly(new Outcome.Row("alice", 1, 0, 1));
    assertThat(outcome.times()).containsExactly(new Outcome.Row("2026-11-01T08:00:00Z", 1, 0, 1));
    assertThat(outcome.example("TD-001"))
        .hasValueSatisfying(
            example -> {
              assertThat(example.object()).isEqualTo("Service shop/cart");
              assertThat(example.message()).contains("PreferClosest");
            });
  }

  @Test
  void whatWasBadBeforeOnlyWarns() throws Exception {
    Outcome outcome =
        replay(
            event("create", "alice", BAD, BAD, 201),
            event("update", "bob", labelled("a"), labelled("a"), 200));
    assertThat(outcome.users())
        .containsExactly(new Outcome.Row("alice", 1, 0, 1), new Outcome.Row("bob", 0, 1, 1));
  }

  @Test
  void anUpdateOfWhatIsNotKnownIsNeverDenied() throws Exception {
    Outcome outcome = replay(event("update", "alice", BAD, BAD, 200));
    assertThat(outcome.denied()).isZero();
    assertThat(outcome.warned()).isEqualTo(1);
    assertThat(outcome.withoutEarlierForm()).isEqualTo(1);
  }

  @Test
  void aPatchIsJudgedByWhatItMade() throws Exception {
    Outcome outcome =
        replay(
            event("create", "alice", GOOD, GOOD, 201),
            event("patch", "bob", "[{\"op\":\"add\"}]".replaceAll("^\\[(.*)]$", "$1"), BAD, 200));
    assertThat(outcome.users()).containsExactly(new Outcome.Row("bob", 1, 0, 1));
  }

  @Test
  void anApplyThatCreatesIsACreation() throws Exception {
    assertThat(replay(event("patch", "alice", GOOD, BAD, 201)).denied()).isEqualTo(1);
  }

  /** Controllers write a status on its own, and manifests have none. */
  @Test
  void aGatewayIsReadyOnceItsStatusIsWritten() throws Exception {
    String pending = "\"status\":{\"conditions\":[{\"type\":\"Programmed\"}]}";
    String programmed = "\"status\":{\"addresses\":[{\"value\":\"10.0.0.9\"}]}";
    String service =
        event("create", "alice", bound("a"), bound("a"), 201).replace("\"cart\"", "\"a\"");
    String created = gateway("create", "", pending);
    assertThat(replay(created, service).rules()).contains(new Outcome.Row("WP-001", 0, 1, 1));
    assertThat(replay(created, gateway("patch", "status", programmed), service).rules()).isEmpty();
    assertThat(
            replay(
                    created,
                    gateway("patch", "status", programmed),
                    gateway("update", "", "\"kind\":\"Gateway\""),
                    service)
                .rules())
        .isEmpty();
  }

  private static String bound(String name) {
    return "{\"metadata\":{\"name\":\"%s\",\"namespace\":\"shop\",\"labels\":{\"istio.io/use-waypoint\":\"waypoint\"}}}"
        .formatted(name);
  }

  private static String gateway(String verb, String subresource, String status) {
    String object =
        "{\"metadata\":{\"name\":\"waypoint\",\"namespace\":\"shop\"},\"spec\":{\"gatewayClassName\":\"istio-waypoint\"},%s}"
            .formatted(status);
    return event(verb, "carol", object, object, 200)
        .replace("\"cart\"", "\"waypoint\"")
        .replace(
            "\"resource\":\"services\"",
            "\"apiGroup\":\"gateway.networking.k8s.io\",\"resource\":\"gateways\",\"subresource\":\"%s\""
                .formatted(subresource));
  }

  @Test
  void whatWasRefusedIsJudgedAndNotKept() throws Exception {
    Outcome outcome =
        replay(
            event("create", "alice", BAD, "{\"kind\":\"Status\"}", 422),
            event("create", "alice", BAD, BAD, 201));
    assertThat(outcome.denied()).isEqualTo(2);
    assertThat(outcome.refused()).isEqualTo(1);
    assertThat(replay(event("create", "a", BAD, "{\"kind\":\"Status\"}", 409)).judged()).isZero();
    assertThat(replay(event("create", "a", BAD, "{\"kind\":\"Status\"}", 500)).judged()).isZero();
  }

  @Test
  void aDryRunIsJudgedAndNotKept() throws Exception {
    Outcome outcome =
        replay(
            event("create", "alice", BAD, BAD, 201).replace("/services", "/services?dryRun=All"),
            event("update", "alice", labelled("a"), labelled("a"), 200));
    assertThat(outcome.dryRuns()).isEqualTo(1);
    assertThat(outcome.withoutEarlierForm()).isEqualTo(1);
  }

  @Test
  void whatIsDeletedIsGone() throws Exception {
    String delete = event("delete", "alice", "null", "{\"kind\":\"Status\"}", 200);
    String again = event("update", "alice", labelled("a"), labelled("a"), 200);
    assertThat(replay(event("create", "a", BAD, BAD, 201), delete, again).withoutEarlierForm())
        .isEqualTo(1);
    String items = "{\"kind\":\"ServiceList\",\"items\":[" + GOOD + "]}";
    String several =
        event("deletecollection", "alice", "null", items, 200)
            .replace("\"name\":\"cart\",\"r", "\"r");
    assertThat(replay(event("create", "a", BAD, BAD, 201), several, again).withoutEarlierForm())
        .isEqualTo(1);
    String all = event("deletecollection", "alice", "null", "{\"kind\":\"Status\"}", 200);
    assertThat(replay(event("create", "a", BAD, BAD, 201), all, again).withoutEarlierForm())
        .isEqualTo(1);
    Outcome unclear =
        replay(
            event("create", "a", BAD, BAD, 201),
            all.replace("/services", "/services?labelSelector=a"),
            again);
    assertThat(unclear.unfollowed()).isEqualTo(1);
    assertThat(unclear.withoutEarlierForm()).isZero();
  }

  @Test
  void statusOtherStagesOtherVerbsAndOtherKindsAreNotJudged() throws Exception {
    String create = event("create", "alice", BAD, BAD, 201);
    Outcome outcome =
        replay(
            create.replace("ResponseComplete", "RequestReceived"),
            create.replace(
                "\"resource\":\"services\"",
                "\"resource\":\"services\",\"subresource\":\"status\""),
            create.replace("\"resource\":\"services\"", "\"resource\":\"secrets\""),
            create.replace("\"verb\":\"create\"", "\"verb\":\"list\""));
    assertThat(outcome.events()).isEqualTo(4);
    assertThat(outcome.judged()).isZero();
  }

  @Test
  void objectsOfOtherKindsAreKeptForTheTopology() throws Exception {
    String waypoint =
        "{\"metadata\":{\"name\":\"waypoint\",\"namespace\":\"shop\"},\"spec\":{\"gatewayClassName\":\"istio-waypoint\",\"listeners\":[{\"name\":\"m\",\"port\":15008,\"protocol\":\"HBONE\"}]},\"status\":{\"addresses\":[{\"value\":\"10.0.0.1\"}]}}";
    String gateway =
        event("create", "alice", waypoint, waypoint, 201)
            .replace(
                "\"resource\":\"services\"",
                "\"apiGroup\":\"gateway.networking.k8s.io\",\"resource\":\"gateways\"");
    String uses = CART.formatted(",\"labels\":{\"istio.io/use-waypoint\":\"waypoint\"}");
    String service = event("create", "alice", uses, uses, 201);
    assertThat(replay(service).warned()).isEqualTo(1);
    assertThat(replay(gateway, service).warned()).isZero();
  }

  @Test
  void whoIsImpersonatedCountsWhereverItStands() throws Exception {
    String create = event("create", "alice", BAD, BAD, 201);
    String impersonated = "\"impersonatedUser\":{\"username\":\"bob\",\"groups\":[\"g\"]},";
    assertThat(replay(create.replaceFirst("\\{", "{" + impersonated)).users())
        .containsExactly(new Outcome.Row("bob", 1, 0, 1));
    assertThat(replay(create.replace("\"objectRef\"", impersonated + "\"objectRef\"")).users())
        .containsExactly(new Outcome.Row("bob", 1, 0, 1));
  }

  @Test
  void aNameThatTheServerMadeIsTaken() throws Exception {
    String sent = BAD.replace("\"name\":\"cart\"", "\"generateName\":\"cart-\"");
    String create =
        event("create", "alice", sent, BAD, 201).replace("\"name\":\"cart\",\"r", "\"r");
    assertThat(replay(create).example("TD-001").orElseThrow().object())
        .isEqualTo("Service shop/cart");
  }

  @Test
  void aListOfEventsInOneLineIsReadOneByOne() throws Exception {
    String one = event("create", "alice", BAD, BAD, 201);
    Outcome outcome =
        replay(
            "{\"kind\":\"EventList\",\"items\":[" + one + "," + one.replace("alice", "bob") + "]}");
    assertThat(outcome.events()).isEqualTo(2);
    assertThat(outcome.users()).hasSize(2);
  }

  @Test
  void whatCannotBeReadIsCountedAndTheFirstLinesAreNamed() throws Exception {
    Outcome outcome =
        replay(
            "{",
            "",
            "not json",
            "{\"kind\":\"Event\"}",
            "[]",
            event("create", "alice", BAD, BAD, 201) + " {}",
            event("create", "alice", "[]", BAD, 201),
            event("create", "alice", BAD, BAD, 201),
            event(
                "create",
                "alice",
                BAD.replace("{\"metadata\"", "{\"spec\":[],\"metadata\""),
                BAD,
                201));
    assertThat(outcome.unreadableLines()).isEqualTo(7);
    assertThat(outcome.unreadable())
        .hasSize(5)
        .anyMatch(line -> line.startsWith("line 1: not JSON"))
        .anyMatch(line -> line.startsWith("line 4: not an audit event"));
    assertThat(outcome.denied()).isEqualTo(1);
  }

  @Test
  void aLineThatIsTooLongIsPassedOverWithoutBeingKept() throws Exception {
    byte[] next = ("\n" + event("create", "alice", BAD, BAD, 201)).getBytes(StandardCharsets.UTF_8);
    InputStream log =
        new java.io.SequenceInputStream(new Endless(40L << 20), new ByteArrayInputStream(next));
    Outcome outcome = new Replay(NOTHING, Policy.DEFAULT, Duration.ofHours(1)).run(log, () -> {});
    assertThat(outcome.unreadable()).containsExactly("line 1: longer than 16 MiB");
    assertThat(outcome.denied()).isEqualTo(1);
  }

  @Test
  void writesAtAnotherLevelAreCountedAsNotJudged() throws Exception {
    assertThat(replay(event("update", "alice", "null", "null", 200)).unjudged()).isEqualTo(1);
  }

  private static Outcome replay(String... lines) throws Exception {
    byte[] log = String.join("\n", List.of(lines)).getBytes(StandardCharsets.UTF_8);
    return new Replay(NOTHING, Policy.DEFAULT, Duration.ofHours(1))
        .run(new ByteArrayInputStream(log), () -> {});
  }

  private static String distributed(String value) {
    return CART.formatted(
        ",\"annotations\":{\"networking.istio.io/traffic-distribution\":\"" + value + "\"}");
  }

  private static String labelled(String value) {
    return BAD.replace("\"annotations\"", "\"labels\":{\"app\":\"" + value + "\"},\"annotations\"");
  }

  private static String event(String verb, String user, String request, String response, int code) {
    return "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"stage\":\"ResponseComplete\",\"verb\":\"%s\",\"requestURI\":\"/api/v1/namespaces/shop/services\",\"user\":{\"username\":\"%s\"},\"objectRef\":{\"namespace\":\"shop\",\"name\":\"cart\",\"resource\":\"services\"},\"responseStatus\":{\"code\":%d},\"requestObject\":%s,\"responseObject\":%s,\"requestReceivedTimestamp\":\"2026-11-01T08:15:00.000001Z\"}"
        .formatted(verb, user, code, request, response);
  }

  /** A long line without its end. */
  private static final class Endless extends InputStream {

    private long left;

    Endless(long length) {
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      return left-- > 0 ? 'x' : -1;
    }
  }
}
