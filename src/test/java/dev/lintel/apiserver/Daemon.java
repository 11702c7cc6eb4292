package dev.lintel.apiserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process that runs beside the tests. What it prints is in a file, whose end is shown when it
 * fails.
 */
final class Daemon implements AutoCloseable {

  private static final int LINES_SHOWN = 25;
  private static final long SECONDS_TO_END = 10;

  private final String name;
  private final Path log;
  private final Process process;

  private Daemon(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /**
   * Starts a process, which also ends with this JVM.
   *
   * @param log the file that its output is appended to; its name is the process' name in messages
   * @param environment what is set beside this JVM's own variables
   */
  static Daemon start(Path log, Map<String, String> environment, List<String> command) {
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(log.toFile()));
      builder.environment().putAll(environment);
      return new Daemon(log.getFileName().toString(), log, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails, with the end of the output, if the process has ended. */
  void assertRuns() {
    if (!process.isAlive()) {
      throw new AssertionError(
          "%s has ended with code %d:%n%s".formatted(name, process.exitValue(), output()));
    }
  }

  /**
   * Sends a signal.
   *
   * @param name as {@code kill} calls it, for example {@code STOP}
   */
  void signal(String name) {
    Command.run(Map.of(), "", List.of("kill", "-" + name, String.valueOf(process.pid())))
        .succeeds();
  }

  /** Returns the end of the output. */
  String output() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join(
          System.lineSeparator(),
          lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    } catch (IOException e) {
      return log + " cannot be read: " + e.getMessage();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
