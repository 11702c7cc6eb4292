package dev.lintel.manifest;

import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.Resource;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
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
      return files
          .filter(Files::isRegularFile)
          .filter(ManifestFiles::isManifest)
          .filter(file -> !HelmChart.isDescription(file))
          .sorted()
          .toList();
    } catch (NoSuchFileException e) {
      throw new IOException("no such file or folder: " + e.getFile(), e);
    } catch (IOException | UncheckedIOException e) {
      throw new IOException(folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Reads what Lintel reads of a file's objects, one after the other: neither the text nor where
   * things stand in it is held. An object that cannot be read is told, and left out.
   *
   * @param problems is told; each message begins with source, line and column
   * @throws IOException if the file cannot be read, or is not UTF-8; the message names it
   * @throws MalformedObjectException if the text is not YAML, or an object lacks apiVersion or
   *     kind; the message begins with source, line and column
   */
  public static List<Resource> resources(Path file, Consumer<MalformedObjectException> problems)
      throws IOException, MalformedObjectException {
    return located(file, problems).stream().map(Located::resource).toList();
  }

  /** Reads the same as {@link #resources}, with where each object begins and how new it is. */
  public static List<Located> located(Path file, Consumer<MalformedObjectException> problems)
      throws IOException, MalformedObjectException {
    try (Reader text = Files.newBufferedReader(file)) {
      return Manifests.located(file.toString(), text, problems);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Returns a file's text.
   *
   * @throws IOException if it cannot be read, or is not UTF-8; the message names it
   */
  public static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static IOException unreadable(Path file, IOException e) {
    return e instanceof NoSuchFileException
        ? new IOException("no such file: " + file, e)
        : new IOException(file + " cannot be read: " + e.getMessage(), e);
  }

  private static boolean isManifest(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
  }
}
