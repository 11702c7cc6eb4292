package dev.lintel.diff;

import dev.lintel.manifest.ManifestFiles;
import dev.lintel.manifest.Manifests;
import dev.lintel.mesh.Platform;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.state.Existing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Pairs of states: those of a shop with the objects of a file in place of its own, and without
 * those that the file calls gone.
 */
public final class DiffCases {

  static final Path FOLDER = Path.of("src/test/resources/diff");

  private static final String GONE = "# gone: ";

  private DiffCases() {}

  public static List<Path> all() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDER)) {
      return folders.filter(Files::isDirectory).sorted().toList();
    }
  }

  static PathDiff diff(Path pair) throws Exception {
    List<Resource> before = objects(pair.resolve("before.yaml"));
    Existing existing = Existing.of(Platform.AUTO, before);
    Existing after = existing.replacing(before, objects(pair.resolve("after.yaml")));
    return PathDiff.between(existing.topology(), after.topology());
  }

  /** Returns the shop's objects as a file changes them. */
  public static List<Resource> objects(Path file) throws Exception {
    List<Resource> own = read(file);
    List<String> replaced = new ArrayList<>(own.stream().map(o -> o.ref().toString()).toList());
    Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(GONE))
        .map(line -> line.substring(GONE.length()))
        .forEach(replaced::add);
    List<Resource> objects = new ArrayList<>();
    for (Resource object : read(FOLDER.resolve("_shop.yaml"))) {
      ResourceRef ref = object.ref();
      if (!replaced.contains(ref.toString())) {
        objects.add(object);
      }
    }
    objects.addAll(own);
    return objects;
  }

  private static List<Resource> read(Path file) throws Exception {
    return ManifestFiles.resources(
        file,
        Manifests.DEFAULT_NAMESPACE,
        problem -> {
          throw new AssertionError(file + ": " + problem.getMessage());
        });
  }
}
