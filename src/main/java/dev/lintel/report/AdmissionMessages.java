package dev.lintel.report;

import dev.lintel.judge.Judged;
import dev.lintel.judge.Verdict;
import dev.lintel.rule.Action;
import dev.lintel.rule.Family;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The wording of an admission response. The API server drops warnings that hold control characters
 * or grow too long without a word, and shows the denial of one webhook only; so everything is one
 * line, there are few of them, and a denial has all that denies. kubectl prints the causes of a
 * denial and no word of who denied; so each finding begins with Lintel's name, and ends with where
 * its page is read.
 */
public final class AdmissionMessages {

  private static final String CODE = "[%s] ";
  private static final String NAMED_CODE = "[lintel %s] ";

  /** Above this sum the API server cuts warnings. */
  private static final int MAX_TOTAL = 4096;

  private static final int MAX_LINE = 700;

  /** Up to which length a warning says where to read on: kubectl's users see it in one glance. */
  private static final int MAX_WITH_LINKS = 256;

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
      return Lines.oneLine(linked(named(verdict, denying.getFirst(), veil), denying.getFirst()));
    }
    List<String> numbered = new ArrayList<>();
    for (int i = 0; i < denying.size(); i++) {
      String line = linked(named(verdict, denying.get(i), veil), denying.get(i));
      numbered.add("(%d) %s".formatted(i + 1, line));
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
                    judged.finding().field().text(),
                    Lines.oneLine(linked(text(NAMED_CODE, verdict, judged, veil), judged))))
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
    Map<String, List<Judged>> told = new LinkedHashMap<>();
    int untold = 0;
    for (Judged judged : verdict.with(Action.WARN).toList()) {
      String line = named(verdict, judged, veil);
      if (told.size() < max || told.containsKey(line)) {
        told.computeIfAbsent(line, key -> new ArrayList<>()).add(judged);
      } else {
        untold++;
      }
    }
    List<String> lines = new ArrayList<>();
    told.forEach((line, same) -> lines.add(warning(line, same, longest)));
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
      String full = withField(CODE, verdict, judged, Veil.NONE);
      if (details.length() < MAX_DETAILS && !full.equals(withField(CODE, verdict, judged, veil))) {
        details.append(details.isEmpty() ? "" : "; ").append(full);
      }
    }
    return Lines.shortened(details.toString(), MAX_DETAILS);
  }

  private static String warning(String line, List<Judged> same, int longest) {
    String suffix = same.size() == 1 ? "" : " (%d times)".formatted(same.size());
    String warning = Lines.shortened(line, longest - suffix.length()) + suffix;
    int most = Math.min(longest, MAX_WITH_LINKS);
    String linked = warning + page(same.getFirst());
    if (linked.length() > most) {
      return warning;
    }
    String asking = linked + contact(same.getFirst());
    return asking.length() > most ? linked : asking;
  }

  private static String linked(String line, Judged judged) {
    return line + page(judged) + contact(judged);
  }

  private static String page(Judged judged) {
    return "; see " + judged.reference();
  }

  private static String contact(Judged judged) {
    return judged.links().contact().map(contact -> "; " + contact.strip()).orElse("");
  }

  /** kubectl shows neither the webhook's name nor, with a warning, that of a field. */
  private static String named(Verdict verdict, Judged judged, Veil veil) {
    return withField(NAMED_CODE, verdict, judged, veil);
  }

  private static String withField(String code, Verdict verdict, Judged judged, Veil veil) {
    String text = text(code, verdict, judged, veil);
    // What a write does to others is about no field of it.
    return judged.rule().family() == Family.IMPACT
        ? text
        : "%s (%s)".formatted(text, judged.finding().field().text());
  }

  /** The rule's code first, because it is short and what one searches for. */
  static String text(Verdict verdict, Judged judged) {
    return text(CODE, verdict, judged, Veil.NONE);
  }

  private static String text(String code, Verdict verdict, Judged judged, Veil veil) {
    String dependent =
        judged.subject().equals(verdict.object()) ? "" : veil.spoken(judged.subject()) + ": ";
    return code.formatted(judged.rule().code())
        + dependent
        + veil.message(judged)
        + judged.unheeded().map(" (%s)"::formatted).orElse("");
  }
}
