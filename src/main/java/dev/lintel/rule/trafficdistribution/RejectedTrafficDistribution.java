package dev.lintel.rule.trafficdistribution;

import dev.lintel.mesh.Since;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.mesh.Version;
import dev.lintel.resource.Kind;
import dev.lintel.rule.Action;
import dev.lintel.rule.Finding;
import dev.lintel.rule.JsonPatch;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Spelling;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A field that the API server of the target version does not accept. In a cluster the API server
 * speaks first, so this is met in files only, and nothing has to say where the rule runs.
 *
 * <p>Restricted: {@code spec.trafficDistribution} of Service. Allowed: the values of the Kubernetes
 * version, letter for letter; where the version is not known, those of every release; and words of
 * releases that came later (docs/domain.md, 1.2).
 */
final class RejectedTrafficDistribution {

  /** The first release whose values have not been read. */
  private static final Version UNREAD = Version.of(1, 38);

  static final Rule RULE =
      Rule.denies("TD-004", "traffic-distribution-field-rejected")
          .summary("The API server does not accept this value of spec.trafficDistribution")
          .reads(Set.of(Kind.SERVICE))
          .ofServices(RejectedTrafficDistribution::judge);

  private RejectedTrafficDistribution() {}

  private static Stream<Finding> judge(Topology topology, OfService subject) {
    Optional<Version> version = topology.platform().kubernetesVersion();
    return subject
        .resource()
        .trafficDistribution()
        .flatMap(value -> finding(version, value))
        .stream();
  }

  private static Optional<Finding> finding(Optional<Version> version, String value) {
    List<String> accepted = TrafficDistribution.valuesOfKubernetes(version);
    if (accepted.contains(value)) {
      return Optional.empty();
    }
    Finding finding = Finding.at(Settings.SPEC).about(value);
    if (accepted.isEmpty()) {
      return version.map(old -> unknownField(finding, old, value));
    }
    if (TrafficDistribution.ofSpec(value).isPresent()) {
      return version.map(old -> tooNew(finding, old, value, accepted));
    }
    Optional<String> meant = Spelling.nearest(value, accepted);
    boolean isSameWord = meant.filter(word -> Spelling.isSameWord(value, word)).isPresent();
    boolean isRead = version.filter(v -> v.compareTo(UNREAD) >= 0).isEmpty();
    return isSameWord || isRead
        ? Optional.of(rejected(finding, value, accepted, meant, isSameWord))
        : Optional.empty();
  }

  private static Finding unknownField(Finding finding, Version version, String value) {
    return finding
        .says("Kubernetes %s does not know the field and drops `%s`", spoken(version), value)
        .because("The field came with 1.30. An older API server drops it without a word.")
        .fix("set the annotation networking.istio.io/traffic-distribution instead")
        .atMost(Action.WARN);
  }

  private static Finding tooNew(
      Finding finding, Version version, String value, List<String> accepted) {
    if (!Since.SAME_ZONE_BY_GATE.isIn(version)) {
      return finding
          .says("Kubernetes %s rejects `%s`, which came with 1.33", spoken(version), value)
          .because("The API server of this release accepts %s only.", String.join(", ", accepted))
          .fix("use `PreferClose`, or set the annotation networking.istio.io/traffic-distribution");
    }
    return finding
        .says(
            "Kubernetes %s rejects `%s` unless feature gate PreferSameTrafficDistribution is on",
            spoken(version), value)
        .because("The gate is off by default in this release, and on from 1.34.")
        .fix("use `PreferClose`, or switch the gate on")
        .atMost(Action.WARN);
  }

  private static Finding rejected(
      Finding finding,
      String value,
      List<String> accepted,
      Optional<String> meant,
      boolean isSameWord) {
    Finding named =
        finding.because(
            "The API server compares the field letter for letter and accepts %s.",
            String.join(", ", accepted));
    if (isSameWord) {
      String word = meant.orElse("");
      return named
          .says("the API server rejects `%s`: the field is case-sensitive", value)
          .fix("write `%s`", word)
          .patch(JsonPatch.of(JsonPatch.replace(word, "spec", "trafficDistribution")));
    }
    Finding said = named.says("the API server rejects `%s` in spec.trafficDistribution", value);
    Optional<TrafficDistribution> mode = TrafficDistribution.named(value);
    if (mode.filter(TrafficDistribution.ANY::equals).isPresent()) {
      return said.fix("leave the field out");
    }
    if (mode.isPresent()) {
      return said.fix(
          "write `%s` in the annotation networking.istio.io/traffic-distribution instead", value);
    }
    return said.fix(
        "use %s", meant.map("`%s`"::formatted).orElse("one of " + String.join(", ", accepted)));
  }

  private static String spoken(Version version) {
    return version.major() + "." + version.minor();
  }
}
