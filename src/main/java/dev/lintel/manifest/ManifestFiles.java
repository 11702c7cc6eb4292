package dev.lintel.manifest;

import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds and reads the files that hold manifests: {@code .yaml}, {@code .yml}, {@code .json}. */
public final class ManifestFiles {

  private static final char NUL = 0;
  private static final String TEXT_CONTROLS = "\t\n\r\f\b\033";

  /** How much of a file is looked at to tell what it is. */
  private static final int SNIFFED = 8000;

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
   * @param namespace where a namespaced object is that names none
   * @param problems is told; each message begins with source, line and column
   * @throws IOException if the file cannot be read, or is not UTF-8; the message names it
   * @throws MalformedObjectException if the text is not YAML, or an object lacks apiVersion or
   *     kind; the message begins with source, line and column
   */
  public static List<Resource> resources(
      Path file, String namespace, Consumer<MalformedObjectException> problems)
      throws IOException, MalformedObjectException {
    return located(file, namespace, problems).stream().map(Located::resource).toList();
  }

  /** Reads the same as {@link #resources}, with where each object begins and how new it is. */
  public static List<Located> located(
      Path file, String namespace, Consumer<MalformedObjectException> problems)
      throws IOException, MalformedObjectException {
    try (Reader text = Files.newBufferedReader(file)) {
      return Manifests.located(file.toString(), text, namespace, problems);
    } catch (MalformedObjectException e) {
      if (isBinary(file)) {
        throw binary(file);
      }
      throw e;
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
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    if (text.indexOf(NUL) >= 0) {
      throw binary(file);
    }
    return text;
  }

  private static IOException unreadable(Path file, IOException e) throws IOException {
    return switch (e) {
      case NoSuchFileException missing -> new IOException("no such file: " + file, missing);
      case CharacterCodingException coding ->
          isBinary(file) ? binary(file) : new IOException(file + " is not text in UTF-8", coding);
      default -> new IOException(file + " cannot be read: " + e.getMessage(), e);
    };
  }

  private static IOException binary(Path file) {
    return new IOException(file + " is a binary file, and neither YAML nor JSON");
  }

  /** Tells binary files: near their beginning there is a character that no text has. */
  private static boolean isBinary(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(SNIFFED);
      return IntStream.range(0, head.length)
          .anyMatch(i -> head[i] >= 0 && head[i] < ' ' && TEXT_CONTROLS.indexOf(head[i]) < 0);
    }
  }

  private static boolean isManifest(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
  }
}
