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

/** Finds the objects of a text: YAML 1.2 or JSON, several documents, {@code List} kinds. */
final class ManifestReader {

  private static final int MAX_CODE_POINTS = 256 << 20;

  private final ManifestText text;
  private final String source;
  private final List<Manifest> manifests = new ArrayList<>();

  ManifestReader(ManifestText text) {
    this.text = text;
    this.source = text.source();
  }

  /** Returns the objects, in the order of the text. */
  List<Manifest> read() throws MalformedObjectException {
    try {
      Iterator<Node> documents = documents();
      while (documents.hasNext()) {
        Node document = documents.next();
        if (!document.getTag().equals(Tag.NULL)) {
          addObjects(document);
        }
      }
    } catch (MarkedYamlEngineException e) {
      String place = e.getProblemMark().map(mark -> place(source, mark)).orElse(source);
      throw new MalformedObjectException(place + ": " + e.getProblem(), e);
    } catch (YamlEngineException e) {
      throw new MalformedObjectException(source + ": " + e.getMessage(), e);
    }
    return List.copyOf(manifests);
  }

  private Iterator<Node> documents() {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(source)
            .setSchema(new CoreSchema())
            .setCodePointLimit(MAX_CODE_POINTS)
            .build();
    return new Compose(settings).composeAllFromString(JsonTabs.blanked(text.text())).iterator();
  }

  private void addObjects(Node node) throws MalformedObjectException {
    if (!(node instanceof MappingNode object) || isOther(object)) {
      return;
    }
    String kind = scalar(object, "kind").orElse("");
    Optional<SequenceNode> items = items(object);
    if (kind.endsWith("List") && items.isPresent()) {
      for (Node item : items.get().getValue()) {
        addObjects(item);
      }
      return;
    }
    String apiVersion = scalar(object, "apiVersion").orElse("");
    if (kind.isEmpty() || apiVersion.isEmpty()) {
      throw new MalformedObjectException(
          "%s: the object has no %s"
              .formatted(place(source, node), kind.isEmpty() ? "kind" : "apiVersion"));
    }
    String json = new YamlToJson(source).convert(object);
    manifests.add(new Manifest(text, manifests.size(), object, apiVersion, kind, json));
  }

  /** Repositories hold more than objects: kustomizations, values of charts, patches, pipelines. */
  private static boolean isOther(MappingNode document) {
    return value(document, "kind").isEmpty() && value(document, "apiVersion").isEmpty();
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
    return node.getStartMark().map(mark -> place(source, mark)).orElse(source);
  }

  private static String place(String source, Mark mark) {
    return "%s:%d:%d".formatted(source, mark.getLine() + 1, mark.getColumn() + 1);
  }
}
