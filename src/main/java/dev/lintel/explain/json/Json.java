package dev.lintel.explain.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lintel.explain.Statement;
import dev.lintel.mesh.Fact;
import dev.lintel.resource.ResourceRef;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes the values of this room's models; what is empty is left out, lists aside.
 *
 * @param out where to
 */
record Json(JsonGenerator out) {

  /** Writes the fields of an object. */
  interface Fields {
    void write() throws IOException;
  }

  /** Writes the fields of a list's element. */
  interface Element<T> {
    void write(T element) throws IOException;
  }

  void object(Fields fields) throws IOException {
    out.writeStartObject();
    fields.write();
    out.writeEndObject();
  }

  void object(String name, Fields fields) throws IOException {
    out.writeFieldName(name);
    object(fields);
  }

  <T> void list(String name, List<T> elements, Element<T> writer) throws IOException {
    out.writeArrayFieldStart(name);
    for (T element : elements) {
      object(() -> writer.write(element));
    }
    out.writeEndArray();
  }

  void text(String name, String value) throws IOException {
    if (!value.isEmpty()) {
      out.writeStringField(name, value);
    }
  }

  void text(String name, Optional<String> value) throws IOException {
    text(name, value.orElse(""));
  }

  void texts(String name, List<?> values) throws IOException {
    out.writeArrayFieldStart(name);
    for (Object value : values) {
      out.writeString(value.toString());
    }
    out.writeEndArray();
  }

  void number(String name, int value) throws IOException {
    out.writeNumberField(name, value);
  }

  void flag(String name, boolean value) throws IOException {
    out.writeBooleanField(name, value);
  }

  /** Writes a constant as a word in small letters, with hyphens. */
  void word(String name, Enum<?> value) throws IOException {
    text(name, value.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  void ref(String name, Optional<ResourceRef> ref) throws IOException {
    if (ref.isPresent()) {
      ref(name, ref.get());
    }
  }

  void ref(String name, ResourceRef ref) throws IOException {
    object(name, () -> identity(ref));
  }

  void refs(String name, List<ResourceRef> refs) throws IOException {
    list(name, refs, this::identity);
  }

  void fact(String name, Fact fact) throws IOException {
    object(
        name,
        () -> {
          text("value", fact.isYes() ? "yes" : fact.isNo() ? "no" : "unknown");
          text("reason", fact.reason());
        });
  }

  void statement(String name, Statement statement) throws IOException {
    object(name, () -> fields(statement));
  }

  void statements(String name, List<Statement> statements) throws IOException {
    list(name, statements, this::fields);
  }

  private void fields(Statement statement) throws IOException {
    text("text", statement.text());
    text("certainty", statement.certainty().word());
  }

  private void identity(ResourceRef ref) throws IOException {
    text("kind", ref.kind().objectKind());
    text("namespace", ref.namespace());
    text("name", ref.name());
  }
}
