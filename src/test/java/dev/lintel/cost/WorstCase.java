package dev.lintel.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.resource.Kind;

/**
 * An object in which one field grows.
 *
 * @param component the component of the read model that the field fills, as {@code Record.name}
 * @param kind what the object is
 * @param base the object with everything else
 * @param place where the field stands: names of fields and numbers of elements between slashes
 * @param filling what stands there
 */
record WorstCase(String component, Kind kind, String base, String place, Filling filling) {

  /** Returns the object with a field of a size. */
  String ofSize(int size) {
    ObjectNode object = (ObjectNode) Filling.parsed(base);
    JsonNode parent = object;
    String[] steps = place.split("/", -1);
    for (int i = 0; i < steps.length - 1; i++) {
      parent = below(parent, steps[i], isNumber(steps[i + 1]));
    }
    set(parent, steps[steps.length - 1].replace('~', '/'), filling.ofSize().apply(size));
    return object.toString();
  }

  @Override
  public String toString() {
    return "%s %s: %s of %s".formatted(kind, place, filling.name(), component);
  }

  private static JsonNode below(JsonNode parent, String step, boolean isList) {
    JsonNode found = isNumber(step) ? parent.get(Integer.parseInt(step)) : parent.get(step);
    if (found != null) {
      return found;
    }
    JsonNode made =
        isList ? JsonNodeFactory.instance.arrayNode() : JsonNodeFactory.instance.objectNode();
    set(parent, step, made);
    return made;
  }

  private static void set(JsonNode parent, String step, JsonNode value) {
    if (parent instanceof ArrayNode list) {
      int index = Integer.parseInt(step);
      if (index < list.size()) {
        list.set(index, value);
      } else {
        list.add(value);
      }
    } else {
      ((ObjectNode) parent).set(step, value);
    }
  }

  private static boolean isNumber(String step) {
    return !step.isEmpty() && Character.isDigit(step.charAt(0));
  }
}
