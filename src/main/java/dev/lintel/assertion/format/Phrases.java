package dev.lintel.assertion.format;

import dev.lintel.assertion.AssertionReport.Breach;
import dev.lintel.assertion.AssertionReport.Doubt;
import dev.lintel.assertion.AssertionReport.Result;
import dev.lintel.assertion.AssertionReport.Way;
import dev.lintel.explain.text.ExplanationText;
import dev.lintel.policy.Claim;
import dev.lintel.report.Style;
import java.io.StringWriter;

/** What formats for people say alike. */
final class Phrases {

  private Phrases() {}

  /** Returns how much an assertion is about. */
  static String extent(Result result) {
    String hosts = counted(result.hosts(), "host", "hosts");
    return result.assertion().claim() instanceof Claim.RuleIsRead
        ? hosts
        : "%s to %s".formatted(counted(result.paths(), "path", "paths"), hosts);
  }

  static String counted(int count, String one, String several) {
    return "%d %s".formatted(count, count == 1 ? one : several);
  }

  static String said(Breach breach) {
    return said(breach.way(), breach.why());
  }

  static String said(Doubt doubt) {
    return said(doubt.way(), doubt.reason());
  }

  private static String said(Way way, String clause) {
    return way.spoken().isEmpty() ? clause : way.spoken() + ": " + clause;
  }

  /**
   * Returns the path or the rule of a breach as {@code explain} writes it; empty if it has none.
   */
  static String explained(Breach breach, Style style) {
    StringWriter text = new StringWriter();
    ExplanationText explanation = new ExplanationText(style);
    breach.path().ifPresent(path -> explanation.write(path, text));
    breach.rule().ifPresent(rule -> explanation.write(rule, text));
    return text.toString();
  }
}
