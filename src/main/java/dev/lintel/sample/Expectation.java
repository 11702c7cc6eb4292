package dev.lintel.sample;

import dev.lintel.judge.Judged;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one line of a sample expects.
 *
 * @param number the line's number, from 1
 * @param line what stands before the expectation on its line
 * @param code the rule's code
 * @param action what comes of the finding
 * @param on the object that it is about, as {@code Kind/namespace/name}; empty for the written one
 * @param text a part of the message; may be empty
 */
public record Expectation(
    int number, String line, String code, Action action, String on, String text) {

  private static final Pattern FORM =
      Pattern.compile(
          "([A-Z]{2}-\\d{3})\\s+(deny|warn|audit)(?:\\s+on\\s+(\\S+))?(?:\\s+\"([^\"]*)\")?\\s*");
  private static final Pattern COMMENT = Pattern.compile("^(.*?)#\\s*expect:\\s*(.*)$");

  /**
   * Finds the expectations of a sample.
   *
   * @param source the file's name, for messages
   * @throws MalformedSampleException if one cannot be understood
   */
  static List<Expectation> in(String source, String text) {
    List<Expectation> expectations = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      Matcher comment = COMMENT.matcher(lines.get(i));
      if (comment.matches()) {
        expectations.add(read(source, i + 1, comment.group(1), comment.group(2)));
      }
    }
    return expectations;
  }

  private static Expectation read(String source, int number, String line, String expected) {
    Matcher form = FORM.matcher(expected);
    if (!form.matches()) {
      throw new MalformedSampleException(
          "%s:%d: not understood: `# expect: %s`; write `# expect: CODE deny|warn|audit [on KIND/NAMESPACE/NAME] [\"part of the message\"]`"
              .formatted(source, number, expected));
    }
    return new Expectation(
        number,
        line,
        form.group(1),
        Action.valueOf(form.group(2).toUpperCase(Locale.ROOT)),
        Optional.ofNullable(form.group(3)).orElse(""),
        Optional.ofNullable(form.group(4)).orElse(""));
  }

  /** Tells whether a finding is by the rule that is meant, about the object that is meant. */
  public boolean isAbout(Judged judged, ResourceRef written) {
    return judged.rule().code().equals(code)
        && judged.subject().toString().equals(on.isEmpty() ? written.toString() : on);
  }

  /** Tells whether a finding is the one that is meant, wherever the expectation stands. */
  public boolean isMetBy(Judged judged, ResourceRef written) {
    return isAbout(judged, written) && judged.action() == action && isSaidBy(judged);
  }

  /** Tells whether a finding's message has the expected part. */
  public boolean isSaidBy(Judged judged) {
    return judged.finding().message().contains(text);
  }

  /** Tells whether the expectation stands beside the field that the finding names. */
  public boolean standsBeside(Judged judged) {
    String path = judged.finding().field().text().replaceAll("\\[\\d+\\]", "");
    String last =
        path.endsWith("]")
            ? path.substring(path.lastIndexOf('[') + 1, path.length() - 1)
            : path.substring(path.lastIndexOf('.') + 1);
    return !on.isEmpty() || line.contains(last + ":") || line.contains("\"" + last + "\":");
  }

  /** Returns what a sample writes after {@code # expect:}. */
  @Override
  public String toString() {
    return code
        + " "
        + action.word()
        + (on.isEmpty() ? "" : " on " + on)
        + (text.isEmpty() ? "" : " \"" + text + "\"");
  }
}
