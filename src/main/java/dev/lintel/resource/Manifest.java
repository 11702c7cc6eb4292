package dev.lintel.resource;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.lintel.resource.NodePath.Step;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** An object as a file holds it, and where in the file each of its fields stands. */
public final class Manifest {

  private static final JsonFactory JSON = new JsonFactory();

  private final ManifestText text;
  private final int position;
  private final MappingNode node;
  private final String apiVersion;
  private final String kindName;
  private final String json;

  /**
   * Creates a manifest.
   *
   * @param position how many objects stand before it in the text
   * @param json the whole object
   */
  Manifest(
      ManifestText text,
      int position,
      MappingNode node,
      String apiVersion,
      String kindName,
      String json) {
    this.text = text;
    this.position = position;
    this.node = node;
    this.apiVersion = apiVersion;
    this.kindName = kindName;
    this.json = json;
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
    return text.source();
  }

  /** Returns {@code apiVersion} as written. */
  public String apiVersion() {
    return apiVersion;
  }

  /** Returns {@code kind} as written. */
  public String kindName() {
    return kindName;
  }

  /** Returns the whole object as JSON. */
  public String json() {
    return json;
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
          alone.manifests().size() == 1 && alone.manifests().getFirst().json().equals(json);
      return isSame ? Optional.of(alone) : Optional.empty();
    } catch (MalformedObjectException e) {
      return Optional.empty();
    }
  }

  MappingNode node() {
    return node;
  }

  /** Returns where the object begins. */
  public Region place() {
    return region(node, node);
  }

  /**
   * Returns where a field stands: from its key to the end of its value if that is a single value,
   * else its key. Of a field that is not there, the nearest one around it counts.
   *
   * @param field in Kubernetes' own notation, for example {@code spec.ports[0].port}
   */
  public Region place(String field) {
    List<Step> steps = NodePath.follow(node, NodePath.ofField(field));
    return steps.isEmpty()
        ? place()
        : region(steps.getLast().key(), endOf(steps.getLast().key(), steps.getLast().value()));
  }

  /** Returns what the object is; empty if Lintel does not read such objects. */
  public Optional<Kind> kind() {
    return Kind.of(apiVersion, kindName);
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
    Optional<Kind> kind = kind();
    return kind.isEmpty() ? Optional.empty() : Optional.of(read(kind.get()));
  }

  private Resource read(Kind kind) throws MalformedObjectException {
    try (JsonParser parser = JSON.createParser(json)) {
      Resource resource = Resources.read(kind, parser);
      return kind.isNamespaced() && resource.namespace().isEmpty()
          ? resource.withMetadata(resource.metadata().inNamespace("default"))
          : resource;
    } catch (MalformedObjectException e) {
      Region at = place(fieldIn(e));
      throw new MalformedObjectException(
          "%s:%d:%d: %s: %s".formatted(source(), at.line(), at.column(), kindName, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new MalformedObjectException(source() + ": " + e.getMessage(), e);
    }
  }

  /** A reader begins its message with the field, where it has one. */
  private static String fieldIn(MalformedObjectException e) {
    String message = String.valueOf(e.getMessage());
    int colon = message.indexOf(": ");
    return colon < 0 ? "" : message.substring(0, colon);
  }

  /** A value that stands elsewhere, or in many lines, does not help to find its key. */
  private static Node endOf(Node key, Node value) {
    boolean isBesideKey =
        value instanceof ScalarNode scalar
            && scalar.getScalarStyle() != ScalarStyle.LITERAL
            && scalar.getScalarStyle() != ScalarStyle.FOLDED
            && start(value).getLine() == start(key).getLine();
    return isBesideKey ? value : key;
  }

  private static Region region(Node from, Node to) {
    Mark start = start(from);
    Mark end =
        to instanceof ScalarNode
            ? to.getEndMark().filter(mark -> isAfter(start, mark)).orElse(start)
            : start;
    return new Region(
        start.getLine() + 1, start.getColumn() + 1, end.getLine() + 1, end.getColumn() + 1);
  }

  private static boolean isAfter(Mark start, Mark end) {
    return end.getIndex() > start.getIndex();
  }

  private static Mark start(Node node) {
    return node.getStartMark().orElseThrow();
  }
}
