package dev.lintel.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lintel.judge.Judged;
import dev.lintel.manifest.Region;
import dev.lintel.report.CheckReport.Entry;
import dev.lintel.rule.Action;
import dev.lintel.rule.RuleInfo;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.TreeMap;

/**
 * Writes SARIF 2.1.0, as GitHub's code scanning takes it. A finding that is exempt is suppressed,
 * not left out.
 *
 * @param version Lintel's own version
 */
public record SarifReport(String version) implements Report {

  private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
  private static final String HOME = "https://lintel.dev";

  @Override
  public void write(CheckReport report, Writer to) {
    JsonText.write(to, out -> writeLog(out, report));
  }

  private void writeLog(JsonGenerator out, CheckReport report) throws IOException {
    List<RuleInfo> rules = rules(report);
    out.writeStartObject();
    out.writeStringField("$schema", SCHEMA);
    out.writeStringField("version", "2.1.0");
    out.writeArrayFieldStart("runs");
    out.writeStartObject();
    writeTool(out, rules);
    writeInvocation(out, report);
    out.writeStringField("columnKind", "unicodeCodePoints");
    out.writeArrayFieldStart("results");
    for (Entry entry : report.entries()) {
      for (Judged judged : entry.verdict().findings()) {
        writeResult(out, entry, judged, rules.indexOf(judged.rule()));
      }
    }
    out.writeEndArray();
    out.writeEndObject();
    out.writeEndArray();
    out.writeEndObject();
  }

  /** Returns the rules that found something, by code. */
  private static List<RuleInfo> rules(CheckReport report) {
    TreeMap<String, RuleInfo> rules = new TreeMap<>();
    report.entries().stream()
        .flatMap(entry -> entry.verdict().findings().stream())
        .forEach(judged -> rules.putIfAbsent(judged.rule().code(), judged.rule()));
    return List.copyOf(rules.values());
  }

  private void writeTool(JsonGenerator out, List<RuleInfo> rules) throws IOException {
    out.writeObjectFieldStart("tool");
    out.writeObjectFieldStart("driver");
    out.writeStringField("name", "Lintel");
    out.writeStringField("version", version);
    out.writeStringField("informationUri", HOME);
    out.writeArrayFieldStart("rules");
    for (RuleInfo rule : rules) {
      writeRule(out, rule);
    }
    out.writeEndArray();
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void writeRule(JsonGenerator out, RuleInfo rule) throws IOException {
    out.writeStartObject();
    out.writeStringField("id", rule.code());
    out.writeStringField("name", rule.name());
    writeText(out, "shortDescription", rule.summary());
    writeText(out, "fullDescription", rule.summary() + ".");
    out.writeObjectFieldStart("help");
    out.writeStringField("text", "%s. See %s".formatted(rule.summary(), rule.page()));
    out.writeStringField(
        "markdown",
        "%s. [%s: what happens on the wire, and how to fix it](%s)"
            .formatted(rule.summary(), rule.code(), rule.page()));
    out.writeEndObject();
    out.writeStringField("helpUri", rule.page());
    out.writeObjectFieldStart("defaultConfiguration");
    out.writeStringField("level", level(rule.defaultAction()));
    out.writeEndObject();
    out.writeObjectFieldStart("properties");
    out.writeArrayFieldStart("tags");
    out.writeString(rule.family().title());
    out.writeEndArray();
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void writeInvocation(JsonGenerator out, CheckReport report) throws IOException {
    out.writeArrayFieldStart("invocations");
    out.writeStartObject();
    out.writeBooleanField("executionSuccessful", report.unreadable().isEmpty());
    out.writeArrayFieldStart("toolExecutionNotifications");
    for (Unreadable file : report.unreadable()) {
      writeUnreadable(out, file);
    }
    for (Entry entry : report.entries()) {
      if (entry.verdict().unfinished().isPresent()) {
        out.writeStartObject();
        out.writeStringField("level", "warning");
        writeText(
            out,
            "message",
            "%s: not everything was judged: %s"
                .formatted(entry.verdict().object().spoken(), entry.verdict().unfinished().get()));
        out.writeEndObject();
      }
    }
    out.writeEndArray();
    out.writeEndObject();
    out.writeEndArray();
  }

  private static void writeUnreadable(JsonGenerator out, Unreadable file) throws IOException {
    out.writeStartObject();
    out.writeStringField("level", "error");
    writeText(out, "message", file.said());
    out.writeArrayFieldStart("locations");
    out.writeStartObject();
    out.writeObjectFieldStart("physicalLocation");
    out.writeObjectFieldStart("artifactLocation");
    out.writeStringField("uri", SourcePath.uri(file.file()));
    out.writeEndObject();
    if (file.place().isPresent()) {
      out.writeObjectFieldStart("region");
      out.writeNumberField("startLine", file.place().get().line());
      out.writeNumberField("startColumn", file.place().get().column());
      out.writeEndObject();
    }
    out.writeEndObject();
    out.writeEndObject();
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void writeResult(JsonGenerator out, Entry entry, Judged judged, int rule)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("ruleId", judged.rule().code());
    out.writeNumberField("ruleIndex", rule);
    out.writeStringField("level", level(judged.action()));
    writeText(out, "message", entry.line(judged));
    out.writeArrayFieldStart("locations");
    writeLocation(out, entry, judged);
    out.writeEndArray();
    out.writeObjectFieldStart("partialFingerprints");
    out.writeStringField(Fingerprint.NAME, Fingerprint.of(entry, judged));
    out.writeEndObject();
    writeSuppressions(out, judged);
    out.writeObjectFieldStart("properties");
    out.writeStringField("field", judged.finding().field().text());
    out.writeBooleanField("known", judged.known());
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void writeLocation(JsonGenerator out, Entry entry, Judged judged)
      throws IOException {
    Region region = entry.placeOf(judged);
    out.writeStartObject();
    out.writeObjectFieldStart("physicalLocation");
    out.writeObjectFieldStart("artifactLocation");
    out.writeStringField("uri", SourcePath.uri(entry.manifest().source()));
    out.writeEndObject();
    if (entry.manifest().isInFile()) {
      out.writeObjectFieldStart("region");
      out.writeNumberField("startLine", region.line());
      out.writeNumberField("startColumn", region.column());
      out.writeNumberField("endLine", region.endLine());
      out.writeNumberField("endColumn", region.endColumn());
      out.writeEndObject();
    }
    out.writeEndObject();
    out.writeArrayFieldStart("logicalLocations");
    out.writeStartObject();
    out.writeStringField("name", judged.subject().name());
    out.writeStringField("fullyQualifiedName", judged.subject().toString());
    out.writeStringField("kind", "resource");
    out.writeEndObject();
    out.writeEndArray();
    out.writeEndObject();
  }

  /** An empty list says that the result is known not to be suppressed. */
  private static void writeSuppressions(JsonGenerator out, Judged judged) throws IOException {
    out.writeArrayFieldStart("suppressions");
    if (judged.exemption().isPresent()) {
      out.writeStartObject();
      out.writeStringField("kind", "external");
      out.writeStringField("justification", judged.exemption().get());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void writeText(JsonGenerator out, String name, String text) throws IOException {
    out.writeObjectFieldStart(name);
    out.writeStringField("text", text);
    out.writeEndObject();
  }

  private static String level(Action action) {
    return switch (action) {
      case DENY -> "error";
      case WARN -> "warning";
      case AUDIT -> "note";
      case OFF -> "none";
    };
  }
}
