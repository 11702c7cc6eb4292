package dev.lintel.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A place in a document.
 *
 * @param node what stands there
 * @param path the keys that lead there, in dotted notation; empty for the document itself
 * @param problems what is wrong with the document
 */
record Place(Node node, String path, Problems problems) {

  /**
   * An entry of a mapping.
   *
   * @param name the key's text
   * @param key where the key stands
   * @param value where the value stands
   */
  record Entry(String name, Place key, Place value) {}

  /** Tells whether nothing is written here. */
  boolean isEmpty() {
    return node.getTag().equals(Tag.NULL);
  }

  /** Tells what is wrong here; words that cost something are not asked for if not told. */
  void problem(Supplier<String> problem) {
    problems.add(node.getStartMark(), path, problem);
  }

  /** Returns the single value here; empty, and a problem, if there is none. */
  Optional<String> text() {
    if (node instanceof ScalarNode scalar) {
      return Optional.of(scalar.getValue());
    }
    problem(
        () ->
            "must be a single value, not "
                + (node instanceof SequenceNode ? "a list" : "a mapping"));
    return Optional.empty();
  }

  /** Returns the elements of the list here; empty, and a problem, if there is none. */
  Optional<List<Place>> elements() {
    if (node instanceof SequenceNode sequence) {
      List<Place> elements = new ArrayList<>();
      for (Node element : sequence.getValue()) {
        elements.add(new Place(element, "%s[%d]".formatted(path, elements.size()), problems));
      }
      return Optional.of(elements);
    }
    problem(() -> "must be a list");
    return Optional.empty();
  }

  /** Returns the entries of the mapping here; empty, and a problem, if there is none. */
  Optional<List<Entry>> entries() {
    if (!(node instanceof MappingNode mapping)) {
      problem(() -> "must be a mapping of keys to values");
      return Optional.empty();
    }
    List<Entry> entries = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
        new Place(tuple.getKeyNode(), path, problems).problem(() -> "a key must be text");
        continue;
      }
      String name = scalar.getValue();
      String below = below(name);
      Place key = new Place(scalar, below, problems);
      if (names.add(name)) {
        entries.add(new Entry(name, key, new Place(tuple.getValueNode(), below, problems)));
      } else {
        key.problem(() -> "stands here twice");
      }
    }
    return Optional.of(entries);
  }

  /** Returns the place of a key that is missing in the mapping here. */
  Place at(String key) {
    return new Place(node, below(key), problems);
  }

  private String below(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
