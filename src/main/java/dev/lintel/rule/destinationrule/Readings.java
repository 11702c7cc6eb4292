package dev.lintel.rule.destinationrule;

import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.topology.Backend;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.Proxy;
import dev.lintel.topology.RuleReaders;
import dev.lintel.topology.RuleReading;
import dev.lintel.topology.RuleReading.PicksNoPod;
import dev.lintel.topology.RuleReading.SetAside;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the family's rules ask of the readers of a DestinationRule. */
final class Readings {

  /** The namespaces that a rule is exported to. */
  static final FieldPath EXPORT_TO = FieldPath.of("spec.exportTo");

  private Readings() {}

  /**
   * Tells whether the rule covers hosts that exist, and nobody reads it for any of them. A rule may
   * come before its host, a default may have exceptions wherever there are waypoints, and what one
   * that stands beside it takes from it is told where somebody misses it.
   */
  static boolean isDead(OfRule subject) {
    return !subject.readers().isEmpty()
        && subject.readers().stream()
            .allMatch(r -> r.isNobody() && !r.excepted() && r.of(SetAside.class).isEmpty());
  }

  /**
   * Tells whether it is the rule itself that keeps it from being read: no Gateway would apply it,
   * were there no other rule for the host.
   */
  static boolean isDeadOfItself(OfRule subject) {
    return isDead(subject) && !isOvertaken(subject);
  }

  /** Tells whether some Gateway would apply the rule, were there no other rule for the host. */
  static boolean isOvertaken(OfRule subject) {
    return subject.readers().stream().anyMatch(RuleReaders::isOvertaken);
  }

  /** Returns the readings of one outcome, each with its host. */
  static <R extends RuleReading> Stream<AtHost<R>> of(OfRule subject, Class<R> outcome) {
    return subject.readers().stream()
        .flatMap(
            readers -> readers.of(outcome).stream().map(reading -> new AtHost<>(readers, reading)));
  }

  /** Tells whether a rule is exported to the namespace of a kgateway Gateway and to no other. */
  static boolean isForGatewayAlone(DestinationRule rule, AtHost<PicksNoPod> approach) {
    String namespace = approach.gateway().namespace();
    return !rule.exportTo().isEmpty()
        && rule.exportTo().stream()
            .allMatch(to -> (to.equals(".") ? rule.namespace() : to).equals(namespace));
  }

  /** Returns a condition that holds once for each key. */
  static <T> Predicate<T> once(Function<T, Object> key) {
    Set<Object> seen = new HashSet<>();
    return object -> seen.add(key.apply(object));
  }

  /** Names objects in a sentence. */
  static String spoken(Collection<? extends Resource> objects) {
    return objects.stream()
        .map(Resource::ref)
        .map(ResourceRef::spoken)
        .collect(Collectors.joining(" and "));
  }

  /** Names the waypoints that apply a rule. */
  static String spokenWaypoints(RuleReaders readers) {
    return readers.applyingWaypoints().stream()
        .map(waypoint -> "waypoint " + waypoint.key())
        .collect(Collectors.joining(" and "));
  }

  /** Names the Gateways of kgateway that apply a rule. */
  static String spokenGateways(RuleReaders readers) {
    return spoken(readers.applyingLegs().stream().map(IngressLeg::gateway).toList());
  }

  /** Adds the host, and the waypoints that apply a rule to it, to a finding's evidence. */
  static Finding withWaypoints(RuleReaders readers, Finding finding) {
    Finding more = finding.with(readers.backend().resource());
    for (Gateway waypoint : readers.applyingWaypoints()) {
      more = more.with(waypoint);
    }
    return more;
  }

  /**
   * What one proxy makes of the rule for one host.
   *
   * @param readers what all of them make of it
   * @param reading what this one does
   */
  record AtHost<R extends RuleReading>(RuleReaders readers, R reading) {

    Backend backend() {
      return readers.backend();
    }

    /** Returns the Gateway that stands for a proxy which has one. */
    Gateway gateway() {
      return reading.proxy().object().orElseThrow();
    }

    boolean isAtWaypoint() {
      return reading.proxy() instanceof Proxy.Waypoint;
    }
  }
}
