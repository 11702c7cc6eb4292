package dev.lintel.cli;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs programs of others, which get a time and an output of so many bytes at most. */
final class ExternalTool {

  private static final int MAX_COMPLAINT = 4096;

  private final String path;
  private final Duration time;
  private final int bytes;

  /**
   * Creates what runs programs.
   *
   * @param path where they are looked for, as the variable PATH has it
   * @param time how long one may run
   * @param bytes how much one may print
   */
  ExternalTool(String path, Duration time, int bytes) {
    this.path = path;
    this.time = time;
    this.bytes = bytes;
  }

  /** Returns the file of a program; empty if it is not on the path. */
  Optional<Path> find(String program) {
    return Stream.of(path.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .flatMap(folder -> file(folder, program).stream())
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  private static Optional<Path> file(String folder, String program) {
    try {
      return Optional.of(Path.of(folder, program));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /**
   * Runs a program without input.
   *
   * @return what it prints
   * @throws IOException if it cannot be run, fails, takes too long or prints too much; the message
   *     has the first of what it complains about
   */
  String run(Path program, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("PATH", path);
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      CompletableFuture<Printed> out = read(process, process.getInputStream(), bytes);
      CompletableFuture<Printed> err = read(process, process.getErrorStream(), MAX_COMPLAINT);
      if (!process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException(
            "%s did not end within %d s".formatted(program.getFileName(), time.toSeconds()));
      }
      return result(program, process.exitValue(), out.join(), err.join());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while %s ran".formatted(program), e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private String result(Path program, int code, Printed out, Printed err) throws IOException {
    if (out.isCut) {
      throw new IOException(
          "%s prints more than %d MiB".formatted(program.getFileName(), bytes >> 20));
    }
    if (code != 0) {
      throw new IOException(
          "%s fails with exit code %d: %s"
              .formatted(program.getFileName(), code, err.text.strip()));
    }
    return out.text;
  }

  private record Printed(String text, boolean isCut) {}

  /** What is beyond the limit is read and forgotten, so that the program can end. */
  private static CompletableFuture<Printed> read(Process process, InputStream from, int most) {
    CompletableFuture<Printed> printed = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try (from) {
                ByteArrayOutputStream kept = new ByteArrayOutputStream();
                byte[] chunk = new byte[1 << 16];
                boolean isCut = false;
                for (int n = from.read(chunk); n >= 0; n = from.read(chunk)) {
                  int taken = Math.min(n, most - kept.size());
                  kept.write(chunk, 0, taken);
                  isCut |= taken < n;
                }
                printed.complete(new Printed(kept.toString(StandardCharsets.UTF_8), isCut));
              } catch (IOException e) {
                printed.complete(new Printed("", !process.isAlive()));
              }
            });
    return printed;
  }
}
