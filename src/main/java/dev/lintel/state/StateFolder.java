package dev.lintel.state;

import dev.lintel.manifest.Located;
import dev.lintel.manifest.ManifestFiles;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a folder of manifests, and the folders below it, hold.
 *
 * @param objects what can be read; of a whole cluster only what rules read fits into memory
 * @param problems what cannot be read, each with its place
 * @param doubles what is there twice, and which of both is among the objects
 */
public record StateFolder(List<Resource> objects, List<String> problems, List<String> doubles) {

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
    doubles = List.copyOf(doubles);
  }

  /** Reads a folder. */
  public static StateFolder read(Path folder, Progress progress) {
    Map<ResourceRef, Located> objects = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    List<String> doubles = new ArrayList<>();
    try {
      List<Path> files = ManifestFiles.in(folder, true);
      for (int i = 0; i < files.size(); i++) {
        progress.at(i, files.size());
        for (Located object : read(files.get(i), problems)) {
          add(object, objects, doubles);
        }
      }
    } catch (IOException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    return new StateFolder(
        objects.values().stream().map(Located::resource).toList(), problems, doubles);
  }

  private static void add(Located object, Map<ResourceRef, Located> objects, List<String> doubles) {
    Optional<Twice> twice =
        Optional.ofNullable(objects.get(object.resource().ref()))
            .map(first -> Twice.of(first, object));
    twice.map(Twice::told).ifPresent(doubles::add);
    objects.put(object.resource().ref(), twice.map(Twice::whole).orElse(object));
  }

  private static List<Located> read(Path file, List<String> problems) {
    try {
      return ManifestFiles.located(
          file, problem -> problems.add(String.valueOf(problem.getMessage())));
    } catch (IOException | MalformedObjectException e) {
      problems.add(String.valueOf(e.getMessage()));
      return List.of();
    }
  }
}
