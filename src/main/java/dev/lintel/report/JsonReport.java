package dev.lintel.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lintel.judge.Judged;
import dev.lintel.judge.Verdict;
import dev.lintel.manifest.Region;
import dev.lintel.report.CheckReport.Entry;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.Family;
import dev.lintel.rule.Finding;
import dev.lintel.rule.JsonPatch;
import dev.lintel.rule.RuleInfo;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;

/**
 * Writes the stable document {@code CheckReport} of {@code lintel.dev/v1}, which {@code
 * docs/check-report.schema.json} describes.
 *
 * @param syntax how it is written down
 */
public record JsonReport(Syntax syntax) implements Report {

  private static final String PATH = "path ";

  /** The two ways to write down the same document. */
  public enum Syntax {
    JSON,
    YAML
  }

  @Override
  public void write(CheckReport report, Writer to) {
    JsonText.write(syntax, to, out -> writeReport(out, report));
  }

  private static void writeReport(JsonGenerator out, CheckReport report) throws IOException {
    out.writeStartObject();
    out.writeStringField("apiVersion", "lintel.dev/v1");
    out.writeStringField("kind", "CheckReport");
    writeSummary(out, report);
    out.writeArrayFieldStart("verdicts");
    for (Entry entry : report.entries()) {
      writeEntry(out, entry, report);
    }
    out.writeEndArray();
    if (!report.unasked().isNothing()) {
      writeUnasked(out, report.unasked());
    }
    if (!report.unreadable().isEmpty()) {
      writeUnreadable(out, report.unreadable());
    }
    out.writeEndObject();
  }

  private static void writeUnreadable(JsonGenerator out, List<Unreadable> files)
      throws IOException {
    out.writeArrayFieldStart("unreadable");
    for (Unreadable file : files) {
      out.writeStartObject();
      out.writeStringField("file", file.file());
      if (file.place().isPresent()) {
        out.writeNumberField("line", file.place().get().line());
        out.writeNumberField("column", file.place().get().column());
      }
      out.writeStringField("problem", file.problem());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void writeUnasked(JsonGenerator out, Unasked unasked) throws IOException {
    out.writeObjectFieldStart("unasked");
    writeTexts(out, "lacking", unasked.lacking().stream().map(Kind::objectKind).toList());
    writeTexts(out, "families", unasked.families().stream().map(Family::title).toList());
    writeTexts(out, "rules", unasked.rules().stream().map(RuleInfo::code).toList());
    out.writeEndObject();
  }

  private static void writeSummary(JsonGenerator out, CheckReport report) throws IOException {
    out.writeObjectFieldStart("summary");
    out.writeNumberField("objects", report.judged());
    out.writeNumberField("denied", report.denied());
    out.writeNumberField("warned", report.warned());
    out.writeObjectFieldStart("findings");
    for (Map.Entry<String, Integer> count : report.findingsByCode().entrySet()) {
      out.writeNumberField(count.getKey(), count.getValue());
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void writeEntry(JsonGenerator out, Entry entry, CheckReport report)
      throws IOException {
    Verdict verdict = entry.verdict();
    out.writeStartObject();
    out.writeObjectFieldStart("object");
    out.writeStringField("apiVersion", entry.manifest().apiVersion());
    writeIdentity(out, verdict.object());
    out.writeEndObject();
    writeSource(out, entry, entry.manifest().place());
    out.writeStringField("operation", entry.operation());
    out.writeStringField("decision", verdict.decision());
    out.writeArrayFieldStart("findings");
    for (Judged judged : verdict.findings()) {
      writeFinding(out, entry, judged, report.uncertainties(judged));
    }
    out.writeEndArray();
    if (entry.isUnchanged()) {
      out.writeBooleanField("unchanged", true);
    }
    if (verdict.unfinished().isPresent()) {
      out.writeStringField("unfinished", verdict.unfinished().get());
    }
    out.writeEndObject();
  }

  private static void writeFinding(
      JsonGenerator out, Entry entry, Judged judged, List<Kind> uncertainties) throws IOException {
    Finding finding = judged.finding();
    out.writeStartObject();
    out.writeStringField("code", judged.rule().code());
    out.writeStringField("name", judged.rule().name());
    out.writeStringField("action", judged.action().word());
    out.writeBooleanField("known", judged.known());
    out.writeObjectFieldStart("subject");
    writeIdentity(out, judged.subject());
    out.writeEndObject();
    out.writeStringField("field", finding.field().text());
    out.writeStringField("message", finding.message());
    writeSource(out, entry, entry.placeOf(judged));
    out.writeStringField("explanation", finding.because());
    out.writeStringField("fix", finding.fix().text());
    if (finding.patch().isPresent()) {
      writePatch(out, finding.patch().get());
    }
    writeEvidence(out, finding);
    if (!uncertainties.isEmpty()) {
      writeTexts(out, "uncertain", uncertainties.stream().map(Kind::objectKind).toList());
    }
    if (judged.exemption().isPresent()) {
      out.writeStringField("exemption", judged.exemption().get());
    }
    out.writeStringField("page", judged.rule().page());
    out.writeEndObject();
  }

  private static void writePatch(JsonGenerator out, JsonPatch patch) throws IOException {
    out.writeArrayFieldStart("patch");
    for (JsonPatch.Operation step : patch.operations()) {
      out.writeStartObject();
      out.writeStringField("op", step.op());
      out.writeStringField("path", step.path());
      if (!step.op().equals("remove")) {
        out.writeStringField("value", step.value());
      }
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void writeEvidence(JsonGenerator out, Finding finding) throws IOException {
    if (finding.evidence().isEmpty() && finding.facts().isEmpty()) {
      return;
    }
    out.writeObjectFieldStart("evidence");
    writeTexts(out, "objects", finding.evidence().stream().map(ResourceRef::toString).toList());
    writeTexts(out, "paths", paths(finding));
    writeTexts(
        out,
        "assumptions",
        finding.facts().stream().filter(fact -> !fact.startsWith(PATH)).toList());
    out.writeEndObject();
  }

  /** A fact about a path reads {@code path P3}, or {@code path P3 of Gateway edge/front}. */
  private static List<String> paths(Finding finding) {
    return finding.facts().stream()
        .filter(fact -> fact.startsWith(PATH))
        .map(fact -> fact.split(" ", 3)[1])
        .distinct()
        .toList();
  }

  private static void writeTexts(JsonGenerator out, String name, List<String> texts)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (String text : texts) {
      out.writeString(text);
    }
    out.writeEndArray();
  }

  private static void writeSource(JsonGenerator out, Entry entry, Region region)
      throws IOException {
    if (!entry.manifest().isInFile()) {
      return;
    }
    out.writeObjectFieldStart("source");
    out.writeStringField("file", entry.manifest().source());
    out.writeNumberField("line", region.line());
    out.writeNumberField("column", region.column());
    out.writeEndObject();
  }

  private static void writeIdentity(JsonGenerator out, ResourceRef ref) throws IOException {
    out.writeStringField("kind", ref.kind().objectKind());
    if (!ref.namespace().isEmpty()) {
      out.writeStringField("namespace", ref.namespace());
    }
    out.writeStringField("name", ref.name());
  }
}
