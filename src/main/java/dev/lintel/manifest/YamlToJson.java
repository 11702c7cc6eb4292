package dev.lintel.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.lintel.resource.MalformedObjectException;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Writes a YAML document as JSON, so that files are read by the same readers as requests. Aliases
 * are written out, within limits that no honest manifest reaches.
 */
final class YamlToJson {

  private static final int MAX_NODES = 5_000_000;

  /** Ten times what an API server takes. */
  private static final int MAX_CHARACTERS = 32 << 20;

  private final String source;
  private final StringWriter text = new StringWriter();
  private int nodes;

  YamlToJson(String source) {
    this.source = source;
  }

  String convert(Node node) throws MalformedObjectException {
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      write(node, json, 0);
    } catch (IOException e) {
      throw new MalformedObjectException(source + ": " + e.getMessage(), e);
    }
    return text.toString();
  }

  private void write(Node node, JsonGenerator json, int depth)
      throws IOException, MalformedObjectException {
    if (++nodes > MAX_NODES
        || depth > BoundedParser.MAX_DEPTH
        || text.getBuffer().length() > MAX_CHARACTERS) {
      throw new MalformedObjectException(
          ManifestReader.place(source, node)
              + ": the object is nested too deeply, repeats itself, or is too large");
    }
    switch (node) {
      case MappingNode mapping -> writeMapping(mapping, json, depth);
      case SequenceNode sequence -> {
        json.writeStartArray();
        for (Node element : sequence.getValue()) {
          write(element, json, depth + 1);
        }
        json.writeEndArray();
      }
      case ScalarNode scalar -> writeScalar(scalar, json);
      default ->
          throw new MalformedObjectException(
              ManifestReader.place(source, node) + ": expected a value");
    }
  }

  private void writeMapping(MappingNode mapping, JsonGenerator json, int depth)
      throws IOException, MalformedObjectException {
    Set<String> keys = new HashSet<>();
    json.writeStartObject();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new MalformedObjectException(
            ManifestReader.place(source, tuple.getKeyNode()) + ": a key must be text");
      }
      if (!keys.add(key.getValue())) {
        throw new MalformedObjectException(
            "%s: the key `%s` stands here twice"
                .formatted(ManifestReader.place(source, key), key.getValue()));
      }
      json.writeFieldName(key.getValue());
      write(tuple.getValueNode(), json, depth + 1);
    }
    json.writeEndObject();
  }

  private void writeScalar(ScalarNode scalar, JsonGenerator json)
      throws IOException, MalformedObjectException {
    Tag tag = scalar.getTag();
    String value = scalar.getValue();
    try {
      if (tag.equals(Tag.NULL)) {
        json.writeNull();
      } else if (tag.equals(Tag.BOOL)) {
        json.writeBoolean(Boolean.parseBoolean(value));
      } else if (tag.equals(Tag.INT)) {
        json.writeNumber(integer(value));
      } else if (tag.equals(Tag.FLOAT) && !value.contains(".inf") && !value.contains(".nan")) {
        json.writeNumber(new BigDecimal(value));
      } else {
        json.writeString(value);
      }
    } catch (NumberFormatException e) {
      throw new MalformedObjectException(
          "%s: `%s` is not a number".formatted(ManifestReader.place(source, scalar), value), e);
    }
  }

  private static BigInteger integer(String value) {
    if (value.startsWith("0x")) {
      return new BigInteger(value.substring(2), 16);
    }
    return value.startsWith("0o") ? new BigInteger(value.substring(2), 8) : new BigInteger(value);
  }
}
