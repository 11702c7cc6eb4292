package dev.lintel.manifest;

import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Writes a text as a YAML or JSON scalar, in the style of what it replaces where that can be. */
final class ScalarText {

  /** What no reader of YAML, of whatever version, takes for anything but a text. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_./*-]*");

  private static final Pattern WORD_OF_YAML_1_1 =
      Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null");

  private ScalarText() {}

  /** Tells whether an object is written as JSON, where every text is quoted. */
  static boolean isJson(MappingNode object) {
    return object.getFlowStyle() == FlowStyle.FLOW
        && !object.getValue().isEmpty()
        && object.getValue().getFirst().getKeyNode() instanceof ScalarNode key
        && key.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED;
  }

  /** Returns a text without quotation marks where it needs none. */
  static String of(String text, boolean isJson) {
    return of(text, ScalarStyle.PLAIN, isJson);
  }

  /** Returns a text in a style. */
  static String of(String text, ScalarStyle style, boolean isJson) {
    if (isJson || style == ScalarStyle.DOUBLE_QUOTED) {
      return doubleQuoted(text);
    }
    if (style == ScalarStyle.SINGLE_QUOTED && text.chars().noneMatch(Character::isISOControl)) {
      return "'" + text.replace("'", "''") + "'";
    }
    return isPlain(text) ? text : doubleQuoted(text);
  }

  private static boolean isPlain(String text) {
    return PLAIN.matcher(text).matches()
        && !WORD_OF_YAML_1_1.matcher(text).matches()
        && new CoreSchema().getScalarResolver().resolve(text, true).equals(Tag.STR);
  }

  private static String doubleQuoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (Character.isISOControl(c)) {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
