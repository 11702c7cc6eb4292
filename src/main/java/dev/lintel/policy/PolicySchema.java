package dev.lintel.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Writes the JSON Schema of the document. */
public final class PolicySchema {

  private PolicySchema() {}

  /** Returns the schema, JSON Schema draft 2020-12, with a line break at its end. */
  public static String write() {
    return write("Lintel's policy", new PolicyForm().form().schema());
  }

  /** Returns the schema of another document. */
  static String write(String title, Map<String, Object> keywords) {
    Map<String, Object> schema =
        Form.keywords("$schema", "https://json-schema.org/draft/2020-12/schema", "title", title);
    schema.putAll(keywords);
    StringWriter text = new StringWriter();
    try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
      write(out.useDefaultPrettyPrinter(), schema);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written to", e);
    }
    return text + "\n";
  }

  private static void write(JsonGenerator out, Object value) throws IOException {
    switch (value) {
      case Map<?, ?> map -> {
        out.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          out.writeFieldName(entry.getKey().toString());
          write(out, entry.getValue());
        }
        out.writeEndObject();
      }
      case List<?> list -> {
        out.writeStartArray();
        for (Object element : list) {
          write(out, element);
        }
        out.writeEndArray();
      }
      case Integer number -> out.writeNumber(number);
      case Boolean truth -> out.writeBoolean(truth);
      default -> out.writeString(value.toString());
    }
  }
}
