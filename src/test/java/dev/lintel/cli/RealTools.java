package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The programs that {@code check} calls, where they are: {@code make test} gets them. A test is
 * skipped without them, but not in CI.
 */
final class RealTools {

  /** The PATH of this process. */
  static final String PATH = variable("PATH");

  private static final Path CACHE =
      Path.of(
          variable("XDG_CACHE_HOME").isEmpty()
              ? System.getProperty("user.home") + "/.cache"
              : variable("XDG_CACHE_HOME"),
          "lintel");

  private RealTools() {}

  /** Returns a PATH on which the real kubectl comes first. */
  static String pathWithKubectl() {
    return pathWith("kubectl", variable("KUBEBUILDER_ASSETS"), CACHE.resolve("envtest"));
  }

  /** Returns a PATH on which the real helm comes first. */
  static String pathWithHelm() {
    return pathWith("helm", variable("LINTEL_HELM"), CACHE.resolve("go-tools"));
  }

  private static String pathWith(String program, String folder, Path cache) {
    String path =
        Stream.concat(
                Stream.of(folder, PATH),
                Stream.of(Optional.ofNullable(cache.toFile().listFiles()).orElse(new File[0]))
                    .map(File::toString))
            .filter(each -> !each.isEmpty())
            .reduce((all, each) -> all + File.pathSeparator + each)
            .orElse("");
    Optional<Path> found = new ExternalTool(path, Duration.ofSeconds(1), 1).find(program);
    if (variable("CI").equals("true")) {
      assertThat(found).as("no %s here, and CI may not do without", program).isPresent();
    }
    assumeThat(found).as("no %s here: `make test` gets one", program).isPresent();
    return found.orElseThrow().getParent() + File.pathSeparator + PATH;
  }

  private static String variable(String name) {
    return System.getenv().getOrDefault(name, "");
  }
}
