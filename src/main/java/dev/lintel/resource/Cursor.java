package dev.lintel.resource;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Walks through a JSON document once, from front to back, and hands out typed values.
 *
 * <p>The idiom is {@code for (in.object(); in.nextField(); ) switch (in.field()) { ... default ->
 * in.skip(); }}. A value that is {@code null} counts as absent everywhere: an object without
 * fields, an array without elements, an empty text. A value of the wrong type raises an error that
 * names the field in Kubernetes' own notation.
 */
public final class Cursor {

  private final JsonParser parser;
  private boolean onNull;

  /**
   * Creates a cursor.
   *
   * @param parser stands before or on the first token of the value that is to be read
   */
  public Cursor(JsonParser parser) {
    this.parser = parser;
  }

  /** Enters the object that is the current value. */
  public void object() throws IOException, MalformedObjectException {
    enter(JsonToken.START_OBJECT, "an object");
  }

  /** Enters the array that is the current value. */
  public void array() throws IOException, MalformedObjectException {
    enter(JsonToken.START_ARRAY, "a list");
  }

  /** Moves to the next field of the current object and to its value; false at the object's end. */
  public boolean nextField() throws IOException {
    if (onNull) {
      onNull = false;
      return false;
    }
    if (parser.nextToken() != JsonToken.FIELD_NAME) {
      return false;
    }
    parser.nextToken();
    return true;
  }

  /** Moves to the next element of the current array; false at the array's end. */
  public boolean nextElement() throws IOException {
    if (onNull) {
      onNull = false;
      return false;
    }
    return parser.nextToken() != JsonToken.END_ARRAY;
  }

  /** Returns the name of the current field. */
  public String field() throws IOException {
    return parser.currentName();
  }

  /** Passes over the current value, whatever it is. */
  public void skip() throws IOException {
    parser.skipChildren();
  }

  /** Tells whether the current value is {@code null}. */
  public boolean isNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  /** Returns the current text; empty for {@code null}. */
  public String text() throws IOException, MalformedObjectException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> parser.getText();
      case VALUE_NULL -> "";
      default -> throw unexpected("text");
    };
  }

  /** Returns the current text; empty for {@code null}, present for an empty text. */
  public Optional<String> optionalText() throws IOException, MalformedObjectException {
    return isNull() ? Optional.empty() : Optional.of(text());
  }

  /** Returns the current text, number or truth value as text; empty for {@code null}. */
  public String scalar() throws IOException, MalformedObjectException {
    return switch (parser.currentToken()) {
      case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
          parser.getText();
      case VALUE_NULL -> "";
      default -> throw unexpected("text or a number");
    };
  }

  /** Returns the current whole number; 0 for {@code null}. */
  public int number() throws IOException, MalformedObjectException {
    if (isNull()) {
      return 0;
    }
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw unexpected("a whole number");
    }
    long value = parser.getLongValue();
    if (value != (int) value) {
      throw new MalformedObjectException(path() + ": the number " + value + " is out of range");
    }
    return (int) value;
  }

  /** Returns the current truth value; empty for {@code null}. */
  public Optional<Boolean> optionalTruth() throws IOException, MalformedObjectException {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> Optional.of(true);
      case VALUE_FALSE -> Optional.of(false);
      case VALUE_NULL -> Optional.empty();
      default -> throw unexpected("true or false");
    };
  }

  /** Returns the current truth value; false for {@code null}. */
  public boolean truth() throws IOException, MalformedObjectException {
    return optionalTruth().orElse(false);
  }

  /** Reads a list of texts. */
  public List<String> texts() throws IOException, MalformedObjectException {
    List<String> texts = new ArrayList<>();
    for (array(); nextElement(); ) {
      texts.add(text());
    }
    return texts;
  }

  /** Reads an object whose values are texts, keeping the keys that pass the filter. */
  public Map<String, String> textMap(Predicate<String> keeps)
      throws IOException, MalformedObjectException {
    Map<String, String> map = new LinkedHashMap<>();
    for (object(); nextField(); ) {
      String key = field();
      String value = text();
      if (keeps.test(key)) {
        map.put(key, value);
      }
    }
    return map;
  }

  /**
   * Reads an object as its field names, each with its scalar as text, or a blank text for anything
   * else.
   */
  public Map<String, String> scalars() throws IOException, MalformedObjectException {
    Map<String, String> fields = new LinkedHashMap<>();
    for (object(); nextField(); ) {
      String name = field();
      if (isNull()) {
        continue;
      }
      boolean structured = parser.currentToken().isStructStart();
      fields.put(name, structured ? "" : scalar());
      skip();
    }
    return fields;
  }

  /**
   * Returns where the cursor stands, in Kubernetes' own notation: {@code spec.ports[0].port},
   * {@code metadata.labels[istio.io/use-waypoint]}.
   */
  public String path() {
    StringBuilder path = new StringBuilder();
    append(path, parser.getParsingContext());
    return path.isEmpty() ? "the object" : path.toString();
  }

  /** Returns an error that says what was expected here and what was found. */
  public MalformedObjectException unexpected(String expected) throws IOException {
    return new MalformedObjectException(
        "%s: expected %s, found %s".formatted(path(), expected, describe()));
  }

  private void enter(JsonToken start, String expected)
      throws IOException, MalformedObjectException {
    if (parser.currentToken() == null) {
      parser.nextToken();
    }
    onNull = isNull();
    if (!onNull && parser.currentToken() != start) {
      throw unexpected(expected);
    }
  }

  private String describe() throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      return "nothing";
    }
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case VALUE_STRING -> "the text \"" + shortened(parser.getText()) + "\"";
      case VALUE_TRUE, VALUE_FALSE -> parser.getText() + " (quote it to make it text)";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "the number " + shortened(parser.getText());
      default -> "something else";
    };
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }

  private static void append(StringBuilder path, @Nullable JsonStreamContext context) {
    if (context == null) {
      return;
    }
    append(path, context.getParent());
    if (context.inArray()) {
      path.append('[').append(Math.max(context.getCurrentIndex(), 0)).append(']');
    } else if (context.inObject() && context.getCurrentName() != null) {
      appendName(path, context.getCurrentName());
    }
  }

  private static void appendName(StringBuilder path, String name) {
    if (name.indexOf('/') >= 0 || name.indexOf('.') >= 0) {
      path.append('[').append(name).append(']');
    } else {
      path.append(path.isEmpty() ? "" : ".").append(name);
    }
  }
}
