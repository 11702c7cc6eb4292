package dev.lintel.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A value that grows.
 *
 * @param name what it is made of
 * @param ofSize makes the value of a size: so many parts of a text, elements of a list or entries
 *     of a map
 */
record Filling(String name, IntFunction<JsonNode> ofSize) {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Tells whether it is a text, of which an honest one is too short to cost anything. */
  boolean isText() {
    return ofSize.apply(1).isTextual();
  }

  /** Texts that look like names, hosts, lists and numbers, and like nothing at all. */
  static List<Filling> texts() {
    return List.of(
        repeated("labels", "a."),
        repeated("dots", "."),
        repeated("wildcards", "*."),
        repeated("separators", "a/,;: "),
        repeated("braces", "{"),
        repeated("digits", "1"),
        repeated("capitals beyond ASCII", "\u0130."));
  }

  /** One text, for fields that are only looked up. */
  static Filling text() {
    return texts().getLast();
  }

  /** Lists of texts: names, hosts, wildcards of many depths, the same again and again. */
  static List<Filling> lists() {
    return List.of(
        list("names", "n-%d"),
        list("hosts", "h-%d.shop.svc.cluster.local"),
        list("wildcards", "*.h-%d.example.com"),
        list("addresses", "10.0.0.%d"),
        list("the same", "cart.shop.svc.cluster.local"));
  }

  /** Maps of texts whose keys are kept when they are read. */
  static List<Filling> maps() {
    return List.of(map("keys", "istio.io/k-%d", "v"), map("values", "istio.io/k-%d", "v-%d"));
  }

  /** A list of objects, in which {@code %d} stands for the number of the element. */
  static Filling objects(String template) {
    return new Filling(
        "objects",
        size -> {
          ArrayNode list = JSON.arrayNode();
          for (int i = 0; i < size; i++) {
            list.add(parsed(template.replace("%d", Integer.toString(i))));
          }
          return list;
        });
  }

  /** A text of lines, in which {@code %d} stands for the number of the line. */
  static Filling lines(String head, String line) {
    return new Filling(
        "lines",
        size -> {
          StringBuilder text = new StringBuilder(head);
          for (int i = 0; i < size; i++) {
            text.append('\n').append(line.replace("%d", Integer.toString(i)));
          }
          return JSON.textNode(text.toString());
        });
  }

  /** A map with numbers as its values. */
  static Filling numbers(String key) {
    return new Filling(
        "numbers",
        size -> {
          ObjectNode map = JSON.objectNode();
          for (int i = 0; i < size; i++) {
            map.put(key.replace("%d", Integer.toString(i)), 1);
          }
          return map;
        });
  }

  private static Filling repeated(String name, String part) {
    return new Filling(name, size -> JSON.textNode(part.repeat(size)));
  }

  private static Filling list(String name, String element) {
    return new Filling(
        name,
        size -> {
          ArrayNode list = JSON.arrayNode();
          for (int i = 0; i < size; i++) {
            list.add(element.replace("%d", Integer.toString(i)));
          }
          return list;
        });
  }

  private static Filling map(String name, String key, String value) {
    return new Filling(
        name,
        size -> {
          ObjectNode map = JSON.objectNode();
          for (int i = 0; i < size; i++) {
            String number = Integer.toString(i);
            map.put(key.replace("%d", number), value.replace("%d", number));
          }
          return map;
        });
  }

  static JsonNode parsed(String json) {
    try {
      return MAPPER.readTree(json.replace('\'', '"'));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }
}
