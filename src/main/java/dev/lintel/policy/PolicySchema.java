package dev.lintel.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.lintel.catalogue.RuleCatalogue;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Writes the JSON Schema of the document from the form that the reader checks against. */
public final class PolicySchema {

  private PolicySchema() {}

  /** Returns the schema, JSON Schema draft 2020-12, with a line break at its end. */
  public static String write(RuleCatalogue catalogue) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
      out.useDefaultPrettyPrinter();
      out.writeStartObject();
      out.writeStringField("$schema", "https://json-schema.org/draft/2020-12/schema");
      out.writeStringField("title", "Lintel's policy");
      writeKeywords(out, PolicyForm.of(catalogue));
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written to", e);
    }
    return text + "\n";
  }

  private static void writeSchema(JsonGenerator out, Form form, String description)
      throws IOException {
    out.writeStartObject();
    if (!description.isEmpty()) {
      out.writeStringField("description", description);
    }
    writeKeywords(out, form);
    out.writeEndObject();
  }

  private static void writeKeywords(JsonGenerator out, Form form) throws IOException {
    switch (form) {
      case Form.Word word -> writeWords(out, word);
      case Form.Text text -> {
        out.writeStringField("type", "string");
        out.writeNumberField("maxLength", text.max());
        out.writeStringField("pattern", "^(" + text.pattern().pattern().replace("(?s)", "") + ")$");
      }
      case Form.Whole whole -> {
        out.writeStringField("type", "integer");
        out.writeNumberField("minimum", whole.min());
        out.writeNumberField("maximum", whole.max());
      }
      case Form.Day day -> {
        out.writeStringField("type", "string");
        out.writeStringField("format", "date");
      }
      case Form.RuleName name -> writeEnum(out, name.known());
      case Form.ListOf list -> {
        out.writeStringField("type", "array");
        if (list.min() > 0) {
          out.writeNumberField("minItems", list.min());
        }
        out.writeNumberField("maxItems", Form.ListOf.MAX_ELEMENTS);
        out.writeFieldName("items");
        writeSchema(out, list.element(), "");
      }
      case Form.MapOf map -> {
        out.writeStringField("type", "object");
        out.writeFieldName("propertyNames");
        writeSchema(out, map.key(), "");
        out.writeFieldName("additionalProperties");
        writeSchema(out, map.value(), "");
      }
      case Form.Group group -> writeGroup(out, group);
    }
  }

  /** YAML's true and false are booleans to an editor, so the schema takes them as well. */
  private static void writeWords(JsonGenerator out, Form.Word word) throws IOException {
    out.writeArrayFieldStart("enum");
    for (String each : word.words()) {
      if (each.equals("true") || each.equals("false")) {
        out.writeBoolean(Boolean.parseBoolean(each));
      } else {
        out.writeString(each);
      }
    }
    out.writeEndArray();
  }

  private static void writeEnum(JsonGenerator out, Set<String> words) throws IOException {
    writeWords(out, new Form.Word(List.copyOf(new TreeSet<>(words))));
  }

  private static void writeGroup(JsonGenerator out, Form.Group group) throws IOException {
    out.writeStringField("type", "object");
    out.writeBooleanField("additionalProperties", false);
    List<String> required =
        group.fields().stream().filter(Form.Field::isRequired).map(Form.Field::name).toList();
    if (!required.isEmpty()) {
      out.writeArrayFieldStart("required");
      for (String name : required) {
        out.writeString(name);
      }
      out.writeEndArray();
    }
    out.writeObjectFieldStart("properties");
    for (Form.Field field : group.fields()) {
      out.writeFieldName(field.name());
      writeSchema(out, field.form(), field.description());
    }
    out.writeEndObject();
  }
}
