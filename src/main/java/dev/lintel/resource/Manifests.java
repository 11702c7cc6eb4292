package dev.lintel.resource;

import java.util.List;

/**
 * Reads manifests as people write them: YAML 1.2 or JSON, several documents, {@code List} kinds.
 */
public final class Manifests {

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
}
