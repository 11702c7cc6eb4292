package dev.lintel.report;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Names files as services that show a repository do: from its root, with slashes. */
final class SourcePath {

  private SourcePath() {}

  /**
   * Returns a file's path from the working directory, which is the root of the repository in a
   * pipeline; a file elsewhere keeps its path.
   */
  static String relative(String source) {
    Path root = Path.of("").toAbsolutePath();
    Path file = root.resolve(source).normalize();
    return file.startsWith(root) && !file.equals(root) ? slashed(root.relativize(file)) : source;
  }

  /** Returns the same path as a relative reference, with what a URI does not allow escaped. */
  static String uri(String source) {
    try {
      return new URI(null, null, relative(source).replace('\\', '/'), null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(source, e);
    }
  }

  private static String slashed(Path path) {
    return StreamSupport.stream(path.spliterator(), false)
        .map(Path::toString)
        .collect(Collectors.joining("/"));
  }
}
