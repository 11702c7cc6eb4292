package dev.lintel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

/**
 * Every key of the form, each with two values: what differs in the document must differ in what is
 * read and written, and must be told to whoever changes it. The keys come from the form, so that a
 * new one is tried here without being named.
 */
class PolicyKeysTest {

  private static final Map<String, Object> FORM = new PolicyForm().form().schema();
  private static final String ELEMENT = "[]";
  private static final String ENTRY = "{}";
  private static final int SECOND = 1;

  /** Of these, two must match the pattern of a text; a new pattern may need two more. */
  private static final List<String> TEXTS =
      List.of(
          "a",
          "b",
          "1.30",
          "1.31",
          "Service/shop/cart",
          "Service/shop/stock",
          "https://a.example",
          "https://b.example");

  @ParameterizedTest(name = "{0}")
  @MethodSource("keys")
  void aKeyIsReadAndWrittenAndCompared(String key) {
    List<String> path = List.of(key.split(" "));
    Policy one = read(text(document(FORM, path, 0, false)));
    Policy other = read(text(document(FORM, path, 1, false)));
    String written = PolicyWriter.write(one);

    assertThat(other).isNotEqualTo(one);
    assertThat(PolicyWriter.write(other)).isNotEqualTo(written);
    assertThat(PolicyWriter.write(read(written))).isEqualTo(written);
    assertThat(told(one, other) + told(other, one)).isNotEmpty();
  }

  @Test
  void aDocumentThatSaysEverythingIsWrittenWithEveryKey() {
    String written = PolicyWriter.write(read(text(whole(FORM))));
    assertThat(PolicyWriter.write(read(written))).isEqualTo(written).doesNotContain("&id");
    assertThat(keys())
        .hasSizeGreaterThan(30)
        .allSatisfy(key -> assertThat(written).contains(name(key) + ":"));
  }

  /** Returns the path of every key that can have one of two values. */
  static Stream<String> keys() {
    return keys(FORM, "").map(String::strip);
  }

  private static Stream<String> keys(Map<?, ?> form, String at) {
    if (form.get("properties") instanceof Map<?, ?> properties) {
      return properties.keySet().stream().flatMap(k -> keys(part(properties, k), at + " " + k));
    }
    if (form.containsKey("items")) {
      return keys(part(form, "items"), at + " " + ELEMENT);
    }
    if (form.containsKey("additionalProperties")) {
      return keys(part(form, "additionalProperties"), at + " " + ENTRY);
    }
    return form.get("enum") instanceof List<?> words && words.size() == 1
        ? Stream.empty()
        : Stream.of(at);
  }

  /**
   * Returns a document with one key in one of its two forms. Beside it stands what must be there,
   * and within an element of a list all that may, so that the element has an effect: what stands
   * beside it is the second of its words, so that an override is milder than the document.
   */
  private static Object document(Map<?, ?> form, List<String> path, int which, boolean isWithin) {
    List<String> rest = path.isEmpty() ? path : path.subList(1, path.size());
    if (form.get("properties") instanceof Map<?, ?> properties) {
      Map<Object, Object> values = new LinkedHashMap<>();
      for (Object name : properties.keySet()) {
        if (name.equals(path.getFirst())) {
          values.put(name, document(part(properties, name), rest, which, isWithin));
        } else if (isWithin
            || form.get("required") instanceof List<?> required && required.contains(name)) {
          values.put(name, whole(part(properties, name)));
        }
      }
      return values;
    }
    if (form.containsKey("items")) {
      return List.of(document(part(form, "items"), rest, which, true));
    }
    if (form.containsKey("additionalProperties")) {
      return Map.of(
          value(part(form, "propertyNames"), 0),
          document(part(form, "additionalProperties"), rest, which, isWithin));
    }
    return value(form, which);
  }

  private static Object whole(Map<?, ?> form) {
    if (form.get("properties") instanceof Map<?, ?> properties) {
      Map<Object, Object> values = new LinkedHashMap<>();
      properties.keySet().forEach(name -> values.put(name, whole(part(properties, name))));
      return values;
    }
    if (form.containsKey("items")) {
      return List.of(whole(part(form, "items")));
    }
    if (form.containsKey("additionalProperties")) {
      return Map.of(
          value(part(form, "propertyNames"), 0), whole(part(form, "additionalProperties")));
    }
    return value(form, SECOND);
  }

  private static Object value(Map<?, ?> form, int which) {
    if (form.get("enum") instanceof List<?> words) {
      return words.get(Math.min(which, words.size() - 1));
    }
    if (form.get("maximum") instanceof Integer maximum) {
      return maximum - which;
    }
    if (form.containsKey("format")) {
      return "2999-01-3" + which;
    }
    String pattern = form.get("pattern").toString();
    return TEXTS.stream()
        .filter(text -> text.matches(pattern))
        .skip(which)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no two texts here match " + pattern));
  }

  private static Map<?, ?> part(Map<?, ?> form, Object name) {
    return (Map<?, ?>) form.get(name);
  }

  private static String told(Policy old, Policy now) {
    PolicyDiff diff = new PolicyDiff(old, now);
    return String.join("\n", diff.loosened())
        + String.join("\n", diff.restated())
        + String.join("\n", diff.reworded());
  }

  private static String name(String key) {
    return Stream.of(key.split(" "))
        .filter(part -> !part.equals(ELEMENT) && !part.equals(ENTRY))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private static String text(Object document) {
    return new Dump(DumpSettings.builder().build()).dumpToString(document);
  }

  private static Policy read(String text) {
    return PolicyReader.read("policy", text).orElseThrow();
  }
}
