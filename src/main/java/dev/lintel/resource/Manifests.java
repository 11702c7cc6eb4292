package dev.lintel.resource;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads manifests as people write them: YAML 1.2 or JSON, several documents, {@code List} kinds.
 */
public final class Manifests {

  private static final int MAX_CODE_POINTS = 256 << 20;

  private Manifests() {}

  /**
   * Reads every object of a text.
   *
   * @param source the file's name, for messages
   * @param text YAML or JSON; documents without content are passed over
   * @return the objects, in the order of the text; those of lists one by one
   * @throws MalformedObjectException if the text is not YAML, or a document is no Kubernetes
   *     object; the message begins with source, line and column
   */
  public static List<Manifest> read(String source, String text) throws MalformedObjectException {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(source)
            .setSchema(new CoreSchema())
            .setCodePointLimit(MAX_CODE_POINTS)
            .build();
    List<Manifest> manifests = new ArrayList<>();
    try {
      Iterator<Node> documents = new Compose(settings).composeAllFromString(text).iterator();
      while (documents.hasNext()) {
        Node document = documents.next();
        if (!document.getTag().equals(Tag.NULL)) {
          addObjects(source, document, manifests);
        }
      }
    } catch (MarkedYamlEngineException e) {
      String place = e.getProblemMark().map(mark -> place(source, mark)).orElse(source);
      throw new MalformedObjectException(place + ": " + e.getProblem(), e);
    } catch (YamlEngineException e) {
      throw new MalformedObjectException(source + ": " + e.getMessage(), e);
    }
    return manifests;
  }

  private static void addObjects(String source, Node node, List<Manifest> manifests)
      throws MalformedObjectException {
    if (!(node instanceof MappingNode object)) {
      throw new MalformedObjectException(
          place(source, node) + ": expected an object with apiVersion and kind");
    }
    String kind = scalar(object, "kind").orElse("");
    Optional<SequenceNode> items = items(object);
    if (kind.endsWith("List") && items.isPresent()) {
      for (Node item : items.get().getValue()) {
        addObjects(source, item, manifests);
      }
      return;
    }
    String apiVersion = scalar(object, "apiVersion").orElse("");
    if (kind.isEmpty() || apiVersion.isEmpty()) {
      throw new MalformedObjectException(
          "%s: the object has no %s"
              .formatted(place(source, node), kind.isEmpty() ? "kind" : "apiVersion"));
    }
    manifests.add(
        new Manifest(
            source,
            line(node),
            column(node),
            apiVersion,
            kind,
            new YamlToJson(source).convert(object)));
  }

  private static Optional<String> scalar(MappingNode object, String key) {
    return value(object, key)
        .filter(ScalarNode.class::isInstance)
        .map(node -> ((ScalarNode) node).getValue());
  }

  private static Optional<SequenceNode> items(MappingNode object) {
    return value(object, "items")
        .filter(SequenceNode.class::isInstance)
        .map(SequenceNode.class::cast);
  }

  private static Optional<Node> value(MappingNode object, String key) {
    return object.getValue().stream()
        .filter(
            tuple -> tuple.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key))
        .map(NodeTuple::getValueNode)
        .findFirst();
  }

  /** Returns where a node begins: {@code source:line:column}, counted from 1. */
  static String place(String source, Node node) {
    return "%s:%d:%d".formatted(source, line(node), column(node));
  }

  private static String place(String source, Mark mark) {
    return "%s:%d:%d".formatted(source, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  private static int column(Node node) {
    return node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1);
  }
}
