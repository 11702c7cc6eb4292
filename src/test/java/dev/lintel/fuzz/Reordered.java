package dev.lintel.fuzz;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Writes a document again, with the fields of every object the other way round. */
final class Reordered {

  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private final JsonParser in;
  private final UnaryOperator<String> texts;

  private Reordered(JsonParser in, UnaryOperator<String> texts) {
    this.in = in;
    this.texts = texts;
  }

  /**
   * Writes a document again.
   *
   * @param texts what stands for a text
   * @return empty if it is no document, or an object has two fields of a name
   */
  static Optional<byte[]> of(byte[] json, UnaryOperator<String> texts) {
    try (JsonParser in = JSON.createParser(json)) {
      in.nextToken();
      String text = new Reordered(in, texts).value();
      return in.nextToken() == null
          ? Optional.of(text.getBytes(StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private String value() throws IOException {
    JsonToken token = in.currentToken();
    if (token == null) {
      throw new IOException("no value");
    }
    return switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> quoted(texts.apply(in.getText()));
      default -> in.getText();
    };
  }

  private String object() throws IOException {
    Deque<Map.Entry<String, String>> fields = new ArrayDeque<>();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      in.nextToken();
      fields.push(Map.entry(name, value()));
    }
    StringBuilder text = new StringBuilder("{");
    for (Map.Entry<String, String> field : fields) {
      text.append(text.length() == 1 ? "" : ",")
          .append(quoted(field.getKey()))
          .append(':')
          .append(field.getValue());
    }
    return text.append('}').toString();
  }

  private String array() throws IOException {
    StringBuilder text = new StringBuilder("[");
    while (in.nextToken() != JsonToken.END_ARRAY) {
      text.append(text.length() == 1 ? "" : ",").append(value());
    }
    return text.append(']').toString();
  }

  private static String quoted(String text) throws IOException {
    StringWriter writer = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(writer)) {
      out.writeString(text);
    }
    return writer.toString();
  }
}
