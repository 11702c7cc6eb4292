package dev.lintel.apiserver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The memory that the Deployment gives to Lintel's container. Where this machine lets the tests
 * make a control group, the kernel holds the process to it, as it does in a Pod; elsewhere the JVM
 * is told to take the machine for one of that size. Which of the two it is, is printed.
 */
final class MemoryLimit implements AutoCloseable {

  private static final Path GROUPS = Path.of("/sys/fs/cgroup");

  private final long bytes;
  private final Optional<Path> group;

  private MemoryLimit(long bytes, Optional<Path> group) {
    this.bytes = bytes;
    this.group = group;
  }

  /**
   * Makes the limit of the Deployment's container.
   *
   * @param name tells its control group from others of this process
   */
  static MemoryLimit ofTheDeployment(String name) {
    String unique = "%s-%d".formatted(name, ProcessHandle.current().pid());
    long bytes = ShippedDeployment.read().memory();
    MemoryLimit made = new MemoryLimit(bytes, group(unique, bytes));
    System.out.println(made.described());
    return made;
  }

  /** Returns what stands before a command that is to be held to the limit. */
  List<String> prefix() {
    return group
        .map(folder -> folder.resolve("cgroup.procs").toString())
        .map(file -> List.of("sh", "-c", "echo $$ >\"$0\" && exec \"$@\"", file))
        .orElse(List.of());
  }

  /** Returns the variables that such a command is to be given. */
  Map<String, String> environment() {
    return group.isPresent() ? Map.of() : Map.of("LINTEL_JAVA_OPTS", "-XX:MaxRAM=" + bytes);
  }

  /** Returns how the limit is held. */
  private String described() {
    return group
        .map(folder -> "Lintel is held to %d bytes of memory by %s".formatted(bytes, folder))
        .orElseGet(
            () ->
                """
                Lintel is NOT held to %d bytes of memory by a control group, which this machine \
                does not let us make; its JVM is told to take the machine for one of that size\
                """
                    .formatted(bytes));
  }

  /** A group below our own: what limits this process limits the new one too. */
  private static Optional<Path> group(String name, long bytes) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
        String[] parts = line.split(":", 3);
        if (parts[1].equals("memory")) {
          return Optional.of(
              group(
                  inside(GROUPS.resolve("memory"), parts[2]).resolve(name),
                  bytes,
                  "memory.limit_in_bytes",
                  "memory.memsw.limit_in_bytes",
                  bytes));
        }
        if (parts[1].isEmpty() && Files.exists(GROUPS.resolve("cgroup.controllers"))) {
          Path own = inside(GROUPS, parts[2]);
          Files.writeString(own.resolve("cgroup.subtree_control"), "+memory");
          return Optional.of(group(own.resolve(name), bytes, "memory.max", "memory.swap.max", 0));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      System.out.println("no control group can be made: " + e);
      return Optional.empty();
    }
  }

  /** A container may see its own group as the root, under a name that is not there. */
  private static Path inside(Path root, String name) {
    Path full = root.resolve(name.substring(1));
    return Files.isDirectory(full) ? full : root;
  }

  private static Path group(Path folder, long bytes, String limit, String swapLimit, long swapBytes)
      throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(limit), String.valueOf(bytes));
    // Not every kernel counts swap, and not every machine has any.
    if (Files.exists(folder.resolve(swapLimit))) {
      Files.writeString(folder.resolve(swapLimit), String.valueOf(swapBytes));
    }
    return folder;
  }

  /** Removes the control group, in which nothing may run any more, and prints what it took. */
  @Override
  public void close() {
    group.ifPresent(
        folder -> {
          printPeak(folder);
          Eventually.holds(
              () -> {
                if (folder.toFile().exists() && !folder.toFile().delete()) {
                  throw new AssertionError(folder + " is still in use");
                }
              });
        });
  }

  private static void printPeak(Path folder) {
    for (String peak : new String[] {"memory.peak", "memory.max_usage_in_bytes"}) {
      try {
        if (Files.exists(folder.resolve(peak))) {
          String bytes = Files.readString(folder.resolve(peak)).strip();
          System.out.printf("%s held %s bytes at its most%n", folder.getFileName(), bytes);
        }
      } catch (IOException e) {
        System.out.println("what was held at its most cannot be told: " + e);
      }
    }
  }
}
