package dev.lintel.cli;

import dev.lintel.manifest.Excludes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which manifests are read. */
final class FileOptions {

  @Option(
      names = {"-f", "--filename"},
      paramLabel = "FILE|DIR|-",
      description = "Manifests: a file, a folder, or - for standard input. Repeatable.")
  private List<String> inputs = new ArrayList<>();

  @Option(
      names = {"-R", "--recursive"},
      description = "Also read the folders below a folder.")
  private boolean recursive;

  @Option(
      names = "--exclude",
      paramLabel = "GLOB",
      description =
          "Do not read what matches, as a line of .gitignore would say it. Repeatable; a file"
              + " "
              + Excludes.FILE
              + " in the working directory, or in a folder that is read, holds such lines.")
  private List<String> excluded = new ArrayList<>();

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  /** Returns what {@code -f} names, as it was written. */
  List<String> names() {
    return List.copyOf(inputs);
  }

  /**
   * Returns what is read.
   *
   * @param more files and folders that are named otherwise than by {@code -f}
   * @param namespace where namespaced objects are that name none
   * @throws ParameterException if an option is no pattern
   * @throws UnreadableException if a file with patterns cannot be read
   */
  Inputs.Source source(List<String> more, String namespace) {
    List<String> names = new ArrayList<>(inputs);
    names.addAll(more);
    return new Inputs.Source(names, recursive, excludes(names), namespace);
  }

  private List<Excludes> excludes(List<String> named) {
    Path here = Path.of("").toAbsolutePath();
    Set<Path> folders = new LinkedHashSet<>();
    folders.add(here);
    named.stream()
        .filter(name -> !name.equals(Inputs.STANDARD_INPUT))
        .map(Path::of)
        .filter(Files::isDirectory)
        .map(folder -> folder.toAbsolutePath().normalize())
        .forEach(folders::add);
    List<Excludes> excludes = new ArrayList<>();
    excludes.add(ofOptions(here));
    for (Path folder : folders) {
      try {
        excludes.add(Excludes.in(folder));
      } catch (IOException e) {
        throw UnreadableException.of(e);
      }
    }
    return excludes;
  }

  private Excludes ofOptions(Path here) {
    try {
      return Excludes.of(here, excluded);
    } catch (PatternSyntaxException e) {
      throw new ParameterException(commandLine(), "--exclude: " + e.getDescription());
    }
  }

  private CommandLine commandLine() {
    if (command == null) {
      throw new IllegalStateException("picocli has not set the command up");
    }
    return command.commandLine();
  }
}
