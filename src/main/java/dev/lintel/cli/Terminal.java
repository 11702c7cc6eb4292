package dev.lintel.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a person watches.
 *
 * @param showsColours whether standard output may have colours
 * @param showsProgress whether standard error may have lines that are overwritten
 */
record Terminal(boolean showsColours, boolean showsProgress) {

  /** Nobody watches: a pipe, a file, a pipeline. */
  static final Terminal NONE = new Terminal(false, false);

  /** Returns what this process writes to. */
  static Terminal ofProcess() {
    return of(System.getenv(), isTerminal(1), isTerminal(2));
  }

  /**
   * Decides by the environment: {@code NO_COLOR}, if it is not empty, and a terminal that calls
   * itself dumb.
   *
   * @param out whether standard output is a terminal
   * @param err whether standard error is one
   */
  static Terminal of(Map<String, String> environment, boolean out, boolean err) {
    boolean isDumb = environment.getOrDefault("TERM", "").equals("dumb");
    boolean isPlain = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Terminal(out && !isDumb && !isPlain, err && !isDumb);
  }

  /** The JDK tells only of all streams together; Linux tells of each one. */
  private static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }
  }
}
