package dev.lintel.report;

import dev.lintel.judge.Judged;
import dev.lintel.judge.Verdict;
import dev.lintel.rule.Action;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The wording of an admission response. The API server drops warnings that hold control characters
 * or grow too long without a word, and shows the denial of one webhook only; so everything is one
 * line, there are few of them, and a denial has all that denies.
 */
public final class AdmissionMessages {

  /** Above this sum the API server cuts warnings. */
  private static final int MAX_TOTAL = 4096;

  private static final int MAX_LINE = 700;

  /** Room for what a veil hides: an audit event is not the place for a whole cluster. */
  private static final int MAX_DETAILS = 8192;

  private AdmissionMessages() {}

  /**
   * What stands against a field.
   *
   * @param field the path, in Kubernetes' own notation
   * @param message what is wrong and how to fix it, with the rule's code
   */
  public record Cause(String field, String message) {}

  /** Returns the reason of a denial: every finding that denies, on one line. */
  public static String denial(Verdict verdict, Veil veil) {
    List<Judged> denying = verdict.with(Action.DENY).toList();
    if (denying.size() == 1) {
      return Lines.oneLine(withField(verdict, denying.getFirst(), veil));
    }
    List<String> numbered = new ArrayList<>();
    for (int i = 0; i < denying.size(); i++) {
      numbered.add("(%d) %s".formatted(i + 1, withField(verdict, denying.get(i), veil)));
    }
    return Lines.oneLine("%d findings: %s".formatted(denying.size(), String.join(" ", numbered)));
  }

  /** Returns what denies, field by field. */
  public static List<Cause> causes(Verdict verdict, Veil veil) {
    return verdict
        .with(Action.DENY)
        .map(
            judged ->
                new Cause(
                    judged.finding().field().text(), Lines.oneLine(text(verdict, judged, veil))))
        .toList();
  }

  /**
   * Returns the warnings, loudest first. What a denial says is not repeated, and what reads the
   * same of several objects is said once.
   *
   * @param max how many different warnings are shown; 1 or more
   * @return the findings, how many more there are, and what was not judged
   */
  public static List<String> warnings(Verdict verdict, int max, Veil veil) {
    int longest = Math.min(MAX_LINE, MAX_TOTAL / (max + 2));
    Map<String, Integer> counted = new LinkedHashMap<>();
    int untold = 0;
    for (Judged judged : verdict.with(Action.WARN).toList()) {
      String line = withField(verdict, judged, veil);
      if (counted.size() < max || counted.containsKey(line)) {
        counted.merge(line, 1, Integer::sum);
      } else {
        untold++;
      }
    }
    List<String> lines = new ArrayList<>();
    counted.forEach((line, times) -> lines.add(counted(line, times, longest)));
    if (untold > 0) {
      lines.add("and %d more findings".formatted(untold));
    }
    verdict
        .unfinished()
        .ifPresent(why -> lines.add(Lines.shortened("not everything was judged: " + why, longest)));
    return lines;
  }

  /**
   * Returns the audit annotation: every finding as {@code CODE=action}, those that were there
   * before marked with {@code known}; empty if there is none.
   */
  public static String audit(Verdict verdict) {
    return verdict.findings().stream()
        .map(
            judged ->
                "%s=%s%s"
                    .formatted(
                        judged.rule().code(),
                        judged.action().word(),
                        judged.known() ? "(known)" : ""))
        .distinct()
        .collect(Collectors.joining(","));
  }

  /** Returns the audit annotation about exemptions: {@code CODE: reason (owner)}; empty if none. */
  public static String exemptions(Verdict verdict) {
    return verdict.findings().stream()
        .flatMap(
            judged -> judged.exemption().map(why -> judged.rule().code() + ": " + why).stream())
        .distinct()
        .map(Lines::oneLine)
        .collect(Collectors.joining("; "));
  }

  /**
   * Returns the findings that a veil keeps names from, in full and on one line; empty if it hides
   * nothing. At most {@value #MAX_DETAILS} characters.
   */
  public static String details(Verdict verdict, Veil veil) {
    StringBuilder details = new StringBuilder();
    for (Judged judged : verdict.findings()) {
      String full = withField(verdict, judged, Veil.NONE);
      if (details.length() < MAX_DETAILS && !full.equals(withField(verdict, judged, veil))) {
        details.append(details.isEmpty() ? "" : "; ").append(full);
      }
    }
    return Lines.shortened(details.toString(), MAX_DETAILS);
  }

  private static String counted(String line, int times, int longest) {
    String suffix = times == 1 ? "" : " (%d times)".formatted(times);
    return Lines.shortened(line, longest - suffix.length()) + suffix;
  }

  private static String withField(Verdict verdict, Judged judged, Veil veil) {
    return "%s (%s)".formatted(text(verdict, judged, veil), judged.finding().field().text());
  }

  /** The rule's code first, because it is short and what one searches for. */
  static String text(Verdict verdict, Judged judged) {
    return text(verdict, judged, Veil.NONE);
  }

  private static String text(Verdict verdict, Judged judged, Veil veil) {
    String dependent =
        judged.subject().equals(verdict.object()) ? "" : veil.spoken(judged.subject()) + ": ";
    return "[%s] %s%s".formatted(judged.rule().code(), dependent, veil.message(judged));
  }
}
