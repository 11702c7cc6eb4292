package dev.lintel.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * What is wrong with a document, with the places: {@code source:line:column: path: problem}. The
 * first are told and the others only counted, so that a document cannot cost more by being worse.
 */
final class Problems {

  private static final int MAX_TOLD = 20;
  private static final int MAX_SHOWN = 80;
  private static final int MAX_PATH = 240;

  private final String source;
  private final List<String> told = new ArrayList<>();
  private int untold;

  /**
   * Creates an empty list.
   *
   * @param source what the document is called in messages
   */
  Problems(String source) {
    this.source = source;
  }

  /**
   * Adds a problem.
   *
   * @param mark where; empty if the problem is that something is not there
   * @param path the dotted path of the key; empty for the document itself
   * @param problem words it; not asked if there are too many already
   */
  void add(Optional<Mark> mark, String path, Supplier<String> problem) {
    if (told.size() == MAX_TOLD) {
      untold++;
      return;
    }
    String place =
        mark.map(m -> "%s:%d:%d".formatted(source, m.getLine() + 1, m.getColumn() + 1))
            .orElse(source);
    String key = path.isEmpty() ? "" : shown(path, MAX_PATH) + ": ";
    told.add(place + ": " + key + problem.get());
  }

  /** Returns how many there are. */
  int count() {
    return told.size() + untold;
  }

  /** Returns the problems in the order in which they were found, and how many more there are. */
  List<String> found() {
    List<String> found = new ArrayList<>(told);
    if (untold > 0) {
      found.add("%s: and %d more problems".formatted(source, untold));
    }
    return List.copyOf(found);
  }

  /** Returns what was written, on one line and not too long. */
  static String shown(String written) {
    return shown(written, MAX_SHOWN);
  }

  private static String shown(String written, int max) {
    boolean isLong = written.length() > max;
    String line = (isLong ? written.substring(0, max) : written).replaceAll("\\p{Cntrl}", " ");
    return isLong ? line + "..." : line;
  }
}
