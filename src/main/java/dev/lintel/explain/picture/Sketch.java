package dev.lintel.explain.picture;

import dev.lintel.explain.Words;
import dev.lintel.explain.picture.Picture.Edge;
import dev.lintel.explain.picture.Picture.Line;
import dev.lintel.explain.picture.Picture.Node;
import dev.lintel.explain.picture.Picture.Role;
import dev.lintel.judge.Judged;
import dev.lintel.resource.ResourceRef;
import dev.lintel.topology.Attachment;
import dev.lintel.topology.RefusedParent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A picture that is being drawn: each thing once, however often it is met. */
final class Sketch {

  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Set<Edge> edges = new LinkedHashSet<>();

  /** Returns the id of an object's node, and draws it if it is not there yet. */
  String object(Role role, ResourceRef ref, List<Judged> findings, String... more) {
    return node(ref.toString(), role, Optional.of(ref), lines(ref, more), findings);
  }

  /**
   * Returns the id of the node of one of an object's hosts, and draws it if it is not there yet.
   */
  String host(ResourceRef ref, String host, List<Judged> findings) {
    return node(ref + " " + host, Role.BACKEND, Optional.of(ref), lines(ref, host), findings);
  }

  private static List<String> lines(ResourceRef ref, String... more) {
    List<String> lines = new ArrayList<>();
    lines.add(ref.kind().objectKind());
    lines.add(ref.namespace().isEmpty() ? ref.name() : ref.namespace() + "/" + ref.name());
    lines.addAll(List.of(more));
    return lines;
  }

  /** Returns the id of a node that is no object, and draws it if it is not there yet. */
  String thing(Role role, String key, String... lines) {
    return node(role + " " + key, role, Optional.empty(), List.of(lines), List.of());
  }

  private String node(
      String key, Role role, Optional<ResourceRef> ref, List<String> lines, List<Judged> findings) {
    return nodes
        .computeIfAbsent(key, ignored -> new Node("n" + nodes.size(), role, ref, lines, findings))
        .id();
  }

  /** Draws an edge. */
  void edge(String from, String to, Line line, String label) {
    edges.add(new Edge(from, to, line, label));
  }

  /** Draws how a route comes to Gateways, and which of those that it names do not take it. */
  void attachments(String route, List<Attachment> attachments, List<RefusedParent> refused) {
    for (Attachment attachment : attachments) {
      String from = object(Role.GATEWAY, attachment.gateway().ref(), List.of());
      String label =
          "listener "
              + String.join(", ", attachment.listeners())
              + (attachment.served().isYes() ? "" : ", perhaps");
      for (ResourceRef parent : attachment.delegation()) {
        String next = object(Role.ROUTE, parent, List.of());
        edge(from, next, Line.FLOW, label);
        from = next;
        label = "delegates";
      }
      edge(from, route, Line.FLOW, label);
    }
    for (RefusedParent parent : refused) {
      String name =
          "%s %s/%s"
              .formatted(
                  parent.parent().kind(), parent.parent().namespace(), parent.parent().name());
      edge(thing(Role.NOTHING, name, name), route, Line.REFUSED, Words.refusal(parent));
    }
  }

  /** Returns how many nodes there are. */
  int size() {
    return nodes.size();
  }

  /** Returns the picture. */
  Picture picture(int omitted) {
    return new Picture(List.copyOf(nodes.values()), List.copyOf(edges), omitted);
  }
}
