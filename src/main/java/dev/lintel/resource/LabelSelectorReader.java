package dev.lintel.resource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads a label selector. */
final class LabelSelectorReader {

  private LabelSelectorReader() {}

  static LabelSelector read(Cursor in) throws IOException, MalformedObjectException {
    Map<String, String> matchLabels = Map.of();
    List<LabelSelector.Expression> expressions = new ArrayList<>();
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "matchLabels" -> matchLabels = in.textMap(key -> true);
        case "matchExpressions" -> {
          for (in.array(); in.nextElement(); ) {
            expressions.add(readExpression(in));
          }
        }
        default -> in.skip();
      }
    }
    return new LabelSelector(matchLabels, expressions);
  }

  private static LabelSelector.Expression readExpression(Cursor in)
      throws IOException, MalformedObjectException {
    String key = "";
    String operator = "";
    List<String> values = List.of();
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "key" -> key = in.text();
        case "operator" -> operator = in.text();
        case "values" -> values = in.texts();
        default -> in.skip();
      }
    }
    return new LabelSelector.Expression(key, operator, values);
  }
}
