package dev.lintel.rule.waypoint;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.JsonPatch;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding;
import dev.lintel.topology.WaypointBinding.Level;
import dev.lintel.topology.WaypointBinding.Reason;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The waypoint's namespace on another object than the waypoint's name. It is not read there.
 *
 * <p>Restricted: {@code metadata.labels[istio.io/use-waypoint-namespace]} of Service, ServiceEntry
 * and their Namespace. Allowed: beside {@code istio.io/use-waypoint} on the same object
 * (docs/domain.md, 3.1).
 */
final class WaypointNamespaceIgnored {

  static final Rule RULE =
      Rule.warns("WP-004", "waypoint-namespace-ignored")
          .summary("The waypoint's namespace stands apart from its name and is not read")
          .reads(Waypointed.BINDING)
          .ofHosts(WaypointNamespaceIgnored::judge);

  private WaypointNamespaceIgnored() {}

  private static final String BECAUSE =
      "istiod reads istio.io/use-waypoint-namespace only from the object that carries"
          + " istio.io/use-waypoint, and otherwise looks in the object's own namespace. kgateway"
          + " does the same.";

  private static Stream<Finding> judge(Topology topology, OfHosts subject) {
    return subject.hosts().stream()
        .map(Subject.Host::waypoint)
        .limit(1)
        .flatMap(
            binding ->
                withoutName(subject, binding)
                    .or(() -> onNamespaceOnly(topology, subject, binding))
                    .stream());
  }

  private static Optional<Finding> withoutName(OfHosts subject, WaypointBinding binding) {
    Metadata metadata = subject.metadata();
    return metadata
        .label(Keys.USE_WAYPOINT_NAMESPACE)
        .filter(namespace -> metadata.label(Keys.USE_WAYPOINT).isEmpty())
        .filter(namespace -> !(binding instanceof WaypointBinding.Excluded))
        .filter(namespace -> !isUsedAnyway(namespace, binding))
        .map(
            namespace ->
                Finding.at(Waypointed.USE_WAYPOINT_NAMESPACE)
                    .says(
                        "`istio.io/use-waypoint-namespace: %s` is not read without"
                            + " `istio.io/use-waypoint` beside it: %s",
                        namespace, instead(binding))
                    .because(BECAUSE)
                    .fix("add `istio.io/use-waypoint` to this object, or remove the label")
                    .about(namespace));
  }

  private static boolean isUsedAnyway(String namespace, WaypointBinding binding) {
    return Waypointed.named(binding)
        .filter(named -> named.gateway().namespace().equals(namespace))
        .isPresent();
  }

  private static String instead(WaypointBinding binding) {
    return Waypointed.named(binding)
        .map(named -> "%s of the Namespace counts".formatted(named.gateway().spoken()))
        .orElse("there is no waypoint");
  }

  private static Optional<Finding> onNamespaceOnly(
      Topology topology, OfHosts subject, WaypointBinding binding) {
    String own = subject.metadata().namespace();
    return missingInOwnNamespace(binding, own)
        .flatMap(
            named ->
                topology
                    .namespaceLabel(own, Keys.USE_WAYPOINT_NAMESPACE)
                    .filter(other -> !other.equals(own))
                    .filter(other -> isMeant(topology, own, other, named.name()))
                    .map(other -> onNamespaceOnly(named, other)));
  }

  private static Optional<NamespacedName> missingInOwnNamespace(
      WaypointBinding binding, String own) {
    return binding instanceof WaypointBinding.Unusable(var named, var level, var reason)
            && level == Level.OBJECT
            && reason == Reason.MISSING
            && named.namespace().equals(own)
        ? Optional.of(named)
        : Optional.empty();
  }

  /**
   * The Namespace's label belongs to its own waypoint, unless there is none or it fits this one.
   */
  private static boolean isMeant(Topology topology, String own, String other, String waypoint) {
    return topology.namespaceLabel(own, Keys.USE_WAYPOINT).isEmpty()
        || topology.gateway(other, waypoint).isPresent();
  }

  private static Finding onNamespaceOnly(NamespacedName named, String other) {
    ResourceRef namespace = Waypointed.namespace(named.namespace());
    return Finding.at(FieldPath.NAMESPACE)
        .says(
            "waypoint `%s` is looked for in %s: the Namespace's `istio.io/use-waypoint-namespace:"
                + " %s` does not count for it",
            named.name(), namespace.spoken(), other)
        .because(BECAUSE)
        .fix("label this object `istio.io/use-waypoint-namespace: %s`", other)
        .patch(
            JsonPatch.of(JsonPatch.add(other, "metadata", "labels", Keys.USE_WAYPOINT_NAMESPACE)))
        .with(namespace)
        .about(other);
  }
}
