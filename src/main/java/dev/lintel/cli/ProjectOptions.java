package dev.lintel.cli;

import dev.lintel.policy.ProjectFile;
import dev.lintel.rule.Action;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Stack;
import java.util.stream.Stream;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Puts the options of the nearest {@link ProjectFile} before those of a command line. What the
 * command line says itself takes the place of what the file says; what is suppressed adds up.
 */
final class ProjectOptions implements IParameterPreprocessor {

  /** The commands that a repository is looked at with. */
  static final Set<String> COMMANDS = Set.of("check", "explain", "graph", "assert");

  private static final Set<String> LIVE = Set.of("--live", "--context", "--kubeconfig");
  private static final int MOST_FOLDERS = 64;

  private final Path directory;

  /**
   * Creates what completes a command line.
   *
   * @param directory the working directory, where the search begins
   */
  ProjectOptions(Path directory) {
    this.directory = directory.toAbsolutePath().normalize();
  }

  @Override
  public boolean preprocess(
      Stack<String> arguments, CommandSpec command, ArgSpec argument, Map<String, Object> info) {
    Optional<Path> found = nearest();
    if (found.isPresent() && !asksForHelp(arguments)) {
      List<String> more = options(found.get(), command, List.copyOf(arguments));
      for (int i = more.size() - 1; i >= 0; i--) {
        arguments.push(more.get(i));
      }
    }
    return false;
  }

  private static boolean asksForHelp(Collection<String> arguments) {
    return arguments.contains("--help") || arguments.contains("-h");
  }

  private Optional<Path> nearest() {
    return Stream.iterate(directory, folder -> folder != null, Path::getParent)
        .limit(MOST_FOLDERS)
        .map(folder -> folder.resolve(ProjectFile.NAME))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private List<String> options(Path path, CommandSpec command, List<String> written) {
    ProjectFile.Reading reading = ProjectFile.read(path.toString(), Inputs.text(path));
    ProjectFile file = reading.file().orElseThrow(() -> UnreadableException.of(reading.problems()));
    Path folder = Optional.ofNullable(path.getParent()).orElse(directory);
    List<Option> options = new ArrayList<>();
    file.policy().ifPresent(value -> options.add(new Option("--policy", from(folder, value))));
    if (!isAboutACluster(command, written)) {
      file.clusterState()
          .ifPresent(value -> options.add(new Option("--cluster-state", from(folder, value))));
    }
    file.failOn().map(Action::word).ifPresent(w -> options.add(new Option("--fail-on", w)));
    file.exclude().stream()
        .flatMap(glob -> fromHere(folder, glob).stream())
        .forEach(glob -> options.add(new Option("--exclude", glob)));
    List<String> more = new ArrayList<>();
    options.stream()
        .filter(option -> !isNamed(option.name, written))
        .filter(option -> command.findOption(option.name) != null)
        .forEach(option -> more.add(option.written()));
    if (command.findOption("--suppress") != null) {
      file.suppress().forEach(value -> more.add(new Option("--suppress", value).written()));
    }
    return more;
  }

  private record Option(String name, String value) {
    String written() {
      return name + "=" + value;
    }
  }

  /** A cluster is looked at as it is, and so is the one that kubectl is about. */
  private static boolean isAboutACluster(CommandSpec command, List<String> written) {
    return command.root().name().startsWith("kubectl ")
        || LIVE.stream().anyMatch(option -> isNamed(option, written));
  }

  private static boolean isNamed(String option, List<String> written) {
    return written.stream().anyMatch(word -> word.equals(option) || word.startsWith(option + "="));
  }

  /** Paths in messages stay short where they can. */
  private static String from(Path folder, String value) {
    Path here = Path.of("").toAbsolutePath();
    Path path = folder.resolve(value).normalize();
    return path.startsWith(here) && !path.equals(here)
        ? here.relativize(path).toString()
        : path.toString();
  }

  /**
   * Returns a pattern about the file's folder as one about the working directory; empty if it can
   * match nothing there.
   */
  private Optional<String> fromHere(Path folder, String glob) {
    String below = folder.relativize(directory).toString().replace('\\', '/');
    String plain = glob.startsWith("!") ? glob.substring(1) : glob;
    boolean isAnywhere = plain.startsWith("**/") || plain.lastIndexOf('/', plain.length() - 2) < 0;
    if (below.isEmpty() || isAnywhere) {
      return Optional.of(glob);
    }
    String whole = plain.startsWith("/") ? plain.substring(1) : plain;
    return whole.startsWith(below + "/")
        ? Optional.of((glob.startsWith("!") ? "!" : "") + whole.substring(below.length()))
        : Optional.empty();
  }
}
