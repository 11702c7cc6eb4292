package dev.lintel.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** What is wrong with a document, with the places: {@code source:line:column: path: problem}. */
final class Problems {

  private static final int MAX_SHOWN = 80;

  private final String source;
  private final List<String> found = new ArrayList<>();

  /**
   * Creates an empty list.
   *
   * @param source what the document is called in messages
   */
  Problems(String source) {
    this.source = source;
  }

  /** Adds a problem at a node. */
  void add(Node node, String path, String problem) {
    add(node.getStartMark(), path, problem);
  }

  /**
   * Adds a problem.
   *
   * @param mark where; empty if the problem is that something is not there
   * @param path the dotted path of the key; empty for the document itself
   */
  void add(Optional<Mark> mark, String path, String problem) {
    String place =
        mark.map(m -> "%s:%d:%d".formatted(source, m.getLine() + 1, m.getColumn() + 1))
            .orElse(source);
    found.add(path.isEmpty() ? place + ": " + problem : place + ": " + path + ": " + problem);
  }

  /** Returns the problems in the order in which they were found. */
  List<String> found() {
    return List.copyOf(found);
  }

  /** Returns what was written, on one line and not too long. */
  static String shown(String written) {
    String line = written.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= MAX_SHOWN ? line : line.substring(0, MAX_SHOWN) + "...";
  }
}
