package dev.lintel.topology;

import dev.lintel.mesh.Fact;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.NamespacedName;
import java.util.Optional;

/** Whether istiod binds a host to a waypoint (docs/domain.md, 3.2). */
public sealed interface WaypointBinding {

  /** Returns the waypoint that the host's address leads through; empty if it leads past any. */
  default Optional<Gateway> boundWaypoint() {
    return this instanceof Bound bound ? Optional.of(bound.waypoint()) : Optional.empty();
  }

  /** Nothing names a waypoint. */
  record NotNamed() implements WaypointBinding {}

  /**
   * The label says {@code none}.
   *
   * @param level where it says so
   */
  record OptedOut(Level level) implements WaypointBinding {}

  /** The Service was generated for a waypoint or an east-west gateway and never gets a waypoint. */
  record Excluded() implements WaypointBinding {}

  /**
   * Traffic to the host's address goes through the waypoint.
   *
   * @param waypoint the waypoint
   * @param level where it is named
   */
  record Bound(Gateway waypoint, Level level) implements WaypointBinding {
    /** Tells whether the waypoint has an address: known, or assumed; never a no. */
    public Fact programmed() {
      return Waypoints.programmed(waypoint);
    }
  }

  /**
   * A waypoint is named but not used: traffic goes straight to the Pods, and no other waypoint is
   * tried.
   *
   * @param named what is named
   * @param level where it is named
   * @param reason why it is not used
   */
  record Unusable(NamespacedName named, Level level, Reason reason) implements WaypointBinding {}

  /** Where a waypoint is named. */
  enum Level {
    /** On the Service or ServiceEntry. */
    OBJECT,
    /** On its Namespace. */
    NAMESPACE
  }

  /** Why a named waypoint is not used. */
  enum Reason {
    /** There is no such Gateway. */
    MISSING("it does not exist"),
    /** The Gateway has no address yet. */
    NOT_READY("its status has no address"),
    /** Its listener does not allow the namespace. */
    ATTACHMENT_DENIED("its listener does not allow the namespace"),
    /** It serves workloads only, or nothing. */
    UNSUPPORTED_TRAFFIC_TYPE("it does not serve Services"),
    /** The ServiceEntry may be known in its own namespace only, and the Gateway is in another. */
    RESTRICTED_TO_NAMESPACE("the mesh config shows the entry to its own namespace only"),
    /** istiod generated the Service; only kgateway looks at its labels all the same. */
    GENERATED_SERVICE("istiod gives none to a Service that it generated"),
    /** The Service is only another name; only kgateway looks at its labels all the same. */
    EXTERNAL_NAME("istiod gives none to an ExternalName Service");

    private final String spoken;

    Reason(String spoken) {
      this.spoken = spoken;
    }

    /** Returns the reason as a clause about the Gateway. */
    public String spoken() {
      return spoken;
    }
  }

  /** Tells whether istiod binds the host. */
  default boolean isBound() {
    return this instanceof Bound;
  }

  /** Tells whether a waypoint is named, usable or not: all that kgateway looks at. */
  default boolean isNamed() {
    return switch (this) {
      case Bound bound -> true;
      case Unusable unusable -> true;
      case NotNamed notNamed -> false;
      case OptedOut optedOut -> false;
      case Excluded excluded -> false;
    };
  }
}
