package dev.lintel.resource;

import dev.lintel.resource.LabelSelector.Expression;
import dev.lintel.resource.MeshConfig.EntryVisibility;
import dev.lintel.resource.MeshConfig.Scope;
import dev.lintel.resource.MeshConfig.Visibility;
import dev.lintel.resource.MeshConfig.VisibilityPolicy;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads a ConfigMap. The mesh config is a YAML text in it. Whoever may write in one namespace may
 * call a ConfigMap as istiod's is called, so it is read within bounds: of its length and its depth,
 * and of what it repeats only where it is looked for.
 */
final class MeshConfigReader {

  /** Deeper than any mesh config. */
  private static final int MAX_DEPTH = 64;

  /** An alias may stand for the same list in each selector. */
  private static final int MAX_EXPRESSIONS = 16;

  private static final String SOURCE = "data.mesh";

  private MeshConfigReader() {}

  static MeshConfig read(Cursor in) throws IOException, MalformedObjectException {
    Metadata metadata = MetadataReader.NONE;
    String mesh = "";
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "metadata" -> metadata = MetadataReader.read(in);
        case "data" -> mesh = readData(in);
        default -> in.skip();
      }
    }
    boolean isRead = metadata.name().equals(MeshConfig.NAME) && mesh.length() <= Most.MESH_CONFIG;
    Optional<Node> document = isRead && !mesh.isBlank() ? document(mesh) : Optional.empty();
    return new MeshConfig(
        metadata,
        elements(document.flatMap(root -> value(root, "serviceScopeConfigs")))
            .limit(Most.REFERENCES)
            .map(MeshConfigReader::scope)
            .toList(),
        document
            .flatMap(root -> value(root, "serviceEntryVisibility"))
            .map(MeshConfigReader::entryVisibility));
  }

  /** A text that was longer than its limit is longer by a character now. */
  private static String readData(Cursor in) throws IOException, MalformedObjectException {
    String mesh = "";
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "mesh" -> mesh = in.text(Most.MESH_CONFIG);
        default -> in.skip();
      }
    }
    return mesh;
  }

  private static Optional<Node> document(String mesh) throws MalformedObjectException {
    LoadSettings settings = LoadSettings.builder().setLabel(SOURCE).build();
    try {
      checkDepth(new ParserImpl(settings, new StreamReader(settings, mesh)));
      Composer documents =
          new Composer(settings, new ParserImpl(settings, new StreamReader(settings, mesh)));
      return documents.hasNext() ? Optional.of(documents.next()) : Optional.empty();
    } catch (YamlEngineException e) {
      throw new MalformedObjectException(SOURCE + " is no YAML", e);
    }
  }

  /** What composes a document calls itself for each level, so the depth is looked at before. */
  private static void checkDepth(Parser events) throws MalformedObjectException {
    int depth = 0;
    while (events.hasNext()) {
      Event.ID event = events.next().getEventId();
      if (event == Event.ID.MappingStart || event == Event.ID.SequenceStart) {
        depth++;
      } else if (event == Event.ID.MappingEnd || event == Event.ID.SequenceEnd) {
        depth--;
      }
      if (depth > MAX_DEPTH) {
        throw new MalformedObjectException(SOURCE + " is nested too deeply");
      }
    }
  }

  private static Scope scope(Node config) {
    return new Scope(
        scalar(value(config, "scope")).filter("GLOBAL"::equals).isPresent(),
        value(config, "servicesSelector").map(MeshConfigReader::selector),
        value(config, "namespaceSelector").map(MeshConfigReader::selector));
  }

  private static EntryVisibility entryVisibility(Node config) {
    return new EntryVisibility(
        elements(value(config, "policies"))
            .limit(Most.REFERENCES)
            .map(MeshConfigReader::visibilityPolicy)
            .toList(),
        visibility(value(config, "defaultVisibility")));
  }

  private static VisibilityPolicy visibilityPolicy(Node policy) {
    return new VisibilityPolicy(
        visibility(value(policy, "visibility")),
        elements(value(policy, "matchingRules"))
            .limit(MAX_EXPRESSIONS)
            .map(rule -> value(rule, "namespaceSelector").map(MeshConfigReader::selector))
            .toList());
  }

  private static Visibility visibility(Optional<Node> written) {
    return Visibility.named(scalar(written).orElse(""));
  }

  private static LabelSelector selector(Node selector) {
    Map<String, String> labels = new LinkedHashMap<>();
    fields(value(selector, "matchLabels"))
        .limit(Most.LABELS)
        .forEach(
            field ->
                scalar(Optional.of(field.getKeyNode()))
                    .ifPresent(
                        key ->
                            labels.put(key, scalar(Optional.of(field.getValueNode())).orElse(""))));
    List<Expression> expressions =
        elements(value(selector, "matchExpressions"))
            .limit(MAX_EXPRESSIONS)
            .map(MeshConfigReader::expression)
            .toList();
    return new LabelSelector(labels, expressions);
  }

  private static Expression expression(Node expression) {
    return new Expression(
        scalar(value(expression, "key")).orElse(""),
        scalar(value(expression, "operator")).orElse(""),
        elements(value(expression, "values"))
            .limit(Most.EXPRESSIONS)
            .map(value -> scalar(Optional.of(value)).orElse(""))
            .toList());
  }

  private static Optional<Node> value(Node node, String key) {
    return fields(Optional.of(node))
        .filter(field -> scalar(Optional.of(field.getKeyNode())).filter(key::equals).isPresent())
        .map(NodeTuple::getValueNode)
        .findFirst();
  }

  private static Stream<NodeTuple> fields(Optional<Node> node) {
    return node.stream()
        .flatMap(n -> n instanceof MappingNode map ? map.getValue().stream() : Stream.of());
  }

  private static Stream<Node> elements(Optional<Node> node) {
    return node.stream()
        .flatMap(n -> n instanceof SequenceNode list ? list.getValue().stream() : Stream.of());
  }

  private static Optional<String> scalar(Optional<Node> node) {
    return node.flatMap(
        n -> n instanceof ScalarNode text ? Optional.of(text.getValue()) : Optional.empty());
  }
}
