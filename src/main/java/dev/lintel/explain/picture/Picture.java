package dev.lintel.explain.picture;

import dev.lintel.judge.Judged;
import dev.lintel.resource.ResourceRef;
import java.util.List;
import java.util.Optional;

/**
 * Objects and what leads from one to the other, to be drawn.
 *
 * @param nodes what is drawn, in the order in which it was met
 * @param edges what leads from one to the other
 * @param omitted how many hosts were left out because there are too many, 0 or more
 */
public record Picture(List<Node> nodes, List<Edge> edges, int omitted) {

  /** Copies the lists, so that the record is immutable. */
  public Picture {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }

  /** What a node stands for. */
  public enum Role {
    /** Whoever calls from outside the cluster. */
    CLIENT,
    /** An ingress, or a Gateway that is neither that nor a waypoint. */
    GATEWAY,
    /** A route. */
    ROUTE,
    /** The node's proxy. */
    ZTUNNEL,
    /** A host's virtual address. */
    ADDRESS,
    /** A waypoint. */
    WAYPOINT,
    /** A Service, a ServiceEntry, or their endpoints. */
    BACKEND,
    /** A DestinationRule. */
    RULE,
    /** What does not exist, or where requests end. */
    NOTHING
  }

  /** What an edge stands for. */
  public enum Line {
    /** Requests go this way. */
    FLOW,
    /** Requests go this way, or may: a fact is unknown. */
    MAYBE,
    /** Requests should go this way, and do not. */
    REFUSED,
    /** A DestinationRule is read. */
    READ,
    /** Requests of callers in the mesh go this way. */
    MESH
  }

  /**
   * Something that is drawn.
   *
   * @param id letters and digits, unique in the picture
   * @param role what it stands for
   * @param ref the object; empty if it is none
   * @param lines what is written on it; never empty
   * @param findings what stands against the object, loudest first
   */
  public record Node(
      String id, Role role, Optional<ResourceRef> ref, List<String> lines, List<Judged> findings) {
    /** Copies the lists, so that the record is immutable. */
    public Node {
      lines = List.copyOf(lines);
      findings = List.copyOf(findings);
    }
  }

  /**
   * What leads from one node to another.
   *
   * @param from a node's id
   * @param to a node's id
   * @param line what it stands for
   * @param label what is written on it; empty if nothing is
   */
  public record Edge(String from, String to, Line line, String label) {}
}
