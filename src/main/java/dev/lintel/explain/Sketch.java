package dev.lintel.explain;

import dev.lintel.explain.Picture.Edge;
import dev.lintel.explain.Picture.Line;
import dev.lintel.explain.Picture.Node;
import dev.lintel.explain.Picture.Role;
import dev.lintel.judge.Judged;
import dev.lintel.resource.ResourceRef;
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
    List<String> lines = new ArrayList<>();
    lines.add(ref.kind().objectKind());
    lines.add(ref.namespace().isEmpty() ? ref.name() : ref.namespace() + "/" + ref.name());
    lines.addAll(List.of(more));
    return node(ref.toString(), role, Optional.of(ref), lines, findings);
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

  /** Returns how many nodes there are. */
  int size() {
    return nodes.size();
  }

  /** Returns the picture. */
  Picture picture(int omitted) {
    return new Picture(List.copyOf(nodes.values()), List.copyOf(edges), omitted);
  }
}
