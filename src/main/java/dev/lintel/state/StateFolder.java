package dev.lintel.state;

import dev.lintel.manifest.Excludes;
import dev.lintel.manifest.HelmChart;
import dev.lintel.manifest.Located;
import dev.lintel.manifest.ManifestFiles;
import dev.lintel.manifest.Manifests;
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
 * What a folder of manifests, and the folders below it, hold; but for what its {@link
 * Excludes#FILE} leaves out.
 *
 * @param objects what can be read; of a whole cluster only what rules read fits into memory
 * @param problems what cannot be read, each with its place
 * @param notes what is there twice, and which of both is among the objects; what was skipped
 */
public record StateFolder(List<Resource> objects, List<Problem> problems, List<String> notes) {

  /**
   * What cannot be read.
   *
   * @param file the file, or the folder
   * @param said what is wrong; begins with the file, line and column where they are known
   */
  public record Problem(String file, String said) {
    private static Problem of(Path file, Exception cause) {
      return new Problem(file.toString(), String.valueOf(cause.getMessage()));
    }
  }

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
    notes = List.copyOf(notes);
  }

  /** Reads a folder. */
  public static StateFolder read(Path folder, Progress progress) {
    Map<ResourceRef, Located> objects = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    List<Path> templates = new ArrayList<>();
    try {
      Excludes excludes = Excludes.in(folder);
      List<Path> files =
          ManifestFiles.in(folder, true).stream().filter(file -> !excludes.contains(file)).toList();
      for (int i = 0; i < files.size(); i++) {
        progress.at(i, files.size());
        for (Located object : read(files.get(i), problems, templates)) {
          add(object, objects, notes);
        }
      }
    } catch (IOException e) {
      problems.add(Problem.of(folder, e));
    }
    if (!templates.isEmpty()) {
      notes.add(HelmChart.skipped(templates));
    }
    return new StateFolder(
        objects.values().stream().map(Located::resource).toList(), problems, notes);
  }

  private static void add(Located object, Map<ResourceRef, Located> objects, List<String> notes) {
    Optional<Twice> twice =
        Optional.ofNullable(objects.get(object.resource().ref()))
            .map(first -> Twice.of(first, object));
    twice.map(Twice::told).ifPresent(notes::add);
    objects.put(object.resource().ref(), twice.map(Twice::whole).orElse(object));
  }

  private static List<Located> read(Path file, List<Problem> problems, List<Path> templates) {
    try {
      if (HelmChart.isTemplate(file)) {
        templates.add(file);
        return List.of();
      }
      return ManifestFiles.located(
          file, Manifests.DEFAULT_NAMESPACE, problem -> problems.add(Problem.of(file, problem)));
    } catch (IOException | MalformedObjectException e) {
      problems.add(Problem.of(file, e));
      return List.of();
    }
  }
}
