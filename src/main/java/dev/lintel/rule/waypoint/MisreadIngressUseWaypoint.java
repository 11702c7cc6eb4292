package dev.lintel.rule.waypoint;

import dev.lintel.mesh.Keys;
import dev.lintel.rule.Action;
import dev.lintel.rule.Finding;
import dev.lintel.rule.JsonPatch;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.Host;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.topology.IngressLabels;
import dev.lintel.topology.Topology;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A value that its two readers take differently, or that neither can read.
 *
 * <p>Restricted: {@code metadata.labels[istio.io/ingress-use-waypoint]} of Service and
 * ServiceEntry. Allowed: {@code true}, and what Go's {@code ParseBool} takes for false; where there
 * is no kgateway, also what it takes for true (docs/domain.md, 4.2).
 */
final class MisreadIngressUseWaypoint {

  private static final Set<String> MEANT_AS_FALSE =
      Set.of("no", "n", "off", "none", "disabled", "disable", "never", "false");

  static final Rule RULE =
      Rule.denies("WP-008", "ingress-use-waypoint-value")
          .summary("The value is not what its readers take for true or false")
          .reads(Waypointed.BINDING)
          .ofHosts(MisreadIngressUseWaypoint::judge);

  private MisreadIngressUseWaypoint() {}

  private static Stream<Finding> judge(Topology topology, OfHosts subject) {
    return subject.hosts().stream()
        .limit(1)
        .flatMap(
            host ->
                IngressLabels.own(host.backend())
                    .flatMap(value -> finding(topology, host, value))
                    .stream());
  }

  private static Optional<Finding> finding(Topology topology, Host host, String value) {
    if (!IngressLabels.istiodReads(value)) {
      return Optional.of(unreadable(value));
    }
    return IngressLabels.isTrueForIstiod(value)
            && topology.ingress().hasKgateway()
            && !topology.ingress().labelIsTrueForKgateway(host.backend())
        ? Optional.of(readByIstiodOnly(value, host.waypoint().isNamed()))
        : Optional.empty();
  }

  private static Finding unreadable(String value) {
    boolean isFalse = MEANT_AS_FALSE.contains(value.toLowerCase(Locale.ROOT));
    String meant = isFalse ? "false" : "true";
    Finding found =
        Finding.at(Waypointed.INGRESS_USE_WAYPOINT)
            .says(
                "%s is neither true nor false to any reader of `istio.io/ingress-use-waypoint`",
                value.isEmpty() ? "an empty value" : "`" + value + "`")
            .because(
                "istiod reads true, True, TRUE, t, T and 1, and the like for false; kgateway reads"
                    + " exactly true. Anything else counts as false, and istiod does not look at"
                    + " the Namespace any more.")
            .fix("write \"true\" or \"false\"")
            .about(value);
    return value.isEmpty() ? found : found.patch(replaceBy(meant));
  }

  private static Finding readByIstiodOnly(String value, boolean hasWaypoint) {
    return Finding.at(Waypointed.INGRESS_USE_WAYPOINT)
        .says(
            "`%s` is true for istiod but false for kgateway, %s",
            value,
            hasWaypoint
                ? "whose requests bypass the waypoint"
                : "which takes nothing but `true` for true")
        .because(
            "istiod parses the label as a Go boolean. kgateway compares it with exactly true and"
                + " otherwise sends straight to the Pods.")
        .fix("write `istio.io/ingress-use-waypoint: \"true\"`")
        .patch(replaceBy("true"))
        .atMost(Action.WARN)
        .about(value);
  }

  private static JsonPatch replaceBy(String value) {
    return JsonPatch.of(JsonPatch.replace(value, "metadata", "labels", Keys.INGRESS_USE_WAYPOINT));
  }
}
