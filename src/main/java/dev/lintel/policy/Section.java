package dev.lintel.policy;

import dev.lintel.rule.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A mapping of the document, read key by key. A key that nobody asked for is an error, and so is a
 * value of another form than the one that was asked for; all errors are collected.
 */
final class Section {

  private final Problems problems;
  private final String path;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Node> unread = new LinkedHashMap<>();
  private final TreeSet<String> known = new TreeSet<>();

  private Section(Problems problems, String path) {
    this.problems = problems;
    this.path = path;
  }

  /**
   * Begins to read a mapping.
   *
   * @param path where it stands, in dotted notation; empty for the document itself
   * @return a section without keys if the node is no mapping, which is then a problem
   */
  static Section of(Problems problems, String path, Node node) {
    Section section = new Section(problems, path);
    if (node instanceof MappingNode mapping) {
      section.take(mapping);
    } else if (!isNull(node)) {
      problems.add(node, path, "must be a mapping of keys to values");
    }
    return section;
  }

  private void take(MappingNode mapping) {
    for (NodeTuple tuple : mapping.getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
      if (key.isEmpty()) {
        problems.add(tuple.getKeyNode(), path, "a key must be text");
      } else if (values.put(key, tuple.getValueNode()) != null) {
        problems.add(tuple.getKeyNode(), child(key), "stands here twice");
      } else {
        unread.put(key, tuple.getKeyNode());
      }
    }
  }

  /** Reads a nested mapping; one without keys if it is left out. */
  Section section(String key) {
    return ask(key)
        .map(node -> of(problems, child(key), node))
        .orElseGet(() -> new Section(problems, child(key)));
  }

  /** Reads one of several words. */
  <T> Optional<T> word(String key, Map<String, T> words) {
    return scalar(key).flatMap(scalar -> word(scalar, child(key), words));
  }

  /**
   * Reads a text.
   *
   * @param parse returns empty for a text that is not accepted
   * @param expected what is accepted, as part of a sentence
   */
  <T> Optional<T> text(String key, Function<String, Optional<T>> parse, String expected) {
    return scalar(key)
        .flatMap(
            scalar -> {
              Optional<T> parsed = parse.apply(scalar.getValue());
              if (parsed.isEmpty()) {
                problems.add(
                    scalar,
                    child(key),
                    "`%s` is not %s".formatted(Problems.shown(scalar.getValue()), expected));
              }
              return parsed;
            });
  }

  /** Demands a key with exactly this value. */
  void constant(String key, String value) {
    Optional<Node> node = ask(key);
    if (node.isEmpty()) {
      problems.add(Optional.empty(), child(key), "is missing; write `%s`".formatted(value));
    } else if (!(node.get() instanceof ScalarNode scalar && scalar.getValue().equals(value))) {
      problems.add(node.get(), child(key), "must be `%s`".formatted(value));
    }
  }

  /** Reads every key that is still unread: for mappings whose keys are free. */
  void eachWord(BiConsumer<String, ScalarNode> use) {
    for (String key : new ArrayList<>(unread.keySet())) {
      scalar(key).ifPresent(scalar -> use.accept(key, scalar));
    }
  }

  /** Reports the keys that nobody asked for. */
  void end() {
    unread.forEach((key, node) -> problems.add(node, child(key), unknown("key", key, known)));
  }

  /** Reads one of several words, wherever it stands. */
  <T> Optional<T> word(ScalarNode scalar, String where, Map<String, T> words) {
    T value = words.get(scalar.getValue());
    if (value == null) {
      problems.add(scalar, where, unknown("value", scalar.getValue(), words.keySet()));
    }
    return Optional.ofNullable(value);
  }

  /** Returns the path of a key in this mapping. */
  String child(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private Optional<ScalarNode> scalar(String key) {
    Optional<Node> node = ask(key);
    if (node.isEmpty() || isNull(node.get())) {
      return Optional.empty();
    }
    if (node.get() instanceof ScalarNode scalar) {
      return Optional.of(scalar);
    }
    String found = node.get() instanceof SequenceNode ? "a list" : "a mapping";
    problems.add(node.get(), child(key), "must be a single word, not " + found);
    return Optional.empty();
  }

  private Optional<Node> ask(String key) {
    known.add(key);
    unread.remove(key);
    return Optional.ofNullable(values.get(key));
  }

  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  /** Says what is not known, what was probably meant, and what is allowed. */
  static String unknown(String what, String written, Collection<String> allowed) {
    String meant =
        Spelling.nearest(written, allowed)
            .map(word -> "; did you mean `%s`?".formatted(word))
            .orElse("");
    List<String> words = allowed.stream().sorted().toList();
    return "unknown %s `%s`%s Allowed: %s"
        .formatted(
            what, Problems.shown(written), meant.isEmpty() ? "." : meant, String.join(", ", words));
  }
}
