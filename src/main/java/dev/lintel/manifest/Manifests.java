package dev.lintel.manifest;

import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.Resource;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads manifests as people write them: YAML 1.2 or JSON, several documents, {@code List} kinds.
 */
public final class Manifests {

  /** Where a namespaced object is that names no namespace, as with kubectl. */
  public static final String DEFAULT_NAMESPACE = "default";

  private Manifests() {}

  /**
   * Reads every object of a text.
   *
   * @param source the file's name, for messages
   * @param text YAML or JSON; documents that have neither apiVersion nor kind are passed over
   * @return the objects, in the order of the text; those of lists one by one
   * @throws MalformedObjectException if the text is not YAML, or an object lacks apiVersion or
   *     kind; the message begins with source, line and column
   */
  public static List<Manifest> read(String source, String text) throws MalformedObjectException {
    return ManifestText.read(source, text).manifests();
  }

  /**
   * Reads what Lintel reads of a text's objects, one after the other: nothing else of the text is
   * held. An object that cannot be read is told, and left out.
   *
   * @param source the file's name, for messages
   * @param text YAML or JSON; documents that have neither apiVersion nor kind are passed over
   * @param namespace where a namespaced object is that names none
   * @param problems is told; each message begins with source, line and column
   * @return the objects, in the order of the text; those of lists one by one
   * @throws IOException if the text cannot be read
   * @throws MalformedObjectException if the text is not YAML, or an object lacks apiVersion or
   *     kind; the message begins with source, line and column
   */
  public static List<Resource> resources(
      String source, Reader text, String namespace, Consumer<MalformedObjectException> problems)
      throws IOException, MalformedObjectException {
    return located(source, text, namespace, problems).stream().map(Located::resource).toList();
  }

  /** Reads the same as {@link #resources}, with where each object begins and how new it is. */
  static List<Located> located(
      String source, Reader text, String namespace, Consumer<MalformedObjectException> problems)
      throws IOException, MalformedObjectException {
    List<Located> objects = new ArrayList<>();
    for (Reading reading :
        ManifestReader.oneByOne(
            source, text, (object, position) -> Reading.of(object, namespace))) {
      reading.problem().ifPresent(problems);
      reading.object().ifPresent(objects::add);
    }
    return objects;
  }

  /** What came of an object: at most one of the two. */
  private record Reading(Optional<Located> object, Optional<MalformedObjectException> problem) {

    static Reading of(FoundObject object, String namespace) {
      try {
        return new Reading(object.located(namespace), Optional.empty());
      } catch (MalformedObjectException e) {
        return new Reading(Optional.empty(), Optional.of(e));
      }
    }
  }
}
