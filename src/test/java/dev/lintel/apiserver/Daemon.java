package dev.lintel.apiserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process that runs beside the tests. What it prints is in a file, whose end is shown when it
 * fails.
 */
final class Daemon implements AutoCloseable {

  private static final int LINES_SHOWN = 25;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String name;
  private final Path log;
  private final long earlier;
  private final Process process;

  private Daemon(String name, Path log, long earlier, Process process) {
    this.name = name;
    this.log = log;
    this.earlier = earlier;
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
      long earlier = Files.exists(log) ? Files.size(log) : 0;
      return new Daemon(log.getFileName().toString(), log, earlier, builder.start());
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

  /** Ends the process at once, as SIGKILL does. */
  void kill() {
    process.destroyForcibly();
    Eventually.holds(
        () -> {
          if (process.isAlive()) {
            throw new AssertionError(name + " is still alive");
          }
        });
  }

  /** Tells whether the process has not ended. */
  boolean isAlive() {
    return process.isAlive();
  }

  /** Tells whether the process has printed a text, among what it has printed since it started. */
  boolean hasPrinted(String text) {
    try (InputStream in = Files.newInputStream(log)) {
      in.skipNBytes(earlier);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    close(PATIENCE);
  }

  /** Asks the process to end, and kills it if it has not done so in time. */
  void close(Duration grace) {
    process.destroy();
    try {
      if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
