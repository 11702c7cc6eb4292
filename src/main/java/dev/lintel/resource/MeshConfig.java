package dev.lintel.resource;

import java.util.List;
import java.util.Optional;

/**
 * The ConfigMap with istiod's mesh config, of which only the service scopes and the visibility of
 * ServiceEntries matter. ConfigMaps of other names have none.
 *
 * @param metadata its metadata
 * @param scopes {@code serviceScopeConfigs}, in the order of the text
 * @param entryVisibility {@code serviceEntryVisibility}; empty if it is not set
 */
public record MeshConfig(
    Metadata metadata, List<Scope> scopes, Optional<EntryVisibility> entryVisibility)
    implements Resource {

  /** The name of the ConfigMap, where istiod has no revision. */
  public static final String NAME = "istio";

  /** Copies the list, so that the record is immutable. */
  public MeshConfig {
    scopes = List.copyOf(scopes);
  }

  @Override
  public Kind kind() {
    return Kind.CONFIG_MAP;
  }

  @Override
  public MeshConfig withMetadata(Metadata other) {
    return new MeshConfig(other, scopes, entryVisibility);
  }

  /**
   * Which Services have a scope: those that both selectors select.
   *
   * @param isGlobal whether it makes them known in every cluster
   * @param services the Services; empty for all
   * @param namespaces their Namespaces; empty for all
   */
  public record Scope(
      boolean isGlobal, Optional<LabelSelector> services, Optional<LabelSelector> namespaces) {}

  /** To whom istiod tells of a ServiceEntry. */
  public enum Visibility {
    /** To everybody; what is not said, or not known, is this. */
    PUBLIC,
    /** To clients and waypoints of its own namespace. */
    NAMESPACE,
    /** To no ztunnel and no waypoint. */
    NONE;

    static Visibility named(String name) {
      return switch (name) {
        case "NAMESPACE" -> NAMESPACE;
        case "NONE" -> NONE;
        default -> PUBLIC;
      };
    }
  }

  /**
   * To whom istiod tells of ServiceEntries.
   *
   * @param policies the first that matches decides
   * @param byDefault what counts where none matches
   */
  public record EntryVisibility(List<VisibilityPolicy> policies, Visibility byDefault) {
    /** Copies the list, so that the record is immutable. */
    public EntryVisibility {
      policies = List.copyOf(policies);
    }
  }

  /**
   * To whom istiod tells of the ServiceEntries of some Namespaces.
   *
   * @param visibility to whom
   * @param namespaces what all select the Namespaces; a condition that istiod does not know is
   *     empty and selects none
   */
  public record VisibilityPolicy(Visibility visibility, List<Optional<LabelSelector>> namespaces) {
    /** Copies the list, so that the record is immutable. */
    public VisibilityPolicy {
      namespaces = List.copyOf(namespaces);
    }
  }
}
