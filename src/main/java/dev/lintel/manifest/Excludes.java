package dev.lintel.manifest;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * Which files are not read, told by patterns as in {@code .gitignore}: of several that match the
 * last one counts, {@code !} takes a file back, a slash at the end means folders only, one in front
 * or in between means that the pattern is a whole path from the base, and {@code **} stands for any
 * number of folders. What is below a folder that is left out cannot be taken back.
 */
public final class Excludes {

  /** The file that holds patterns. */
  public static final String FILE = ".lintelignore";

  /** Leaves nothing out. */
  public static final Excludes NONE = new Excludes(Path.of(""), List.of());

  private static final String ANYWHERE = "{,**/}";

  private final Path base;
  private final List<Pattern> patterns;

  private Excludes(Path base, List<Pattern> patterns) {
    this.base = base.toAbsolutePath().normalize();
    this.patterns = List.copyOf(patterns);
  }

  /**
   * Reads patterns.
   *
   * @param base the folder that they are about
   * @throws PatternSyntaxException if one is none
   */
  public static Excludes of(Path base, List<String> lines) {
    return new Excludes(base, lines.stream().flatMap(line -> Pattern.of(line).stream()).toList());
  }

  /**
   * Reads the patterns of a folder's {@value #FILE}; none if there is no such file.
   *
   * @throws IOException if it cannot be read, or one of its lines is no pattern; the message names
   *     file and line
   */
  public static Excludes in(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return NONE;
    }
    List<Pattern> patterns = new ArrayList<>();
    List<String> lines = ManifestFiles.text(file).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      try {
        Pattern.of(lines.get(i)).ifPresent(patterns::add);
      } catch (PatternSyntaxException e) {
        throw new IOException("%s:%d:1: %s".formatted(file, i + 1, e.getDescription()), e);
      }
    }
    return new Excludes(folder, patterns);
  }

  /** Tells whether a file is left out; one that is not below the base never is. */
  public boolean contains(Path file) {
    if (patterns.isEmpty()) {
      return false;
    }
    Path whole = file.toAbsolutePath().normalize();
    if (!whole.startsWith(base) || whole.equals(base)) {
      return false;
    }
    Path path = base.relativize(whole);
    return Stream.iterate(1, length -> length <= path.getNameCount(), length -> length + 1)
        .anyMatch(length -> isOut(path.subpath(0, length), length < path.getNameCount()));
  }

  private boolean isOut(Path path, boolean isFolder) {
    List<Pattern> latestFirst = new ArrayList<>(patterns);
    Collections.reverse(latestFirst);
    return latestFirst.stream()
        .filter(pattern -> isFolder || !pattern.isForFolders)
        .filter(pattern -> pattern.matcher.matches(path))
        .findFirst()
        .filter(pattern -> !pattern.takesBack)
        .isPresent();
  }

  /**
   * A line.
   *
   * @param takesBack whether what matches is read after all
   * @param isForFolders whether no file matches
   */
  private record Pattern(PathMatcher matcher, boolean takesBack, boolean isForFolders) {

    static Optional<Pattern> of(String line) {
      String text = line.strip();
      if (text.isEmpty() || text.startsWith("#")) {
        return Optional.empty();
      }
      boolean takesBack = text.startsWith("!");
      String path = takesBack ? text.substring(1) : text;
      boolean isForFolders = path.endsWith("/");
      String glob = glob(isForFolders ? path.substring(0, path.length() - 1) : path);
      return Optional.of(
          new Pattern(
              FileSystems.getDefault().getPathMatcher("glob:" + glob), takesBack, isForFolders));
    }

    /** The JDK's own patterns have no {@code **} that may stand for nothing. */
    private static String glob(String path) {
      boolean isWhole = path.indexOf('/') >= 0;
      String relative = path.startsWith("/") ? path.substring(1) : path;
      String inner = relative.replace("/**/", "/" + ANYWHERE);
      String rest = inner.startsWith("**/") ? ANYWHERE + inner.substring(3) : inner;
      return isWhole ? rest : ANYWHERE + rest;
    }
  }
}
