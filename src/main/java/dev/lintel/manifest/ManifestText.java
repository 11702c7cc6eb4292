package dev.lintel.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.ResourceRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A text with manifests, and the objects in it. It can be edited without a change elsewhere. */
public final class ManifestText {

  private final String source;
  private final String text;
  private final boolean isInFile;
  private final boolean isOfUnits;
  private final List<Manifest> manifests;

  private ManifestText(String source, String text, boolean isInFile)
      throws MalformedObjectException {
    this.source = source;
    this.text = text;
    this.isInFile = isInFile;
    this.isOfUnits = text.chars().noneMatch(unit -> Character.isSurrogate((char) unit));
    this.manifests =
        ManifestReader.whole(
            source, text, (object, position) -> new Manifest(this, position, object));
  }

  /**
   * Reads every object of a text.
   *
   * @param source the file's name, for messages
   * @param text YAML or JSON; documents that have neither apiVersion nor kind are passed over
   * @throws MalformedObjectException if the text is not YAML, or an object lacks apiVersion or
   *     kind; the message begins with source, line and column
   */
  public static ManifestText read(String source, String text) throws MalformedObjectException {
    return new ManifestText(source, text, true);
  }

  /** Tells whether anybody wrote it: it may stand for an object that no file is known of. */
  boolean isInFile() {
    return isInFile;
  }

  /**
   * Returns what stands for an object of a cluster: its identity, and nothing that could be edited.
   */
  static ManifestText standingFor(ResourceRef ref) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("name", ref.name());
    if (!ref.namespace().isEmpty()) {
      metadata.put("namespace", ref.namespace());
    }
    String version = ref.kind().versions().getFirst();
    String group = ref.kind().group();
    try {
      String json =
          new ObjectMapper()
              .writeValueAsString(
                  Map.of(
                      "apiVersion",
                      group.isEmpty() ? version : group + "/" + version,
                      "kind",
                      ref.kind().objectKind(),
                      "metadata",
                      metadata));
      return new ManifestText(ref.toString(), json, false);
    } catch (JsonProcessingException | MalformedObjectException e) {
      throw new IllegalStateException("an object's identity is an object", e);
    }
  }

  /** Returns the file's name, for messages. */
  public String source() {
    return source;
  }

  /** Returns the text as it is. */
  public String text() {
    return text;
  }

  /** Returns the objects, in the order of the text; those of lists one by one. */
  public List<Manifest> manifests() {
    return manifests;
  }

  /**
   * Sets a text in an object, in a mapping that is there already.
   *
   * @param position which object; see {@link Manifest#position()}
   * @param pointer a JSON pointer to the field, which need not be there
   * @return the edited text; empty if it cannot be written without a change elsewhere
   */
  public Optional<ManifestText> set(int position, String pointer, String value) {
    return ManifestEdit.set(manifests.get(position), pointer, value);
  }

  /**
   * Removes a field of an object.
   *
   * @param position which object; see {@link Manifest#position()}
   * @param pointer a JSON pointer to the field
   * @return the edited text; empty if the field is not there, or cannot be removed without a change
   *     elsewhere
   */
  public Optional<ManifestText> remove(int position, String pointer) {
    return ManifestEdit.remove(manifests.get(position), pointer);
  }

  /**
   * Removes a mapping that has no entries.
   *
   * @param position which object; see {@link Manifest#position()}
   * @param pointer a JSON pointer to the mapping
   * @return the edited text; empty if there is no such mapping, it has entries, or it cannot be
   *     removed without a change elsewhere
   */
  public Optional<ManifestText> removeEmpty(int position, String pointer) {
    return ManifestEdit.removeEmpty(manifests.get(position), pointer);
  }

  /**
   * Puts edited excerpts in the place of what they were taken from.
   *
   * @param excerpts what has become of {@link Manifest#excerpt()}, by the object's position
   * @return the edited text; empty if it would hold anything but the other objects as they are and
   *     these as the excerpts have them
   */
  public Optional<ManifestText> with(Map<Integer, ManifestText> excerpts) {
    StringBuilder edited = new StringBuilder(text);
    new TreeMap<>(excerpts)
        .descendingMap()
        .forEach((position, excerpt) -> Excerpt.of(manifests.get(position)).put(excerpt, edited));
    try {
      ManifestText found = read(source, edited.toString());
      return found.isAsMeant(this, excerpts) ? Optional.of(found) : Optional.empty();
    } catch (MalformedObjectException e) {
      return Optional.empty();
    }
  }

  private boolean isAsMeant(ManifestText former, Map<Integer, ManifestText> excerpts) {
    return manifests.size() == former.manifests.size()
        && manifests.stream()
            .allMatch(
                found ->
                    Optional.ofNullable(excerpts.get(found.position()))
                        .map(excerpt -> excerpt.manifests.getFirst())
                        .orElse(former.manifests.get(found.position()))
                        .json()
                        .equals(found.json()));
  }

  /** Returns where a character stands that the YAML parser counts in code points. */
  int offset(int codePoints) {
    return isOfUnits ? codePoints : text.offsetByCodePoints(0, codePoints);
  }
}
