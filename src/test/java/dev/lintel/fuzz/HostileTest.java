package dev.lintel.fuzz;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Inputs that mutation does not come by, because they are large: nests, chains and odd letters. */
class HostileTest {

  private static final String REVIEW =
      "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":"
          + "{\"uid\":\"7f1c\",\"kind\":{\"group\":\"%s\",\"kind\":\"%s\"},"
          + "\"operation\":\"CREATE\",\"userInfo\":{\"username\":\"ann\"},\"object\":%s}}";

  private static final String POLICY = "apiVersion: lintel.dev/v1\nkind: Policy\n";

  static Stream<Arguments> hostile() {
    return Stream.of(
        with(Targets.REVIEW, "a nest nobody reads", review("Service", nest("{\"a\":", "1", "}"))),
        with(
            Targets.REVIEW,
            "a nest of lists",
            review("Service", "{\"a\":" + nest("[", "", "]") + "}")),
        with(Targets.REVIEW, "ports below ports", rule(portsBelowPorts(4_000))),
        with(
            Targets.REVIEW,
            "half a pair of surrogates",
            rule("{\"metadata\":{\"name\":\"\\ud800\"},\"spec\":{\"host\":\"\\udc00\"}}")),
        with(
            Targets.REVIEW,
            "half a pair as UID",
            REVIEW.formatted("", "Service", "{}").replace("7f1c", "\\ud800")),
        with(
            Targets.REVIEW,
            "a number without end",
            review("Service", "{\"spec\":{\"ports\":[{\"port\":" + "9".repeat(5_000) + "}]}}")),
        with(Targets.REVIEW, "a byte order mark", "\uFEFF" + review("Service", "{}")),
        with(
            Targets.REVIEW,
            "a waypoint of many labels",
            review(
                "Service",
                "{\"metadata\":{\"name\":\"cart\",\"namespace\":\"shop\",\"labels\":{\"istio.io/use-waypoint\":\""
                    + "a.".repeat(5_000)
                    + "\"}}}")),
        with(Targets.AUDIT, "lists below lists", nest("{\"items\":[", "", "]}")),
        with(Targets.AUDIT, "a nest nobody reads", nest("{\"a\":", "1", "}")),
        with(
            Targets.MANIFEST,
            "a flow below a flow",
            "kind: A\napiVersion: v1\na: " + nest("{a: ", "1", "}")),
        with(
            Targets.MANIFEST,
            "lists below lists",
            "kind: A\napiVersion: v1\na: " + nest("[", "", "]")),
        with(
            Targets.MANIFEST,
            "kinds of lists",
            nest("{kind: List, apiVersion: v1, items: [", "", "]}")),
        with(Targets.MANIFEST, "anchors of anchors", anchors()),
        with(Targets.MANIFEST, "an anchor within itself", "kind: A\napiVersion: v1\na: &a [*a]\n"),
        with(Targets.MANIFEST, "blocks below blocks", "kind: A\napiVersion: v1\na:\n" + steps(600)),
        with(
            Targets.POLICY,
            "rules below rules",
            POLICY + "rules: " + nest("{a: ", "1", "}") + "\n"),
        with(
            Targets.POLICY,
            "lists below lists",
            POLICY + "overrides: " + nest("[", "", "]") + "\n"),
        with(Targets.POLICY, "an anchor within itself", POLICY + "rules: &a {TD-001: *a}\n"),
        with(
            Targets.POLICY,
            "a domain of many labels",
            POLICY + "platform: {clusterDomain: " + "a.".repeat(20_000) + "a}\n"),
        with(
            Targets.POLICY,
            "two thousand unknown names",
            POLICY + "rules: {" + names(2_000) + "}\n"),
        with(
            Targets.POLICY,
            "a glob of many stars",
            POLICY + "subjects: {ignoreUsers: ['" + "*a".repeat(120) + "']}\n"),
        with(Targets.HOST, "dots", ".".repeat(20_000)),
        with(Targets.HOST, "labels", "a.".repeat(4_000)),
        with(Targets.HOST, "letters that grow in lower case", "\u0130.".repeat(1_000)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("hostile")
  void breaksNothing(Targets targets, String what, String input) {
    Target target = targets.make();
    assertThatCode(() -> target.check(input.getBytes(StandardCharsets.UTF_8)))
        .doesNotThrowAnyException();
  }

  private static Arguments with(Targets target, String what, String input) {
    return Arguments.of(target, what, input);
  }

  private static String nest(String open, String core, String close) {
    return open.repeat(5_000) + core + close.repeat(5_000);
  }

  private static String review(String kind, String object) {
    return REVIEW.formatted("", kind, object);
  }

  private static String rule(String object) {
    return REVIEW.formatted("networking.istio.io", "DestinationRule", object);
  }

  private static String portsBelowPorts(int depth) {
    return "{\"metadata\":{\"name\":\"cart\",\"namespace\":\"shop\"},\"spec\":{\"host\":\"cart\","
        + "\"trafficPolicy\":"
        + "{\"portLevelSettings\":[".repeat(depth)
        + "]}".repeat(depth)
        + "}}";
  }

  private static String anchors() {
    StringBuilder text = new StringBuilder("kind: A\napiVersion: v1\na0: &a0 [x, x]\n");
    for (int i = 1; i < 30; i++) {
      text.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    return text.toString();
  }

  private static String steps(int depth) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= depth; i++) {
      text.append(" ".repeat(i)).append("a:\n");
    }
    return text.append(" ".repeat(depth + 1)).append("1\n").toString();
  }

  private static String names(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : ", ").append("destination-rule-").append(i).append(": warn");
    }
    return text.toString();
  }
}
