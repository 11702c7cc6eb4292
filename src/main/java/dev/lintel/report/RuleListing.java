package dev.lintel.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lintel.report.JsonReport.Syntax;
import dev.lintel.resource.Kind;
import dev.lintel.rule.Action;
import dev.lintel.rule.RuleInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Collection;
import java.util.List;

/**
 * Writes what the catalogue says of rules.
 *
 * @param rows the rules, in the order in which they are shown
 * @param hasPolicy whether the actions are those of a policy document
 */
public record RuleListing(List<Row> rows, boolean hasPolicy) {

  /**
   * A rule.
   *
   * @param action what its findings ask for at most
   */
  public record Row(RuleInfo rule, Action action) {}

  /** Copies the list, so that the record is immutable. */
  public RuleListing {
    rows = List.copyOf(rows);
  }

  /** Writes a line for each rule, as wide as a terminal is at least: 80 columns. */
  public void writeText(Style style, PrintWriter out) {
    String policy = hasPolicy ? "%-7s" : "%s";
    String form = "%-7s%-8s" + policy + "%s";
    out.println(
        style.heading(form.formatted("CODE", "DEFAULT", hasPolicy ? "POLICY" : "", "NAME")));
    for (Row row : rows) {
      RuleInfo rule = row.rule();
      out.println(
          form.formatted(
              rule.code(),
              rule.defaultAction().word(),
              hasPolicy ? row.action().word() : "",
              rule.name()));
    }
    out.flush();
  }

  /** Writes a table with all that a line can tell of a rule. */
  public void writeWide(Style style, PrintWriter out) {
    int name = width(rows.stream().map(row -> row.rule().name()).toList(), "NAME");
    int family = width(rows.stream().map(row -> row.rule().family().title()).toList(), "FAMILY");
    String form = "%-7s %-" + name + "s %-" + family + "s %-8s";
    String head = form.formatted("CODE", "NAME", "FAMILY", "DEFAULT");
    out.println(style.heading(head + (hasPolicy ? "POLICY  " : "") + "SUMMARY"));
    for (Row row : rows) {
      RuleInfo rule = row.rule();
      String line =
          form.formatted(
              rule.code(), rule.name(), rule.family().title(), rule.defaultAction().word());
      String policy = hasPolicy ? "%-8s".formatted(row.action().word()) : "";
      out.println(line + policy + rule.summary());
    }
    out.flush();
  }

  /** Writes the document {@code RuleList} of {@code lintel.dev/v1}. */
  public void write(Syntax syntax, Writer to) {
    JsonText.write(
        syntax,
        to,
        out -> {
          out.writeStartObject();
          out.writeStringField("apiVersion", "lintel.dev/v1");
          out.writeStringField("kind", "RuleList");
          out.writeArrayFieldStart("rules");
          for (Row row : rows) {
            writeRow(out, row);
          }
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  private static void writeRow(JsonGenerator out, Row row) throws IOException {
    RuleInfo rule = row.rule();
    out.writeStartObject();
    out.writeStringField("code", rule.code());
    out.writeStringField("name", rule.name());
    out.writeStringField("family", rule.family().title());
    out.writeStringField("defaultAction", rule.defaultAction().word());
    out.writeStringField("action", row.action().word());
    writeKinds(out, "judges", rule.subjects());
    writeKinds(out, "reads", rule.reads());
    out.writeStringField("since", rule.since());
    out.writeStringField("summary", rule.summary());
    out.writeStringField("page", rule.page());
    out.writeEndObject();
  }

  private static void writeKinds(JsonGenerator out, String name, Collection<Kind> kinds)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (Kind kind : kinds.stream().sorted().toList()) {
      out.writeString(kind.objectKind());
    }
    out.writeEndArray();
  }

  private static int width(List<String> texts, String head) {
    return texts.stream().mapToInt(String::length).reduce(head.length(), Math::max);
  }
}
