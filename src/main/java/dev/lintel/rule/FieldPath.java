package dev.lintel.rule;

import dev.lintel.mesh.Keys;
import dev.lintel.topology.WaypointBinding.Level;

/**
 * The place of a finding in Kubernetes' own notation, for example {@code spec.ports[0].port} or
 * {@code metadata.labels[istio.io/use-waypoint]}.
 *
 * @param text the path; never empty
 */
public record FieldPath(String text) {

  /** The object's name: for findings about the object as a whole. */
  public static final FieldPath NAME = of("metadata.name");

  /** The object's namespace: for findings about what the namespace sets. */
  public static final FieldPath NAMESPACE = of("metadata.namespace");

  /** The host of a DestinationRule. */
  public static final FieldPath HOST = of("spec.host");

  /** The traffic distribution annotation. */
  public static final FieldPath TRAFFIC_DISTRIBUTION = annotation(Keys.TRAFFIC_DISTRIBUTION);

  /** Returns a path that is written out. */
  public static FieldPath of(String text) {
    return new FieldPath(text);
  }

  /** Returns the path of a label. */
  public static FieldPath label(String key) {
    return new FieldPath("metadata.labels[" + key + "]");
  }

  /** Returns the path of an annotation. */
  public static FieldPath annotation(String key) {
    return new FieldPath("metadata.annotations[" + key + "]");
  }

  /**
   * Returns the path of the label that names the waypoint; what a Namespace says stands in no label
   * of the object.
   */
  public static FieldPath ofWaypoint(Level level) {
    return switch (level) {
      case OBJECT -> label(Keys.USE_WAYPOINT);
      case NAMESPACE -> NAMESPACE;
    };
  }

  /** Returns the path of a field below this one. */
  public FieldPath field(String name) {
    return new FieldPath(text + "." + name);
  }

  /** Returns the path of an element of the list at this path. */
  public FieldPath index(int position) {
    return new FieldPath(text + "[" + position + "]");
  }

  @Override
  public String toString() {
    return text;
  }
}
