package dev.lintel.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The manifests of two commits, in folders that are gone when it is closed. {@code git} on the path
 * reads the commits.
 */
final class GitRange implements AutoCloseable {

  /** A repository of manifests is far smaller; what is larger is no folder of manifests. */
  private static final long MOST_BYTES = 1L << 29;

  private static final int MOST_SECONDS = 60;
  private static final Set<String> SUFFIXES = Set.of(".yaml", ".yml", ".json");

  private final Path folder;
  private final Path base;
  private final Optional<Path> head;

  private GitRange(Path folder, Path base, Optional<Path> head) {
    this.folder = folder;
    this.base = base;
    this.head = head;
  }

  /**
   * Reads what commits hold of files and folders.
   *
   * @param here the folder in which the command is called
   * @param range {@code BASE..HEAD}, {@code BASE...HEAD}, or {@code BASE}
   * @param inputs files and folders, as the command line names them
   * @throws UnreadableException if git cannot read them
   */
  static GitRange of(Path here, String range, List<String> inputs) {
    try {
      Path top = Path.of(run(here, List.of("rev-parse", "--show-toplevel")));
      List<String> paths =
          inputs.stream().map(input -> inside(top, here.resolve(input).normalize())).toList();
      Commits commits = Commits.parse(top, range);
      Path folder = Files.createTempDirectory("lintel-diff");
      GitRange found =
          new GitRange(
              folder, folder.resolve("base"), commits.head().map(head -> folder.resolve("head")));
      extract(top, commits.base(), paths, found.base);
      if (commits.head().isPresent()) {
        extract(top, commits.head().get(), paths, found.head.orElseThrow());
      }
      return found;
    } catch (IOException e) {
      throw UnreadableException.of(e);
    }
  }

  /** Returns the folder of the first commit's manifests. */
  Path base() {
    return base;
  }

  /** Returns the folder of the second commit's manifests; empty for the work tree. */
  Optional<Path> head() {
    return head;
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the folder of the commits cannot be removed", e);
    }
  }

  private static String inside(Path top, Path path) {
    if (!path.startsWith(top)) {
      throw new UnreadableException("%s is not in the work tree %s".formatted(path, top));
    }
    return top.relativize(path).toString();
  }

  /** A folder that a commit does not have is empty there. */
  private static void extract(Path top, String commit, List<String> paths, Path to)
      throws IOException {
    Files.createDirectories(to);
    List<String> existing = new ArrayList<>();
    for (String path : paths) {
      if (path.isEmpty() || exists(top, commit + ":" + path)) {
        existing.add(path.isEmpty() ? "." : path);
      }
    }
    if (existing.isEmpty()) {
      return;
    }
    List<String> words = new ArrayList<>(List.of("archive", "--format=zip", commit, "--"));
    words.addAll(existing);
    Process git = start(top, words);
    git.getOutputStream().close();
    try (ZipInputStream zip = new ZipInputStream(git.getInputStream())) {
      unpack(zip, to);
    } finally {
      git.destroy();
    }
  }

  private static void unpack(ZipInputStream zip, Path to) throws IOException {
    long left = MOST_BYTES;
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      Path file = to.resolve(entry.getName()).normalize();
      boolean isManifest = SUFFIXES.stream().anyMatch(entry.getName()::endsWith);
      if (entry.isDirectory() || !isManifest || !file.startsWith(to)) {
        continue;
      }
      Files.createDirectories(file.getParent());
      byte[] content = zip.readNBytes((int) Math.min(left + 1, Integer.MAX_VALUE - 8));
      left -= content.length;
      if (left < 0) {
        throw new UnreadableException("the commits hold more than 512 MiB of manifests");
      }
      Files.write(file, content);
    }
  }

  private static boolean exists(Path top, String object) throws IOException {
    Process git = start(top, List.of("cat-file", "-e", object));
    return ended(git) == 0;
  }

  /** Runs git, and returns what it says in one line. */
  private static String run(Path where, List<String> words) throws IOException {
    Process git = start(where, words);
    git.getOutputStream().close();
    String said = firstLine(git.getInputStream());
    String problem = firstLine(git.getErrorStream());
    if (ended(git) != 0) {
      throw new UnreadableException(
          problem.isEmpty() ? "git %s failed".formatted(words.getFirst()) : "git: " + problem);
    }
    return said;
  }

  private static Process start(Path where, List<String> words) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("git", "--literal-pathspecs", "-C", where.toString()));
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LC_ALL", "C");
    return builder.start();
  }

  private static int ended(Process git) throws IOException {
    try {
      if (git.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
        return git.exitValue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    git.destroy();
    throw new IOException("git does not answer");
  }

  private static String firstLine(InputStream stream) throws IOException {
    String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    return text.lines().findFirst().orElse("");
  }

  /**
   * Two commits.
   *
   * @param base the hash of the first
   * @param head the hash of the second; empty for the work tree
   */
  private record Commits(String base, Optional<String> head) {

    static Commits parse(Path top, String range) throws IOException {
      int dots = range.indexOf("..");
      if (dots < 0) {
        return new Commits(hash(top, range), Optional.empty());
      }
      boolean isFromWhereTheyParted = range.startsWith("...", dots);
      String base = hash(top, range.substring(0, dots));
      String head = hash(top, range.substring(dots + (isFromWhereTheyParted ? 3 : 2)));
      return new Commits(
          isFromWhereTheyParted ? run(top, List.of("merge-base", base, head)) : base,
          Optional.of(head));
    }

    /** As for git, nothing means where the work tree stands. */
    private static String hash(Path top, String name) throws IOException {
      String meant = name.isEmpty() ? "HEAD" : name;
      if (meant.startsWith("-")) {
        throw new UnreadableException("`%s` is no commit".formatted(meant));
      }
      return run(top, List.of("rev-parse", "--verify", meant + "^{commit}"));
    }
  }
}
