package dev.lintel.resource;

import java.util.List;
import java.util.Optional;

/**
 * The ConfigMap with istiod's mesh config, of which only the service scopes matter. ConfigMaps of
 * other names have none.
 *
 * @param metadata its metadata
 * @param scopes {@code serviceScopeConfigs}, in the order of the text
 */
public record MeshConfig(Metadata metadata, List<Scope> scopes) implements Resource {

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
    return new MeshConfig(other, scopes);
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
}
