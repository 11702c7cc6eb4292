package dev.lintel.manifest;

import dev.lintel.resource.MalformedObjectException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Finds the objects of a text: YAML 1.2 or JSON, several documents, {@code List} kinds. What is
 * kept of each object decides how much of the text is held at once: all of it, or one object.
 *
 * @param <T> what is kept of an object
 */
final class ManifestReader<T> {

  private static final int MAX_CODE_POINTS = 256 << 20;

  /**
   * How many characters of a stream are read at once. What has been read of a token is copied each
   * time, so that less would make a long line dear.
   */
  private static final int STREAM_BUFFER = 64 << 10;

  private final String source;
  private final Outcome<T> outcome;
  private final int buffer;
  private final List<T> kept = new ArrayList<>();
  private Optional<MalformedObjectException> malformedItem = Optional.empty();

  private ManifestReader(String source, Outcome<T> outcome, int buffer) {
    this.source = source;
    this.outcome = outcome;
    this.buffer = buffer;
  }

  /**
   * Makes of an object what is kept of it.
   *
   * @param <T> what is kept
   */
  interface Outcome<T> {
    /**
     * Takes an object.
     *
     * @param position how many objects stand before it in the text
     */
    T of(FoundObject object, int position) throws MalformedObjectException;
  }

  /**
   * Reads a text as a whole, so that an outcome may keep the nodes that it is given.
   *
   * @return what is kept of the objects, in the order of the text
   */
  static <T> List<T> whole(String source, String text, Outcome<T> outcome)
      throws MalformedObjectException {
    ManifestReader<T> reader =
        new ManifestReader<>(source, outcome, Math.max(1024, text.length() + 1));
    try {
      return reader.read(new Composer(reader.settings(), reader.parser(new StringReader(text))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a text object by object; each is forgotten but for what the outcome keeps.
   *
   * @return what is kept of the objects, in the order of the text
   * @throws IOException if the text cannot be read
   */
  static <T> List<T> oneByOne(String source, Reader text, Outcome<T> outcome)
      throws IOException, MalformedObjectException {
    ManifestReader<T> reader = new ManifestReader<>(source, outcome, STREAM_BUFFER);
    return reader.read(new ListComposer(reader.settings(), reader.parser(text), reader::addItem));
  }

  private LoadSettings settings() {
    return LoadSettings.builder()
        .setLabel(source)
        .setSchema(new CoreSchema())
        .setCodePointLimit(MAX_CODE_POINTS)
        .setBufferSize(buffer)
        .build();
  }

  private BoundedParser parser(Reader text) throws IOException {
    LoadSettings settings = settings();
    return new BoundedParser(
        new ParserImpl(settings, new StreamReader(settings, JsonTabs.blanked(text))));
  }

  private List<T> read(Composer documents) throws IOException, MalformedObjectException {
    try {
      while (documents.hasNext()) {
        int before = kept.size();
        Node document = documents.next();
        judgeItems(document, before);
        if (!document.getTag().equals(Tag.NULL)) {
          addObjects(document);
        }
      }
    } catch (MarkedYamlEngineException e) {
      String place = e.getProblemMark().map(mark -> place(source, mark)).orElse(source);
      throw new MalformedObjectException(place + ": " + e.getProblem(), e);
    } catch (YamlEngineException e) {
      if (e.getCause() instanceof IOException unreadable) {
        throw unreadable;
      }
      throw new MalformedObjectException(source + ": " + e.getMessage(), e);
    }
    return List.copyOf(kept);
  }

  /** Takes what would be an object if the document, whose end is not known yet, were a list. */
  private void addItem(Node item) {
    try {
      if (malformedItem.isEmpty()) {
        addObjects(item);
      }
    } catch (MalformedObjectException e) {
      malformedItem = Optional.of(e);
    }
  }

  /** Tells whether what has been taken since then were items of a list; if not, they are none. */
  private void judgeItems(Node document, int before) throws MalformedObjectException {
    Optional<MalformedObjectException> malformed = malformedItem;
    malformedItem = Optional.empty();
    if (!(document instanceof MappingNode object && isList(object))) {
      kept.subList(before, kept.size()).clear();
    } else if (malformed.isPresent()) {
      throw malformed.get();
    }
  }

  private void addObjects(Node node) throws MalformedObjectException {
    if (!(node instanceof MappingNode object) || isOther(object)) {
      return;
    }
    if (isList(object)) {
      for (Node item : items(object).orElseThrow().getValue()) {
        addObjects(item);
      }
      return;
    }
    String kind = scalar(object, "kind").orElse("");
    String apiVersion = scalar(object, "apiVersion").orElse("");
    if (kind.isEmpty() || apiVersion.isEmpty()) {
      throw new MalformedObjectException(
          "%s: the object has no %s"
              .formatted(place(source, node), kind.isEmpty() ? "kind" : "apiVersion"));
    }
    String json = new YamlToJson(source).convert(object);
    kept.add(outcome.of(new FoundObject(source, object, apiVersion, kind, json), kept.size()));
  }

  private static boolean isList(MappingNode object) {
    return scalar(object, "kind").filter(kind -> kind.endsWith("List")).isPresent()
        && items(object).isPresent();
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

  /** Returns what stands below a key. */
  static Optional<Node> value(MappingNode object, String key) {
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
