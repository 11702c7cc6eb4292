package dev.lintel.sample;

import dev.lintel.manifest.ManifestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds the files that hold samples. */
public final class SampleFiles {

  private static final String PRESETS = "_clusters";

  private SampleFiles() {}

  /**
   * Returns the samples of a folder and the folders below it, by path, or a file alone. What stands
   * in a folder {@code _clusters} is a set-up and no sample.
   *
   * @throws IOException if the folder cannot be read; the message names it
   */
  public static List<Path> in(Path fileOrFolder) throws IOException {
    if (Files.isRegularFile(fileOrFolder)) {
      return List.of(fileOrFolder);
    }
    return ManifestFiles.in(fileOrFolder, true).stream()
        .filter(file -> !isPreset(fileOrFolder.relativize(file)))
        .toList();
  }

  private static boolean isPreset(Path file) {
    for (Path part : file) {
      if (part.toString().equals(PRESETS)) {
        return true;
      }
    }
    return false;
  }
}
