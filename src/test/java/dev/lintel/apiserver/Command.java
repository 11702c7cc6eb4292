package dev.lintel.apiserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs a command to its end and keeps what it prints. */
final class Command {

  private Command() {}

  /**
   * Runs a command.
   *
   * @param environment what is set beside this JVM's own variables
   * @param input what it reads
   */
  static Printed run(Map<String, String> environment, String input, List<String> command) {
    try {
      Path folder = Files.createTempDirectory("lintel-command");
      Path in = Files.writeString(folder.resolve("in"), input);
      Path out = folder.resolve("out");
      Path err = folder.resolve("err");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().putAll(environment);
      int code = builder.start().waitFor();
      Printed printed =
          new Printed(
              String.join(" ", command) + System.lineSeparator() + input,
              code,
              Files.readString(out),
              Files.readString(err).strip());
      for (Path file : List.of(in, out, err, folder)) {
        Files.delete(file);
      }
      return printed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
