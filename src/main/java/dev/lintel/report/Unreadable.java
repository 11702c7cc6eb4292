package dev.lintel.report;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file, or an object in one, that cannot be read and hence was not judged.
 *
 * @param file the file, or what stands for it
 * @param place where in the file; empty if all of it cannot be read
 * @param problem what is wrong, in one line
 */
public record Unreadable(String file, Optional<Place> place, String problem) {

  private static final Pattern PLACED = Pattern.compile(":(\\d{1,9}):(\\d{1,9}): (.*)");

  /**
   * A place in a file.
   *
   * @param line from 1
   * @param column from 1
   */
  public record Place(int line, int column) {}

  /**
   * Takes what a reader said.
   *
   * @param file the file that it read
   * @param message begins with file, line and column where the reader knows them
   */
  public static Unreadable of(String file, String message) {
    String line = Lines.oneLine(message);
    Matcher placed = PLACED.matcher(line.startsWith(file) ? line.substring(file.length()) : "");
    return placed.matches()
        ? new Unreadable(
            file,
            Optional.of(
                new Place(Integer.parseInt(placed.group(1)), Integer.parseInt(placed.group(2)))),
            placed.group(3))
        : new Unreadable(file, Optional.empty(), line);
  }

  /** Returns the line that people know from compilers. */
  public String said() {
    return place
        .map(at -> "%s:%d:%d: %s".formatted(file, at.line(), at.column(), problem))
        .orElse(problem);
  }
}
