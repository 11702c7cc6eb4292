package dev.lintel.policy;

import dev.lintel.rule.Spelling;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How values of one type stand in the document. The reader tells every problem, and the JSON Schema
 * that editors use is made here as well, so the two cannot differ.
 *
 * @param schema the keywords of JSON Schema
 * @param reader reads a place; empty, and a problem, if what stands there is none of the values
 * @param writer writes a value; empty where its key is to be left out
 */
record Form<V>(
    Map<String, Object> schema,
    Function<Place, Optional<V>> reader,
    Function<V, Optional<Object>> writer) {

  /** In place of a fact: read from the cluster. */
  static final String AUTO = "auto";

  /** How many elements of a list are read. */
  static final int MAX_ELEMENTS = 1000;

  private static final int MAX_DAY = 10;

  /**
   * Returns the form of texts.
   *
   * @param pattern what they match as a whole
   * @param max how long they may be; what is longer is not even compared with the pattern
   * @param expected what is accepted, as part of a sentence
   */
  static Form<String> text(String pattern, int max, String expected) {
    Pattern whole = Pattern.compile(pattern);
    return single(
        keywords(
            "type",
            "string",
            "maxLength",
            max,
            "pattern",
            "^(" + pattern.replace("(?s)", "") + ")$"),
        text ->
            text.length() <= max && whole.matcher(text).matches()
                ? Optional.of(text)
                : Optional.empty(),
        text -> text,
        text -> isNot(text, expected));
  }

  /** Returns the form of whole numbers. */
  static Form<Integer> whole(int min, int max) {
    return single(
        keywords("type", "integer", "minimum", min, "maximum", max),
        text ->
            Optional.of(text)
                .filter(digits -> digits.matches("\\d{1,9}"))
                .map(Integer::parseInt)
                .filter(number -> number >= min && number <= max),
        number -> number,
        text -> isNot(text, "a whole number from %d to %d".formatted(min, max)));
  }

  /** Returns the form of days, for example {@code 2027-01-31}. */
  static Form<LocalDate> day() {
    return single(
        keywords("type", "string", "format", "date"),
        Form::day,
        LocalDate::toString,
        text -> isNot(text, "a date such as 2027-01-31"));
  }

  /** Returns the form of values that have a word each. */
  static <V> Form<V> words(List<V> values, Function<V, String> word) {
    Map<String, V> byWord = new LinkedHashMap<>();
    values.forEach(value -> byWord.put(word.apply(value), value));
    return single(
        keywords("enum", byWord.keySet().stream().map(Form::literal).toList()),
        text -> Optional.ofNullable(byWord.get(text)),
        value -> literal(word.apply(value)),
        text -> unknown("value", text, byWord.keySet()));
  }

  /** Returns the form of a fact that is one of a few values, or left to the cluster. */
  static <V> Form<Optional<V>> fact(List<V> values, Function<V, String> word) {
    return words(
        Stream.concat(Stream.of(Optional.<V>empty()), values.stream().map(Optional::of)).toList(),
        value -> value.map(word).orElse(AUTO));
  }

  /** Returns the form of single values. */
  static <V> Form<V> single(
      Map<String, Object> schema,
      Function<String, Optional<V>> meaning,
      Function<V, Object> spelling,
      Function<String, String> problem) {
    return new Form<>(
        schema,
        place ->
            place
                .text()
                .flatMap(
                    text -> {
                      Optional<V> found = meaning.apply(text);
                      if (found.isEmpty()) {
                        place.problem(() -> problem.apply(text));
                      }
                      return found;
                    }),
        value -> Optional.of(spelling.apply(value)));
  }

  /** Returns the form of lists of at least {@code min} elements. */
  static <V> Form<List<V>> listOf(Form<V> element, int min) {
    Map<String, Object> schema = keywords("type", "array");
    if (min > 0) {
      schema.put("minItems", min);
    }
    schema.put("maxItems", MAX_ELEMENTS);
    schema.put("items", element.schema);
    return new Form<>(
        schema,
        place -> place.elements().flatMap(elements -> list(place, elements, element, min)),
        values ->
            values.size() < min
                ? Optional.empty()
                // A list that stands in two places would be written as an anchor and an alias.
                : Optional.of(
                    new ArrayList<>(
                        values.stream().map(element.writer).flatMap(Optional::stream).toList())));
  }

  private static <V> Optional<List<V>> list(
      Place place, List<Place> elements, Form<V> element, int min) {
    if (elements.size() < min) {
      place.problem(() -> "must have at least %d element".formatted(min));
    }
    if (elements.size() > MAX_ELEMENTS) {
      place.problem(
          () -> "has %d elements; at most %d are read".formatted(elements.size(), MAX_ELEMENTS));
      return Optional.empty();
    }
    return Optional.of(elements.stream().flatMap(each -> element.read(each).stream()).toList());
  }

  /** Returns the form of mappings with free keys, which are written in their order. */
  static <K extends Comparable<K>, V> Form<Map<K, V>> mapOf(Form<K> key, Form<V> value) {
    return new Form<>(
        keywords(
            "type", "object", "propertyNames", key.schema, "additionalProperties", value.schema),
        place -> place.entries().map(entries -> map(entries, key, value)),
        values -> {
          Map<String, Object> written = new LinkedHashMap<>();
          for (Map.Entry<K, V> entry : new TreeMap<>(values).entrySet()) {
            String name = key.written(entry.getKey()).orElseThrow().toString();
            value.written(entry.getValue()).ifPresent(found -> written.put(name, found));
          }
          return written.isEmpty() ? Optional.empty() : Optional.of(written);
        });
  }

  private static <K, V> Map<K, V> map(List<Place.Entry> entries, Form<K> key, Form<V> value) {
    Map<K, V> map = new HashMap<>();
    for (Place.Entry entry : entries) {
      Optional<K> name = key.reader.apply(entry.key());
      Optional<V> found = value.read(entry.value());
      if (name.isPresent() && found.isPresent() && map.put(name.get(), found.get()) != null) {
        entry
            .key()
            .problem(() -> "names a rule that another line names too, by its code or by its name");
      }
    }
    return map;
  }

  /** Returns the form of what says the same as this one's values. */
  <W> Form<W> as(Function<V, W> meaning, Function<W, V> spelling) {
    return new Form<>(
        schema, place -> reader.apply(place).map(meaning), value -> written(spelling.apply(value)));
  }

  /** Returns the form of a value that may be left out. */
  Form<Optional<V>> optional() {
    return new Form<>(
        schema, place -> reader.apply(place).map(Optional::of), value -> value.flatMap(writer));
  }

  /** Reads what must stand at a place; empty, and a problem, if it does not. */
  Optional<V> read(Place place) {
    if (place.isEmpty()) {
      place.problem(() -> "is missing");
      return Optional.empty();
    }
    return reader.apply(place);
  }

  /** Writes a value; empty where its key is to be left out. */
  Optional<Object> written(V value) {
    return writer.apply(value);
  }

  /** Returns a constant as the document writes it: in kebab case. */
  static String kebab(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns keywords of JSON Schema, in this order. */
  static Map<String, Object> keywords(Object... namesAndValues) {
    Map<String, Object> keywords = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      keywords.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
    }
    return keywords;
  }

  /** Says that a word is none of those that are allowed. */
  static String unknown(String what, String word, Collection<String> allowed) {
    String meant =
        Spelling.nearest(word, allowed)
            .map(near -> "; did you mean `%s`?".formatted(near))
            .orElse(".");
    return "unknown %s `%s`%s Allowed: %s"
        .formatted(
            what,
            Problems.shown(word),
            meant,
            String.join(", ", allowed.stream().sorted().toList()));
  }

  private static String isNot(String text, String expected) {
    return "`%s` is not %s".formatted(Problems.shown(text), expected);
  }

  private static Optional<LocalDate> day(String text) {
    try {
      return text.length() > MAX_DAY ? Optional.empty() : Optional.of(LocalDate.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** YAML's true and false are booleans to an editor, and stand without quotation marks. */
  private static Object literal(String word) {
    return word.equals("true") || word.equals("false") ? Boolean.valueOf(word) : word;
  }
}
