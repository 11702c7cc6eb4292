package dev.lintel.explain;

import dev.lintel.resource.ResourceRef;
import dev.lintel.topology.IngressPath;
import java.util.List;

/**
 * The path from a kgateway Gateway to a host (docs/domain.md, 4.3).
 *
 * @param gateway the Gateway
 * @param entry the leg that leads to the Gateway, on which no setting of the mesh decides
 * @param because the facts that decide, in the order in which they are asked
 * @param possibilities the path, leg by leg; several where a fact is unknown; never empty
 */
public record PathView(
    ResourceRef gateway, Leg entry, List<Statement> because, List<Possibility> possibilities) {

  /** Copies the lists, so that the record is immutable. */
  public PathView {
    because = List.copyOf(because);
    possibilities = List.copyOf(possibilities);
  }

  /**
   * A path that requests take, or may take.
   *
   * @param path the path
   * @param legs its legs, from the Gateway on; never empty
   */
  public record Possibility(IngressPath path, List<Leg> legs) {
    /** Copies the list, so that the record is immutable. */
    public Possibility {
      legs = List.copyOf(legs);
    }
  }
}
