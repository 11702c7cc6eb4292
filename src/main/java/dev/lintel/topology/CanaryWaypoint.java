package dev.lintel.topology;

import dev.lintel.mesh.Keys;
import dev.lintel.mesh.Since;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Namespace;
import dev.lintel.resource.NamespacedName;
import dev.lintel.topology.WaypointBinding.Level;
import dev.lintel.topology.WaypointBinding.Reason;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A second waypoint for a share of the traffic, as istiod reads it since 1.31 (docs/domain.md,
 * 3.2). Where it cannot be used, the first waypoint gets everything.
 *
 * @param named what is named
 * @param level where it is named
 * @param obstacle why it cannot be used; empty if it can
 * @param weight its share; empty if nothing sets one, which means 0
 */
public record CanaryWaypoint(
    NamespacedName named, Level level, Optional<Reason> obstacle, Optional<Weight> weight) {

  /**
   * A share as it is written.
   *
   * @param value the annotation's value
   * @param level where it stands
   */
  public record Weight(String value, Level level) {

    private static final Pattern PERCENT = Pattern.compile("\\+?0*(\\d{1,2}|100)|-0+");

    /** Tells whether the value is a whole number from 0 to 100, as Go parses numbers. */
    public boolean isValid() {
      return PERCENT.matcher(value).matches();
    }

    /** Tells whether the share is more than nothing. */
    boolean isSome() {
      return isValid() && value.chars().anyMatch(digit -> digit >= '1' && digit <= '9');
    }
  }

  /** Returns the second waypoint where it may get some of the traffic beside the first. */
  static Optional<Gateway> inUse(Topology topology, Backend backend) {
    return of(topology, backend)
        .filter(canary -> !topology.dialect().istiodLacks(Since.CANARY_WAYPOINTS))
        .filter(canary -> canary.obstacle().isEmpty())
        .filter(canary -> canary.weight().filter(Weight::isSome).isPresent())
        .flatMap(canary -> topology.gateway(canary.named().namespace(), canary.named().name()));
  }

  /**
   * Returns the second waypoint where istiod binds it beside the first: with a share of nothing it
   * gets no traffic, and reads rules all the same (docs/domain.md, 3.2).
   */
  static Optional<Gateway> bound(Topology topology, Backend backend) {
    return of(topology, backend)
        .filter(canary -> !topology.dialect().istiodLacks(Since.CANARY_WAYPOINTS))
        .filter(canary -> canary.obstacle().isEmpty())
        .filter(canary -> canary.weight().filter(weight -> !weight.isValid()).isEmpty())
        .flatMap(canary -> topology.gateway(canary.named().namespace(), canary.named().name()));
  }

  /** The Namespace is asked only where the object takes the first waypoint from it as well. */
  static Optional<CanaryWaypoint> of(Topology topology, Backend backend) {
    Metadata own = backend.metadata();
    Optional<Metadata> inherited =
        own.label(Keys.USE_WAYPOINT).isPresent()
            ? Optional.empty()
            : topology.namespace(backend.namespace()).map(Namespace::metadata);
    Level level = own.label(Keys.USE_WAYPOINT_CANARY).isPresent() ? Level.OBJECT : Level.NAMESPACE;
    Optional<Metadata> labelled = level == Level.OBJECT ? Optional.of(own) : inherited;
    return labelled.flatMap(
        metadata ->
            named(metadata, backend.namespace())
                .map(
                    named ->
                        new CanaryWaypoint(
                            named,
                            level,
                            Waypoints.obstacle(topology, named, backend.namespace()),
                            weight(own, inherited))));
  }

  private static Optional<NamespacedName> named(Metadata labelled, String namespace) {
    return labelled
        .label(Keys.USE_WAYPOINT_CANARY)
        .filter(name -> !name.isEmpty() && !name.equals("none"))
        .map(
            name ->
                new NamespacedName(
                    labelled.label(Keys.USE_WAYPOINT_CANARY_NAMESPACE).orElse(namespace), name));
  }

  private static Optional<Weight> weight(Metadata own, Optional<Metadata> inherited) {
    return own.annotation(Keys.USE_WAYPOINT_CANARY_WEIGHT)
        .map(value -> new Weight(value, Level.OBJECT))
        .or(
            () ->
                inherited
                    .flatMap(metadata -> metadata.annotation(Keys.USE_WAYPOINT_CANARY_WEIGHT))
                    .map(value -> new Weight(value, Level.NAMESPACE)));
  }
}
