package dev.lintel.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.lintel.manifest.NodePath.Step;
import dev.lintel.resource.Kind;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.Resource;
import dev.lintel.resource.Resources;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * An object as it stands in a text that itself need not be kept.
 *
 * @param source the file's name, for messages
 * @param node the object with the places of its fields
 * @param apiVersion as written; not empty
 * @param kindName {@code kind} as written; not empty
 * @param json the whole object
 */
record FoundObject(
    String source, MappingNode node, String apiVersion, String kindName, String json) {

  private static final JsonFactory JSON = new JsonFactory();

  /** Returns what the object is; empty if Lintel does not read such objects. */
  Optional<Kind> kind() {
    return Kind.of(apiVersion, kindName);
  }

  /** See {@link Manifest#resource(String)}. */
  Optional<Resource> resource(String namespace) throws MalformedObjectException {
    Optional<Kind> kind = kind();
    return kind.isEmpty() ? Optional.empty() : Optional.of(read(kind.get(), namespace));
  }

  /** Returns the object with what tells how new it is; see {@link Manifest#resource(String)}. */
  Optional<Located> located(String namespace) throws MalformedObjectException {
    Region at = place();
    return resource(namespace)
        .map(
            read ->
                new Located(
                    read,
                    "%s:%d:%d".formatted(source, at.line(), at.column()),
                    metadata("resourceVersion").orElse(""),
                    hasStatus()));
  }

  /** See {@link Manifest#namespace()}. */
  Optional<String> namespace() {
    return metadata("namespace").filter(found -> !found.isEmpty());
  }

  private Optional<String> metadata(String key) {
    return value(node, "metadata")
        .filter(MappingNode.class::isInstance)
        .flatMap(metadata -> value((MappingNode) metadata, key))
        .filter(ScalarNode.class::isInstance)
        .map(found -> ((ScalarNode) found).getValue());
  }

  private boolean hasStatus() {
    return value(node, "status")
        .filter(status -> status instanceof MappingNode said && !said.getValue().isEmpty())
        .isPresent();
  }

  private static Optional<Node> value(MappingNode object, String key) {
    return ManifestReader.value(object, key);
  }

  /** Returns where the object begins. */
  Region place() {
    return region(node, node);
  }

  /** See {@link Manifest#place(String)}. */
  Region place(String field) {
    List<Step> steps = NodePath.follow(node, NodePath.ofField(field));
    return steps.isEmpty()
        ? place()
        : region(steps.getLast().key(), endOf(steps.getLast().key(), steps.getLast().value()));
  }

  private Resource read(Kind kind, String namespace) throws MalformedObjectException {
    try (JsonParser parser = JSON.createParser(json)) {
      Resource resource = Resources.readWritten(kind, parser);
      return kind.isNamespaced() && resource.namespace().isEmpty()
          ? resource.withMetadata(resource.metadata().inNamespace(namespace))
          : resource;
    } catch (MalformedObjectException e) {
      Region at = place(fieldIn(e));
      throw new MalformedObjectException(
          "%s:%d:%d: %s: %s".formatted(source, at.line(), at.column(), kindName, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new MalformedObjectException(source + ": " + e.getMessage(), e);
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
