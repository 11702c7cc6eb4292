package dev.lintel.resource;

import java.util.List;
import java.util.Map;

/**
 * A label selector of the Kubernetes API.
 *
 * @param matchLabels labels that must be there with these values
 * @param matchExpressions further conditions, all of which must hold
 */
public record LabelSelector(Map<String, String> matchLabels, List<Expression> matchExpressions) {

  /** Copies the collections, so that the record is immutable. */
  public LabelSelector {
    matchLabels = Map.copyOf(matchLabels);
    matchExpressions = List.copyOf(matchExpressions);
  }

  /** Tells whether the labels satisfy every condition; an empty selector matches everything. */
  public boolean matches(Map<String, String> labels) {
    return containsAll(labels, matchLabels)
        && matchExpressions.stream().allMatch(expression -> expression.matches(labels));
  }

  /** Tells whether {@code labels} has every entry of {@code wanted}. */
  public static boolean containsAll(Map<String, String> labels, Map<String, String> wanted) {
    return wanted.entrySet().stream().allMatch(e -> e.getValue().equals(labels.get(e.getKey())));
  }

  /**
   * A condition on one label.
   *
   * @param key the label
   * @param operator {@code In}, {@code NotIn}, {@code Exists} or {@code DoesNotExist}
   * @param values the values for {@code In} and {@code NotIn}
   */
  public record Expression(String key, String operator, List<String> values) {
    /** Copies the values, so that the record is immutable. */
    public Expression {
      values = List.copyOf(values);
    }

    boolean matches(Map<String, String> labels) {
      return switch (operator) {
        case "In" -> labels.containsKey(key) && values.contains(labels.get(key));
        case "NotIn" -> !labels.containsKey(key) || !values.contains(labels.get(key));
        case "Exists" -> labels.containsKey(key);
        case "DoesNotExist" -> !labels.containsKey(key);
        default -> false;
      };
    }
  }
}
