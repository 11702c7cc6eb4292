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
        case "matchLabels" -> matchLabels = in.textMap();
        case "matchExpressions" ->
            in.into(expressions, Most.EXPRESSIONS, LabelSelectorReader::readExpression);
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
        case "key" -> key = in.name();
        case "operator" -> operator = in.name();
        case "values" -> values = in.texts(Most.NAMES);
        default -> in.skip();
      }
    }
    return new LabelSelector.Expression(key, operator, values);
  }
}
