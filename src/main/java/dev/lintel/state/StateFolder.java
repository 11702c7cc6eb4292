package dev.lintel.state;

import dev.lintel.manifest.ManifestFiles;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.Resource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a folder of manifests, and the folders below it, hold.
 *
 * @param objects what can be read; of a whole cluster only what rules read fits into memory
 * @param problems what cannot be read, each with its place
 */
public record StateFolder(List<Resource> objects, List<String> problems) {

  /** Is told how far it is. */
  @FunctionalInterface
  public interface Progress {
    /** Takes note that so many of all files have been read. */
    void at(int done, int total);
  }

  /** Copies the lists, so that the record is immutable. */
  public StateFolder {
    objects = List.copyOf(objects);
    problems = List.copyOf(problems);
  }

  /** Reads a folder. */
  public static StateFolder read(Path folder, Progress progress) {
    List<Resource> objects = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    try {
      List<Path> files = ManifestFiles.in(folder, true);
      for (int i = 0; i < files.size(); i++) {
        progress.at(i, files.size());
        objects.addAll(read(files.get(i), problems));
      }
    } catch (IOException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    return new StateFolder(objects, problems);
  }

  private static List<Resource> read(Path file, List<String> problems) {
    try {
      return ManifestFiles.resources(
          file, problem -> problems.add(String.valueOf(problem.getMessage())));
    } catch (IOException | MalformedObjectException e) {
      problems.add(String.valueOf(e.getMessage()));
      return List.of();
    }
  }
}
