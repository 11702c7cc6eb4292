package dev.lintel.rule.destinationrule;

import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.topology.Backend;
import dev.lintel.topology.RuleReaders;
import dev.lintel.topology.RuleReaders.LegReading;
import dev.lintel.topology.Topology;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the family's rules ask of the readers of a DestinationRule. */
final class Readings {

  /** What every rule of the family judges. */
  static final Set<Kind> SUBJECTS = Set.of(Kind.DESTINATION_RULE);

  /** The namespaces that a rule is exported to. */
  static final FieldPath EXPORT_TO = FieldPath.of("spec.exportTo");

  private Readings() {}

  /**
   * Tells whether the rule covers hosts that exist, and nobody reads it for any of them. A rule may
   * come before its host, and a default may have exceptions wherever there are waypoints.
   */
  static boolean isDead(OfRule subject) {
    return !subject.readers().isEmpty()
        && subject.readers().stream().allMatch(r -> r.isNobody() && !r.excepted());
  }

  /**
   * Tells whether it is the rule itself that keeps it from being read: no Gateway would apply it,
   * were there no other rule for the host.
   */
  static boolean isDeadOfItself(OfRule subject) {
    return isDead(subject)
        && approaches(subject).noneMatch(approach -> wouldApply(approach.reading()));
  }

  /** Returns a host and a Gateway of kgateway that routes to it, for every such pair. */
  static Stream<Approach> approaches(OfRule subject) {
    return subject.readers().stream()
        .flatMap(readers -> readers.legs().stream().map(leg -> new Approach(readers, leg)));
  }

  /** Tells whether a waypoint looks for a host's rules in the namespace of this one. */
  static boolean isSearched(
      Topology topology, DestinationRule rule, Gateway waypoint, Backend backend) {
    return Stream.of(waypoint.namespace(), backend.namespace(), topology.platform().rootNamespace())
        .anyMatch(rule.namespace()::equals);
  }

  /** Tells whether a Gateway that sees a rule would apply it, were there no other for the host. */
  static boolean wouldApply(LegReading reading) {
    return reading.visible()
        && reading.leg().kgateway().istioIntegration().isYes()
        && reading.leg().certainly(path -> path.gatewayPicksPod());
  }

  /** Tells whether a rule is exported to everyone, as kgateway reads it (docs/domain.md, 4.4). */
  static boolean isForEveryone(DestinationRule rule) {
    return rule.exportTo().isEmpty() || rule.exportTo().contains("*");
  }

  /** Names objects in a sentence. */
  static String spoken(Collection<? extends Resource> objects) {
    return objects.stream()
        .map(Resource::ref)
        .map(ResourceRef::spoken)
        .collect(Collectors.joining(" and "));
  }

  /**
   * A host and a Gateway of kgateway that routes to it.
   *
   * @param readers who reads the rule for the host
   * @param reading what the Gateway makes of the rule
   */
  record Approach(RuleReaders readers, LegReading reading) {}
}
