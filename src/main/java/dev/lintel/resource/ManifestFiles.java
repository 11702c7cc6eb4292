package dev.lintel.resource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Finds and reads the files that hold manifests: {@code .yaml}, {@code .yml}, {@code .json}. */
public final class ManifestFiles {

  private ManifestFiles() {}

  /**
   * Returns the manifest files of a folder, by path.
   *
   * @param recursive whether folders below it are searched too
   * @throws IOException if the folder cannot be read; the message names it
   */
  public static List<Path> in(Path folder, boolean recursive) throws IOException {
    try (Stream<Path> files = Files.walk(folder, recursive ? Integer.MAX_VALUE : 1)) {
      return files.filter(Files::isRegularFile).filter(ManifestFiles::isManifest).sorted().toList();
    } catch (NoSuchFileException e) {
      throw new IOException("no such file or folder: " + e.getFile(), e);
    } catch (IOException | UncheckedIOException e) {
      throw new IOException(folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Reads every object of a folder and the folders below it.
   *
   * @throws IOException if a file cannot be read; the message names it
   * @throws MalformedObjectException if a text is not YAML, or an object lacks apiVersion or kind
   */
  public static List<Manifest> all(Path folder) throws IOException, MalformedObjectException {
    List<Manifest> manifests = new ArrayList<>();
    for (Path file : in(folder, true)) {
      manifests.addAll(Manifests.read(file.toString(), text(file)));
    }
    return manifests;
  }

  /**
   * Returns a file's text.
   *
   * @throws IOException if it cannot be read, or is not UTF-8; the message names it
   */
  public static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new IOException("no such file: " + file, e);
    } catch (IOException e) {
      throw new IOException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static boolean isManifest(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
  }
}
