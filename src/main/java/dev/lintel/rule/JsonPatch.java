package dev.lintel.rule;

import java.util.List;

/**
 * A mechanical fix as a JSON Patch (RFC 6902) of the judged object.
 *
 * @param operations the steps, in order; never empty
 */
public record JsonPatch(List<Operation> operations) {

  /** Copies the steps, so that the record is immutable. */
  public JsonPatch {
    operations = List.copyOf(operations);
  }

  /** Returns a patch of the given steps. */
  public static JsonPatch of(Operation... operations) {
    return new JsonPatch(List.of(operations));
  }

  /** Returns the step that removes a value. */
  public static Operation remove(String... path) {
    return new Operation("remove", pointer(path), "");
  }

  /** Returns the step that replaces a value by a text. */
  public static Operation replace(String value, String... path) {
    return new Operation("replace", pointer(path), value);
  }

  /** Returns the step that adds a text. */
  public static Operation add(String value, String... path) {
    return new Operation("add", pointer(path), value);
  }

  private static String pointer(String... path) {
    StringBuilder pointer = new StringBuilder();
    for (String step : path) {
      pointer.append('/').append(step.replace("~", "~0").replace("/", "~1"));
    }
    return pointer.toString();
  }

  /**
   * A step.
   *
   * @param op {@code add}, {@code replace} or {@code remove}
   * @param path a JSON pointer
   * @param value the text to set; empty and without meaning for {@code remove}
   */
  public record Operation(String op, String path, String value) {}
}
