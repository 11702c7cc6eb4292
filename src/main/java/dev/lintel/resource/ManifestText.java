package dev.lintel.resource;

import java.util.List;
import java.util.Optional;

/** A text with manifests, and the objects in it. It can be edited without a change elsewhere. */
public final class ManifestText {

  private final String source;
  private final String text;
  private final List<Manifest> manifests;

  private ManifestText(String source, String text) throws MalformedObjectException {
    this.source = source;
    this.text = text;
    this.manifests = new ManifestReader(this).read();
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
    return new ManifestText(source, text);
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
}
