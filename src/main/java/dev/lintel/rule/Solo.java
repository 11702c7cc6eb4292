package dev.lintel.rule;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Metadata;
import dev.lintel.topology.Topology;
import java.util.Set;
import java.util.stream.Stream;

/** What rules about peering ask first: whether the mesh runs the distribution that peers. */
public final class Solo {

  /** The kinds that the distribution rests on. */
  public static final Set<Kind> KINDS = Set.of(Kind.DEPLOYMENT);

  private Solo() {}

  /** Tells whether the mesh is known to run upstream Istio, to which the keys mean nothing. */
  public static boolean isExcluded(Topology topology) {
    return topology.dialect().isUpstream();
  }

  /** Lowers findings to warnings where the distribution is not known. */
  public static Stream<Finding> asFarAsKnown(Topology topology, Stream<Finding> findings) {
    return topology.dialect().isSolo()
        ? findings
        : findings.map(
            finding ->
                finding
                    .atMost(Action.WARN)
                    .fact("whose Istio runs the mesh is not known; Solo's is assumed"));
  }

  /**
   * Returns the field of the scope that a Service itself sets, as the installation reads it; else
   * its namespace, which sets it.
   */
  public static FieldPath scopeField(Topology topology, Metadata metadata) {
    if (topology.scopes().readsAnnotations()
        && metadata.annotation(Keys.SERVICE_SCOPE).isPresent()) {
      return FieldPath.annotation(Keys.SERVICE_SCOPE);
    }
    return metadata.label(Keys.SERVICE_SCOPE).isPresent()
        ? FieldPath.label(Keys.SERVICE_SCOPE)
        : FieldPath.NAMESPACE;
  }
}
