package dev.lintel.rule.multicluster;

import dev.lintel.mesh.Keys;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Namespace;
import dev.lintel.resource.Route;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.Topology;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A setting of the Namespace that does not reach the Service's global host: what is generated for
 * it carries only what the Service itself says.
 *
 * <p>Restricted: a peered Service to whose global host a Gateway routes, in a Namespace with a
 * traffic distribution or {@code istio.io/use-waypoint}. Allowed: where the Service sets the same
 * thing itself (docs/domain.md, 5.3).
 */
final class NamespaceSettingMissesGlobalHost {

  static final Rule RULE =
      Rule.warns("MC-009", "namespace-setting-misses-global-host")
          .summary("What the Namespace sets does not reach the Service's global host")
          .reads(Reads.GLOBAL_INGRESS)
          .ofServices(NamespaceSettingMissesGlobalHost::judge);

  private NamespaceSettingMissesGlobalHost() {}

  private static Stream<Finding> judge(Topology topology, OfService subject) {
    if (!topology.dialect().isSolo()) {
      return Stream.empty();
    }
    return Peered.of(topology, subject).stream()
        .flatMap(
            peered ->
                topology.namespace(peered.service().namespace()).stream()
                    .flatMap(
                        namespace ->
                            peered.legs().stream()
                                .limit(1)
                                .flatMap(leg -> missed(peered, namespace, leg))));
  }

  private static Stream<Finding> missed(Peered peered, Namespace namespace, IngressLeg leg) {
    return Stream.concat(
            distribution(peered, namespace).stream()
                .map(mode -> finding(peered, namespace, leg, "traffic distribution", mode)),
            waypoint(peered, namespace).stream()
                .map(name -> finding(peered, namespace, leg, "waypoint", name)))
        .map(peered::assuming);
  }

  private static Optional<String> distribution(Peered peered, Namespace namespace) {
    Optional<TrafficDistribution> global =
        peered.backend().trafficDistributionAnnotation().flatMap(TrafficDistribution::named);
    boolean isOwn =
        peered.service().metadata().annotation(Keys.TRAFFIC_DISTRIBUTION).isPresent()
            || peered.service().trafficDistribution().isPresent();
    return namespace
        .metadata()
        .annotation(Keys.TRAFFIC_DISTRIBUTION)
        .filter(value -> !isOwn)
        .filter(value -> TrafficDistribution.named(value).isPresent())
        .filter(value -> !TrafficDistribution.named(value).equals(global))
        .filter(value -> !isCopied(peered, Keys.TRAFFIC_DISTRIBUTION, value));
  }

  private static Optional<String> waypoint(Peered peered, Namespace namespace) {
    return namespace
        .metadata()
        .label(Keys.USE_WAYPOINT)
        .filter(name -> !name.isEmpty() && !name.equals("none"))
        .filter(name -> peered.service().metadata().label(Keys.USE_WAYPOINT).isEmpty())
        .filter(name -> !isCopied(peered, Keys.USE_WAYPOINT, name));
  }

  /** Where the entry that is there carries the setting, the installed release does copy it. */
  private static boolean isCopied(Peered peered, String key, String value) {
    return peered.global().generated().stream()
        .map(ServiceEntry::metadata)
        .anyMatch(entry -> carries(entry, key, value));
  }

  private static boolean carries(Metadata entry, String key, String value) {
    return entry.label(key).or(() -> entry.annotation(key)).filter(value::equals).isPresent();
  }

  private static Finding finding(
      Peered peered, Namespace namespace, IngressLeg leg, String what, String value) {
    Route route = leg.routes().getFirst();
    return Finding.at(FieldPath.NAMESPACE)
        .says(
            "%s `%s` of %s does not reach the global host that %s names",
            what, value, namespace.ref().spoken(), route.ref().spoken())
        .because(
            "What peering generates for %s carries the labels and annotations of the Service, and"
                + " stands in a namespace of its own. What the Namespace sets counts for the local"
                + " host only.",
            peered.host())
        .fix("set it on the Service itself")
        .with(namespace)
        .with(route)
        .with(leg.gateway())
        .about(what)
        .about(value);
  }
}
