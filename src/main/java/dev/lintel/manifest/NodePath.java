package dev.lintel.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Walks from the root of an object to one of its fields. */
final class NodePath {

  private NodePath() {}

  /**
   * A step down to a part of a node.
   *
   * @param parent a mapping or a sequence
   * @param index which of its entries
   * @param key the entry's key; of a sequence, the element itself
   * @param value the entry's value; of a sequence, the element itself
   */
  record Step(Node parent, int index, Node key, Node value) {}

  /** Returns the steps towards a field, as far as they exist. */
  static List<Step> follow(Node root, List<String> names) {
    List<Step> steps = new ArrayList<>();
    Node at = root;
    for (String name : names) {
      Optional<Step> step = step(at, name);
      if (step.isEmpty()) {
        break;
      }
      steps.add(step.get());
      at = step.get().value();
    }
    return steps;
  }

  /** Returns the names in a path of Kubernetes' notation: {@code spec.ports[0].port}. */
  static List<String> ofField(String path) {
    List<String> names = new ArrayList<>();
    StringBuilder name = new StringBuilder();
    boolean isBracketed = false;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean ends = isBracketed ? c == ']' : c == '.' || c == '[';
      if (!ends) {
        name.append(c);
        continue;
      }
      add(names, name);
      isBracketed = c == '[';
    }
    add(names, name);
    return names;
  }

  /** Returns the names in a JSON pointer: {@code /metadata/labels/istio.io~1use-waypoint}. */
  static List<String> ofPointer(String pointer) {
    return pointer.isEmpty()
        ? List.of()
        : List.of(pointer.substring(1).split("/", -1)).stream()
            .map(name -> name.replace("~1", "/").replace("~0", "~"))
            .toList();
  }

  private static void add(List<String> names, StringBuilder name) {
    if (!name.isEmpty()) {
      names.add(name.toString());
      name.setLength(0);
    }
  }

  private static Optional<Step> step(Node from, String name) {
    return switch (from) {
      case MappingNode mapping -> entry(mapping, name);
      case SequenceNode sequence -> element(sequence, name);
      default -> Optional.empty();
    };
  }

  private static Optional<Step> entry(MappingNode mapping, String name) {
    List<NodeTuple> entries = mapping.getValue();
    for (int i = 0; i < entries.size(); i++) {
      NodeTuple entry = entries.get(i);
      if (entry.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name)) {
        return Optional.of(new Step(mapping, i, key, entry.getValueNode()));
      }
    }
    return Optional.empty();
  }

  private static Optional<Step> element(SequenceNode sequence, String name) {
    if (!name.matches("\\d{1,6}") || Integer.parseInt(name) >= sequence.getValue().size()) {
      return Optional.empty();
    }
    Node element = sequence.getValue().get(Integer.parseInt(name));
    return Optional.of(new Step(sequence, Integer.parseInt(name), element, element));
  }
}
