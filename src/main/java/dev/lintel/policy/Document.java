package dev.lintel.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A part of a document that has the form it should have, so that it can be read without looking.
 *
 * @param node the part
 * @param path where it stands, in dotted notation
 */
record Document(Node node, String path) {

  /** Returns a key's value; empty if the key is left out or nothing is written. */
  Optional<Document> get(String key) {
    return entries().entrySet().stream()
        .filter(entry -> entry.getKey().text().equals(key))
        .map(Map.Entry::getValue)
        .filter(value -> !FormCheck.isNull(value.node))
        .findFirst();
  }

  /** Returns a key's text; empty if the key is left out. */
  Optional<String> text(String key) {
    return get(key).map(Document::text);
  }

  /** Returns the elements of the list at a key; none if the key is left out. */
  List<Document> list(String key) {
    return get(key).map(Document::elements).orElse(List.of());
  }

  /** Returns the texts of the list at a key; none if the key is left out. */
  List<String> texts(String key) {
    return list(key).stream().map(Document::text).toList();
  }

  /** Returns the entries of this mapping; none if it is no mapping. */
  Map<Key, Document> entries() {
    Map<Key, Document> entries = new TreeMap<>();
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key) {
          String text = key.getValue();
          String where = path.isEmpty() ? text : path + "." + text;
          entries.put(
              new Key(text, new Document(key, where)), new Document(tuple.getValueNode(), where));
        }
      }
    }
    return entries;
  }

  /** Returns what is written here; empty if it is no single value. */
  String text() {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  /** Returns the elements of this list; none if it is no list. */
  List<Document> elements() {
    List<Document> elements = new ArrayList<>();
    if (node instanceof SequenceNode sequence) {
      for (Node element : sequence.getValue()) {
        elements.add(new Document(element, "%s[%d]".formatted(path, elements.size())));
      }
    }
    return elements;
  }

  /**
   * A key as it is written.
   *
   * @param text the key
   * @param place where it stands
   */
  record Key(String text, Document place) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      return text.compareTo(other.text);
    }
  }
}
