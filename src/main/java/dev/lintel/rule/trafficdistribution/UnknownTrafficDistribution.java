package dev.lintel.rule.trafficdistribution;

import dev.lintel.mesh.Keys;
import dev.lintel.mesh.KgatewayDistribution;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.Kind;
import dev.lintel.rule.Action;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.JsonPatch;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Spelling;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A traffic distribution that no proxy of the installation knows. It is read as Any without a word,
 * and it also hides the namespace's default.
 *
 * <p>Restricted: {@code metadata.annotations[networking.istio.io/traffic-distribution]} of Service
 * and ServiceEntry. Allowed: what some reader of the dialect knows, in any letter case; blanks are
 * not trimmed (docs/domain.md, 1.1).
 */
final class UnknownTrafficDistribution {

  static final Rule RULE =
      Rule.denies("TD-001", "traffic-distribution-unknown-value")
          .summary("No proxy knows this traffic distribution")
          .reads(
              Set.of(
                  Kind.SERVICE,
                  Kind.SERVICE_ENTRY,
                  Kind.GATEWAY_CLASS,
                  Kind.GATEWAY,
                  Kind.DEPLOYMENT))
          .ofHosts(UnknownTrafficDistribution::judge);

  private UnknownTrafficDistribution() {}

  private static Stream<Finding> judge(Topology topology, OfHosts subject) {
    return subject
        .metadata()
        .annotation(Keys.TRAFFIC_DISTRIBUTION)
        .filter(value -> !value.isEmpty() && !Settings.isPassthrough(subject))
        .filter(value -> !Settings.isKnown(topology, value))
        .map(value -> finding(topology, value))
        .stream();
  }

  private static Finding finding(Topology topology, String value) {
    Finding finding =
        Finding.at(FieldPath.TRAFFIC_DISTRIBUTION)
            .because(
                "istiod and kgateway compare the value with the words they know, in any letter case"
                    + " and without trimming blanks. Anything else counts as Any, a log line apart,"
                    + " and also keeps the namespace's default from being inherited.")
            .about(value);
    Optional<TrafficDistribution> mode = TrafficDistribution.named(value);
    if (mode.isEmpty()) {
      return misspelt(finding, topology.dialect().trafficDistributions(), value);
    }
    return switch (mode.get()) {
      case ANY -> any(finding, value);
      case PREFER_REGION ->
          hasEnterpriseKgateway(topology)
              ? unproven(finding, topology, value)
              : elsewhere(finding, topology, value);
      case PREFER_SAME_ZONE, PREFER_SAME_NODE, PREFER_NETWORK ->
          elsewhere(finding, topology, value).atMost(Action.WARN);
    };
  }

  private static Finding misspelt(Finding finding, List<String> known, String value) {
    Finding named =
        finding.says("`%s` is not a traffic distribution, so every proxy reads it as Any", value);
    Optional<String> meant = Spelling.nearest(value, known);
    if (meant.isEmpty()) {
      return named.fix("%s", oneOf(known));
    }
    return Spelling.isSameWord(value, meant.get())
        ? named.fix("use `%s`", meant.get()).patch(write(meant.get()))
        : named.fix("use `%s` (allowed: %s)", meant.get(), String.join(", ", known));
  }

  /** It is written to opt out of the namespace's default, which works. */
  private static Finding any(Finding finding, String value) {
    return finding
        .says("no proxy knows `%s` by name; it means Any only as every unknown word does", value)
        .fix("leave the annotation out, unless it is to keep off the namespace's default")
        .atMost(Action.WARN);
  }

  /** Another distribution knows the word, or a newer release. */
  private static Finding elsewhere(Finding finding, Topology topology, String value) {
    return finding
        .says("no proxy of this installation knows `%s`, so every one reads it as Any", value)
        .fix("%s", oneOf(topology.dialect().trafficDistributions()));
  }

  private static boolean hasEnterpriseKgateway(Topology topology) {
    return topology
        .ingress()
        .kgateways()
        .anyMatch(kgateway -> kgateway.distribution() == KgatewayDistribution.ENTERPRISE);
  }

  /** What the closed source knows is not public. */
  private static Finding unproven(Finding finding, Topology topology, String value) {
    return finding
        .says(
            "no proxy of this installation is known to read `%s`; upstream Istio takes Any", value)
        .fix("%s", oneOf(topology.dialect().trafficDistributions()))
        .fact("whether enterprise kgateway reads the word is not public")
        .atMost(Action.WARN);
  }

  private static String oneOf(List<String> known) {
    return (known.size() == 1 ? "use " : "use one of ") + String.join(", ", known);
  }

  private static JsonPatch write(String value) {
    return JsonPatch.of(
        JsonPatch.replace(value, "metadata", "annotations", Keys.TRAFFIC_DISTRIBUTION));
  }
}
