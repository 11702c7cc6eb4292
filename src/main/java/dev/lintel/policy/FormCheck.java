package dev.lintel.policy;

import dev.lintel.rule.Spelling;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Checks a document against its form and collects every problem. */
final class FormCheck {

  private static final int MAX_DAY = 10;

  private final Problems problems;

  FormCheck(Problems problems) {
    this.problems = problems;
  }

  /**
   * Checks a value.
   *
   * @param path where it stands, in dotted notation; empty for the document itself
   */
  void check(Node node, String path, Form form) {
    if (isNull(node)) {
      return;
    }
    switch (form) {
      case Form.Group group -> checkGroup(node, path, group);
      case Form.MapOf map -> checkMap(node, path, map);
      case Form.ListOf list -> checkList(node, path, list);
      case Form.Word word -> {
        scalar(node, path)
            .filter(value -> !word.words().contains(value))
            .ifPresent(
                value -> problems.add(node, path, () -> unknown("value", value, word.words())));
      }
      case Form.Text text -> {
        scalar(node, path)
            .filter(value -> !isLike(value, text))
            .ifPresent(value -> problems.add(node, path, () -> isNot(value, text.expected())));
      }
      case Form.Whole whole -> {
        scalar(node, path)
            .filter(value -> !isWithin(value, whole))
            .ifPresent(
                value ->
                    problems.add(
                        node,
                        path,
                        () ->
                            isNot(
                                value,
                                "a whole number from %d to %d"
                                    .formatted(whole.min(), whole.max()))));
      }
      case Form.Day day -> {
        scalar(node, path)
            .filter(value -> day(value).isEmpty())
            .ifPresent(
                value -> problems.add(node, path, () -> isNot(value, "a date such as 2027-01-31")));
      }
      case Form.RuleName name -> {
        scalar(node, path)
            .filter(value -> !name.known().contains(value))
            .ifPresent(value -> problems.add(node, path, () -> noSuchRule(value, name.known())));
      }
    }
  }

  /** Reads a date; empty if it is none. */
  static Optional<LocalDate> day(String text) {
    if (text.length() > MAX_DAY) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Tells whether nothing is written. */
  static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private void checkGroup(Node node, String path, Form.Group group) {
    if (!(node instanceof MappingNode mapping)) {
      problems.add(node, path, "must be a mapping of keys to values");
      return;
    }
    Map<String, Form> forms = new HashMap<>();
    group.fields().forEach(field -> forms.put(field.name(), field.form()));
    Map<String, Node> values = new HashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      key(tuple, path, values)
          .ifPresent(
              key -> {
                Form form = forms.get(key);
                if (form == null) {
                  problems.add(
                      tuple.getKeyNode(),
                      child(path, key),
                      () -> unknown("key", key, forms.keySet()));
                } else {
                  check(tuple.getValueNode(), child(path, key), form);
                }
              });
    }
    group.fields().stream()
        .filter(Form.Field::isRequired)
        .filter(field -> isMissing(values, field.name()))
        .forEach(field -> problems.add(node, child(path, field.name()), () -> missing(field)));
  }

  private void checkMap(Node node, String path, Form.MapOf map) {
    if (!(node instanceof MappingNode mapping)) {
      problems.add(node, path, "must be a mapping of keys to values");
      return;
    }
    Map<String, Node> values = new HashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      key(tuple, path, values)
          .ifPresent(
              key -> {
                check(tuple.getKeyNode(), child(path, key), map.key());
                check(tuple.getValueNode(), child(path, key), map.value());
              });
    }
  }

  private void checkList(Node node, String path, Form.ListOf list) {
    if (!(node instanceof SequenceNode sequence)) {
      problems.add(node, path, "must be a list");
      return;
    }
    List<Node> elements = sequence.getValue();
    if (elements.size() < list.min()) {
      problems.add(node, path, "must have at least %d element".formatted(list.min()));
    }
    if (elements.size() > Form.ListOf.MAX_ELEMENTS) {
      problems.add(
          node,
          path,
          "has %d elements; at most %d are read"
              .formatted(elements.size(), Form.ListOf.MAX_ELEMENTS));
      return;
    }
    for (int i = 0; i < elements.size(); i++) {
      check(elements.get(i), "%s[%d]".formatted(path, i), list.element());
    }
  }

  /** Returns the key of an entry; empty if it is no text or stood there before. */
  private Optional<String> key(NodeTuple tuple, String path, Map<String, Node> values) {
    if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
      problems.add(tuple.getKeyNode(), path, "a key must be text");
      return Optional.empty();
    }
    if (values.put(scalar.getValue(), tuple.getValueNode()) != null) {
      problems.add(scalar, child(path, scalar.getValue()), "stands here twice");
      return Optional.empty();
    }
    return Optional.of(scalar.getValue());
  }

  private Optional<String> scalar(Node node, String path) {
    if (node instanceof ScalarNode scalar) {
      return Optional.of(scalar.getValue());
    }
    String found = node instanceof SequenceNode ? "a list" : "a mapping";
    problems.add(node, path, "must be a single value, not " + found);
    return Optional.empty();
  }

  private static boolean isMissing(Map<String, Node> values, String key) {
    Node value = values.get(key);
    return value == null || isNull(value);
  }

  private static String missing(Form.Field field) {
    return field.form() instanceof Form.Word word && word.words().size() == 1
        ? "is missing; write `%s`".formatted(word.words().getFirst())
        : "is missing";
  }

  private static boolean isLike(String value, Form.Text text) {
    return value.length() <= text.max() && text.pattern().matcher(value).matches();
  }

  private static boolean isWithin(String value, Form.Whole whole) {
    return value.matches("\\d{1,9}")
        && Integer.parseInt(value) >= whole.min()
        && Integer.parseInt(value) <= whole.max();
  }

  private static String isNot(String value, String expected) {
    return "`%s` is not %s".formatted(Problems.shown(value), expected);
  }

  private static String noSuchRule(String value, Collection<String> known) {
    String meant =
        Spelling.nearest(value, known)
            .map(word -> "did you mean `%s`?".formatted(word))
            .orElse("docs/rules/README.md lists them");
    return "there is no rule `%s`; %s".formatted(Problems.shown(value), meant);
  }

  private static String unknown(String what, String value, Collection<String> allowed) {
    String meant =
        Spelling.nearest(value, allowed)
            .map(word -> "; did you mean `%s`?".formatted(word))
            .orElse(".");
    return "unknown %s `%s`%s Allowed: %s"
        .formatted(
            what,
            Problems.shown(value),
            meant,
            String.join(", ", allowed.stream().sorted().toList()));
  }

  private static String child(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
