package dev.lintel.manifest;

import dev.lintel.manifest.NodePath.Step;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Splices a YAML or JSON text where its nodes stand. A comment is never removed, except within a
 * value of several lines that goes as a whole.
 */
final class TextEditor {

  private final ManifestText source;
  private final String text;
  private final boolean isJson;

  TextEditor(ManifestText source, boolean isJson) {
    this.source = source;
    this.text = source.text();
    this.isJson = isJson;
  }

  /** Returns where a node begins, in code points. */
  static int start(Node node) {
    return node.getStartMark().orElseThrow().getIndex();
  }

  /** Returns the text with another value in place of a single value. */
  Optional<String> replace(Step step, String value) {
    return step.value() instanceof ScalarNode old
        ? splice(offset(old), contentEnd(step), ScalarText.of(value, old.getScalarStyle(), isJson))
        : Optional.empty();
  }

  /** Returns the text with one more entry in a mapping. */
  Optional<String> add(MappingNode mapping, String key, String value) {
    String entry = ScalarText.of(key, isJson) + ": " + ScalarText.of(value, isJson);
    List<NodeTuple> entries = mapping.getValue();
    if (entries.isEmpty()) {
      int brace = text.indexOf('{', offset(mapping));
      return splice(brace + 1, brace + 1, entry);
    }
    return isFlow(mapping) ? addToFlow(last(mapping), entry) : addToBlock(mapping, entry);
  }

  /**
   * Returns the text without an entry of a mapping.
   *
   * @param steps the steps to the entry, from the root of the object
   */
  Optional<String> remove(List<Step> steps) {
    Step step = steps.getLast();
    if (!(step.parent() instanceof MappingNode mapping)) {
      return Optional.empty();
    }
    if (isFlow(mapping)) {
      return removeFromFlow(step, mapping);
    }
    return mapping.getValue().size() == 1 ? removeOnly(steps) : removeFromBlock(step, mapping);
  }

  private Optional<String> addToFlow(Step last, String entry) {
    int key = offset(last.key());
    String indent = text.substring(lineStart(key), key);
    String separator = indent.isBlank() && key > 0 ? "," + lineBreak() + indent : ", ";
    int end = contentEnd(last);
    return splice(end, end, separator + entry);
  }

  private Optional<String> addToBlock(MappingNode mapping, String entry) {
    Node first = mapping.getValue().getFirst().getKeyNode();
    String indent = " ".repeat(first.getStartMark().map(Mark::getColumn).orElse(0));
    Step last = last(mapping);
    if (endsInBlockScalar(last.value())) {
      int start = offset(first);
      return splice(start, start, entry + lineBreak() + indent);
    }
    int end = lineEnd(contentEnd(last));
    return splice(end, end, lineBreak() + indent + entry);
  }

  private Optional<String> removeFromFlow(Step step, MappingNode mapping) {
    int end = contentEnd(step);
    if (step.index() + 1 < mapping.getValue().size()) {
      int next = offset(mapping.getValue().get(step.index() + 1).getKeyNode());
      return spliceUnlessComment(offset(step.key()), end, next);
    }
    int from =
        step.index() == 0
            ? text.indexOf('{', offset(mapping)) + 1
            : contentEnd(entry(mapping, step.index() - 1));
    return text.substring(from, offset(step.key())).contains("#")
        ? Optional.empty()
        : splice(from, end, "");
  }

  /** A mapping without entries has to say so, else it would be null. */
  private Optional<String> removeOnly(List<Step> steps) {
    Step step = steps.getLast();
    int start = offset(step.key());
    int end = contentEnd(step);
    if (steps.size() > 1 && steps.get(steps.size() - 2).parent() instanceof MappingNode) {
      int colon = text.indexOf(':', end(steps.get(steps.size() - 2).key())) + 1;
      if (text.substring(colon, start).isBlank()) {
        return splice(colon, end, " {}");
      }
    }
    return splice(start, end, "{}");
  }

  private Optional<String> removeFromBlock(Step step, MappingNode mapping) {
    int start = offset(step.key());
    int end = contentEnd(step);
    if (!text.substring(lineStart(start), start).isBlank()) {
      int next = offset(mapping.getValue().get(step.index() + 1).getKeyNode());
      return spliceUnlessComment(start, end, next);
    }
    int lineEnd = lineEnd(end);
    if (!text.substring(end, lineEnd).isBlank()) {
      int rest = end;
      while (text.charAt(rest) == ' ' || text.charAt(rest) == '\t') {
        rest++;
      }
      return splice(start, rest, "");
    }
    int nextLine = text.indexOf('\n', lineEnd);
    return splice(lineStart(start), nextLine < 0 ? text.length() : nextLine + 1, "");
  }

  private Optional<String> spliceUnlessComment(int start, int end, int next) {
    return text.substring(end, next).contains("#") ? Optional.empty() : splice(start, next, "");
  }

  private Optional<String> splice(int start, int end, String with) {
    return Optional.of(text.substring(0, start) + with + text.substring(end));
  }

  /** The end of an entry's last character that is no blank, comment or line break. */
  private int contentEnd(Step step) {
    boolean isAlias = start(step.value()) < start(step.key());
    return isAlias ? end(step.key()) : contentEnd(step.value());
  }

  int contentEnd(Node node) {
    return switch (node) {
      case MappingNode mapping when !isFlow(mapping) -> contentEnd(last(mapping));
      case SequenceNode sequence when !isFlow(sequence) ->
          contentEnd(sequence.getValue().getLast());
      default -> trimmed(end(node));
    };
  }

  /** A scalar in block style ends where the next line begins. */
  private int trimmed(int end) {
    int at = end;
    while (at > 0 && Character.isWhitespace(text.charAt(at - 1))) {
      at--;
    }
    return at;
  }

  private static boolean endsInBlockScalar(Node node) {
    return switch (node) {
      case ScalarNode scalar ->
          scalar.getScalarStyle() == ScalarStyle.LITERAL
              || scalar.getScalarStyle() == ScalarStyle.FOLDED;
      case MappingNode mapping when !isFlow(mapping) -> endsInBlockScalar(last(mapping).value());
      case SequenceNode sequence when !isFlow(sequence) ->
          endsInBlockScalar(sequence.getValue().getLast());
      default -> false;
    };
  }

  private static Step last(MappingNode mapping) {
    return entry(mapping, mapping.getValue().size() - 1);
  }

  private static Step entry(MappingNode mapping, int index) {
    NodeTuple entry = mapping.getValue().get(index);
    return new Step(mapping, index, entry.getKeyNode(), entry.getValueNode());
  }

  static boolean isFlow(CollectionNode<?> node) {
    return node.getFlowStyle() == FlowStyle.FLOW;
  }

  /** Returns where a node begins, in the text's own units. */
  int offset(Node node) {
    return source.offset(start(node));
  }

  private int end(Node node) {
    return source.offset(node.getEndMark().orElseThrow().getIndex());
  }

  int lineStart(int offset) {
    return text.lastIndexOf('\n', offset - 1) + 1;
  }

  /** Returns where a line's break begins, or the text ends. */
  int lineEnd(int offset) {
    int end = text.indexOf('\n', offset);
    if (end < 0) {
      return text.length();
    }
    return end > 0 && text.charAt(end - 1) == '\r' ? end - 1 : end;
  }

  private String lineBreak() {
    return text.contains("\r\n") ? "\r\n" : "\n";
  }
}
