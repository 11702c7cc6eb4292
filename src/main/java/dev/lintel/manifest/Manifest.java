package dev.lintel.manifest;

import dev.lintel.resource.Kind;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** An object as a file holds it, and where in the file each of its fields stands. */
public final class Manifest {

  private final ManifestText text;
  private final int position;
  private final FoundObject object;

  /**
   * Creates a manifest.
   *
   * @param position how many objects stand before it in the text
   */
  Manifest(ManifestText text, int position, FoundObject object) {
    this.text = text;
    this.position = position;
    this.object = object;
  }

  /** Returns what stands for an object of a cluster, which has no place in any file. */
  public static Manifest standingFor(ResourceRef ref) {
    return ManifestText.standingFor(ref).manifests().getFirst();
  }

  /** Tells whether the object stands in a file, or comes from standard input. */
  public boolean isInFile() {
    return text.isInFile();
  }

  /** Returns the text that the object stands in. */
  public ManifestText text() {
    return text;
  }

  /** Returns how many objects stand before it in the text. */
  public int position() {
    return position;
  }

  /** Returns the file's name, for messages. */
  public String source() {
    return object.source();
  }

  /** Returns {@code apiVersion} as written. */
  public String apiVersion() {
    return object.apiVersion();
  }

  /** Returns {@code kind} as written. */
  public String kindName() {
    return object.kindName();
  }

  /** Returns the namespace as written; empty if none is. */
  public Optional<String> namespace() {
    return object.namespace();
  }

  /** Returns the whole object as JSON. */
  public String json() {
    return object.json();
  }

  /**
   * Returns the object's own part of the text, which can be edited without reading the rest again.
   *
   * @return empty if it cannot be read alone
   */
  public Optional<ManifestText> excerpt() {
    try {
      ManifestText alone = ManifestText.read(source(), Excerpt.of(this).alone());
      boolean isSame =
          alone.manifests().size() == 1 && alone.manifests().getFirst().json().equals(json());
      return isSame ? Optional.of(alone) : Optional.empty();
    } catch (MalformedObjectException e) {
      return Optional.empty();
    }
  }

  MappingNode node() {
    return object.node();
  }

  /** Returns where the object begins. */
  public Region place() {
    return object.place();
  }

  /**
   * Returns where a field stands: from its key to the end of its value if that is a single value,
   * else its key. Of a field that is not there, the nearest one around it counts.
   *
   * @param field in Kubernetes' own notation, for example {@code spec.ports[0].port}
   */
  public Region place(String field) {
    return object.place(field);
  }

  /** Returns what the object is; empty if Lintel does not read such objects. */
  public Optional<Kind> kind() {
    return object.kind();
  }

  /**
   * Reads the object. A namespaced object that names no namespace is in {@code default}, as with
   * kubectl.
   *
   * @return the object; empty if Lintel does not read such objects
   * @throws MalformedObjectException if a field has a wrong type; the message begins with source,
   *     line and column
   */
  public Optional<Resource> resource() throws MalformedObjectException {
    return resource(Manifests.DEFAULT_NAMESPACE);
  }

  /**
   * Reads the object; else see {@link #resource()}.
   *
   * @param namespace where a namespaced object is that names none
   */
  public Optional<Resource> resource(String namespace) throws MalformedObjectException {
    return object.resource(namespace);
  }
}
