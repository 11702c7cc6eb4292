package dev.lintel.resource;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Walks through a JSON document once, from front to back, and hands out typed values.
 *
 * <p>The idiom is {@code for (in.object(); in.nextField(); ) switch (in.field()) { ... default ->
 * in.skip(); }}. A value that is {@code null} counts as absent everywhere: an object without
 * fields, an array without elements, an empty text. A value of the wrong type raises an error that
 * names the field in Kubernetes' own notation.
 *
 * <p>What is handed out has a limit, for an author may write texts and lists of any length. What is
 * beyond it is passed over and not stored, and {@link #cuts()} says so.
 */
public final class Cursor {

  /** Follows a text that was longer than its limit: no name, host or label may contain it. */
  private static final char CUT = '\u2026';

  /** How many cuts are told apart: an object with more of them is told enough. */
  private static final int MOST_CUTS = 8;

  private JsonParser parser;
  private final SortedSet<Cut> cuts = new TreeSet<>();
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

  /** Reads the current value, and gives a digest all of it, be it read or passed over. */
  <T> T digested(BlockDigest digest, Element<T> element)
      throws IOException, MalformedObjectException {
    JsonParser plain = parser;
    digest.begin(plain);
    parser = new DigestingParser(plain, digest);
    try {
      return element.read(this);
    } finally {
      parser = plain;
    }
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

  /**
   * Returns the current text, as far as it is not longer than any that matters; empty for {@code
   * null}.
   */
  public String text() throws IOException, MalformedObjectException {
    return text(Most.TEXT);
  }

  /**
   * Returns the current text; empty for {@code null}.
   *
   * @param most how many characters are read: a longer text ends with a character that no valid
   *     name contains, so that it equals none
   */
  String text(int most) throws IOException, MalformedObjectException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> shortText(most);
      case VALUE_NULL -> "";
      default -> throw unexpected("text");
    };
  }

  /**
   * Returns the current text as a whole, because it is a document of its own; empty for {@code
   * null}.
   *
   * @param most how many characters it may have
   * @throws MalformedObjectException if it has more
   */
  public Optional<String> document(int most) throws IOException, MalformedObjectException {
    if (isNull()) {
      return Optional.empty();
    }
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw unexpected("text");
    }
    if (parser.getTextLength() > most) {
      throw new MalformedObjectException(
          "%s has %,d characters, and may have %,d"
              .formatted(path(), parser.getTextLength(), most));
    }
    return Optional.of(parser.getText());
  }

  private String shortText(int most) throws IOException {
    int length = parser.getTextLength();
    if (length <= most) {
      return parser.getText();
    }
    cut("%s has %,d characters; the first %,d are read".formatted(path(), length, most));
    return head(new String(parser.getTextCharacters(), parser.getTextOffset(), most));
  }

  /** Returns the current text as a name or word, which is short; empty for {@code null}. */
  String name() throws IOException, MalformedObjectException {
    return text(Most.NAME);
  }

  /** Returns the current name or word; empty for {@code null}, present for an empty text. */
  Optional<String> optionalText() throws IOException, MalformedObjectException {
    return isNull() ? Optional.empty() : Optional.of(name());
  }

  /** Returns the current text, number or truth value as text; empty for {@code null}. */
  public String scalar() throws IOException, MalformedObjectException {
    return switch (parser.currentToken()) {
      case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
          shortText(Most.TEXT);
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

  /** Reads a list of texts, as far as it is not longer than any that matters. */
  public List<String> texts() throws IOException, MalformedObjectException {
    return texts(Most.TEXTS);
  }

  /** Reads a list of names, at most {@code most} of them. */
  List<String> texts(int most) throws IOException, MalformedObjectException {
    return list(most, Cursor::name);
  }

  /** Reads a list of hosts, at most {@link Most#HOSTS}. */
  List<String> hosts() throws IOException, MalformedObjectException {
    return list(Most.HOSTS, Cursor::host);
  }

  /** Returns the current text as a host: a longer one than there can be equals none. */
  String host() throws IOException, MalformedObjectException {
    return text(Most.HOST);
  }

  /** Reads a list, at most {@code most} of its elements. */
  <T> List<T> list(int most, Element<T> element) throws IOException, MalformedObjectException {
    List<T> list = new ArrayList<>();
    into(list, most, element);
    return list;
  }

  /**
   * Reads a list and adds its elements to others, until there are {@code most} of them. Those that
   * follow are passed over.
   */
  <T> void into(List<T> list, int most, Element<T> element)
      throws IOException, MalformedObjectException {
    int before = list.size();
    int passedOver = 0;
    for (array(); nextElement(); ) {
      if (list.size() < most) {
        list.add(element.read(this));
      } else {
        passedOver++;
        skip();
      }
    }
    if (passedOver > 0) {
      int read = list.size() - before;
      cut("%s has %,d entries; %s".formatted(path(), read + passedOver, readOf(read)));
    }
  }

  /** Reads the current value and adds it to others, unless there are {@code most} of them. */
  <T> void addTo(List<T> list, int most, Element<T> element)
      throws IOException, MalformedObjectException {
    if (list.size() < most) {
      list.add(element.read(this));
    } else {
      skip();
      cut("%s is not read, after %,d others".formatted(path(), most));
    }
  }

  /**
   * Reads an object whose values are texts, keeping the keys that pass the filter, at most {@code
   * most} of them.
   */
  Map<String, String> textMap(int most, Predicate<String> keeps)
      throws IOException, MalformedObjectException {
    return textMap(most, keeps, Cursor::name);
  }

  /** Reads annotations, keeping the keys that rules read; their values may be long. */
  Map<String, String> annotations() throws IOException, MalformedObjectException {
    return textMap(Most.LABELS, KeyFilter::keepsKey, Cursor::text);
  }

  private Map<String, String> textMap(int most, Predicate<String> keeps, Element<String> value)
      throws IOException, MalformedObjectException {
    Map<String, String> map = new LinkedHashMap<>();
    int passedOver = 0;
    for (object(); nextField(); ) {
      String key = field();
      if (!keeps.test(key)) {
        expectText();
      } else if (map.size() < most) {
        map.put(shortKey(key), value.read(this));
      } else {
        expectText();
        passedOver++;
      }
    }
    if (passedOver > 0) {
      cut(
          "%s has %,d entries that matter; %s"
              .formatted(path(), map.size() + passedOver, readOf(map.size())));
    }
    return map;
  }

  /** Reads every key of an object whose values are texts, at most {@link Most#LABELS}. */
  Map<String, String> textMap() throws IOException, MalformedObjectException {
    return textMap(Most.LABELS, key -> true);
  }

  /**
   * Reads an object as its field names, each with its scalar as text, or a blank text for anything
   * else.
   */
  public Map<String, String> scalars() throws IOException, MalformedObjectException {
    Map<String, String> fields = new LinkedHashMap<>();
    int passedOver = 0;
    for (object(); nextField(); ) {
      if (isNull()) {
        continue;
      }
      if (fields.size() < Most.FIELDS) {
        String name = shortKey(field());
        boolean structured = parser.currentToken().isStructStart();
        fields.put(name, structured ? "" : scalar());
      } else {
        passedOver++;
      }
      skip();
    }
    if (passedOver > 0) {
      cut(
          "%s has %,d fields; %s"
              .formatted(path(), fields.size() + passedOver, readOf(fields.size())));
    }
    return fields;
  }

  /** Reads an object whose values are whole numbers, at most {@code most} of them. */
  Map<String, Integer> numbers(int most) throws IOException, MalformedObjectException {
    Map<String, Integer> map = new LinkedHashMap<>();
    int passedOver = 0;
    for (object(); nextField(); ) {
      if (map.size() < most) {
        map.put(shortKey(field()), number());
      } else {
        passedOver++;
        skip();
      }
    }
    if (passedOver > 0) {
      cut("%s has %,d entries; %s".formatted(path(), map.size() + passedOver, readOf(map.size())));
    }
    return map;
  }

  /** Says what of the object was longer than its limit, and hence not read. */
  List<Cut> cuts() {
    return List.copyOf(cuts);
  }

  /**
   * Takes note of what is not read.
   *
   * @param said a sentence about the part at which the cursor stands
   */
  private void cut(String said) {
    if (cuts.size() < MOST_CUTS) {
      cuts.add(new Cut(path(), said));
    }
  }

  private static String readOf(int read) {
    return read == 0 ? "none of them is read" : "the first %,d are read".formatted(read);
  }

  private String shortKey(String key) {
    if (key.length() <= Most.KEY) {
      return key;
    }
    cut("a key of %s has %,d characters".formatted(path(), key.length()));
    return head(key.substring(0, Most.KEY));
  }

  private void expectText() throws IOException, MalformedObjectException {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NULL) {
      throw unexpected("text");
    }
  }

  /** Half of a pair of characters would be no text. */
  private static String head(String text) {
    int end = text.length() - 1;
    boolean isHalf = Character.isHighSurrogate(text.charAt(end));
    return (isHalf ? text.substring(0, end) : text) + CUT;
  }

  /**
   * Reads an element of a list.
   *
   * @param <T> what is read
   */
  @FunctionalInterface
  interface Element<T> {
    /** Reads the current value. */
    T read(Cursor in) throws IOException, MalformedObjectException;
  }

  /**
   * Returns where the cursor stands, in Kubernetes' own notation: {@code spec.ports[0].port},
   * {@code metadata.labels[istio.io/use-waypoint]}.
   */
  public String path() {
    Deque<JsonStreamContext> contexts = new ArrayDeque<>();
    @Nullable JsonStreamContext at = parser.getParsingContext();
    while (at != null) {
      contexts.push(at);
      at = at.getParent();
    }
    StringBuilder path = new StringBuilder();
    contexts.forEach(context -> append(path, context));
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

  private static void append(StringBuilder path, JsonStreamContext context) {
    if (context.inArray()) {
      path.append('[').append(Math.max(context.getCurrentIndex(), 0)).append(']');
    } else if (context.inObject() && context.getCurrentName() != null) {
      appendName(path, context.getCurrentName());
    }
  }

  private static void appendName(StringBuilder path, String written) {
    String name = written.length() <= Most.KEY ? written : shortened(written);
    if (name.indexOf('/') >= 0 || name.indexOf('.') >= 0) {
      path.append('[').append(name).append(']');
    } else {
      path.append(path.isEmpty() ? "" : ".").append(name);
    }
  }
}
