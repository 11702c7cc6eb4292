package dev.lintel.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lintel.judge.Judged;
import dev.lintel.report.CheckReport.Entry;
import dev.lintel.rule.Action;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Writes GitLab's code quality report, which a merge request shows beside the lines: the list of
 * what stands there, each with a fingerprint by which GitLab tells what is new. What only goes to
 * the audit log is left out.
 */
public record GitlabReport() implements Report {

  @Override
  public void write(CheckReport report, Writer to) {
    JsonText.write(to, out -> writeIssues(out, report));
  }

  private static void writeIssues(JsonGenerator out, CheckReport report) throws IOException {
    Set<String> fingerprints = new HashSet<>();
    out.writeStartArray();
    for (Unreadable file : report.unreadable()) {
      writeIssue(
          out,
          file.said(),
          "unreadable",
          UUID.nameUUIDFromBytes(file.said().getBytes(StandardCharsets.UTF_8)).toString(),
          "blocker",
          file.file(),
          file.place().map(Unreadable.Place::line).orElse(1));
    }
    for (Entry entry : report.entries()) {
      for (Judged judged : entry.verdict().findings()) {
        if (judged.action().compareTo(Action.WARN) >= 0) {
          writeIssue(
              out,
              entry.line(judged),
              judged.rule().name(),
              fingerprint(entry, judged, fingerprints),
              severity(judged.action()),
              entry.manifest().source(),
              entry.placeOf(judged).line());
        }
      }
    }
    out.writeEndArray();
  }

  /** GitLab shows one of several with the same fingerprint only. */
  private static String fingerprint(Entry entry, Judged judged, Set<String> taken) {
    String fingerprint = Fingerprint.of(entry, judged);
    int more = 0;
    String unlike = fingerprint;
    while (!taken.add(unlike)) {
      more++;
      unlike = fingerprint + "-" + more;
    }
    return unlike;
  }

  private static void writeIssue(
      JsonGenerator out,
      String description,
      String check,
      String fingerprint,
      String severity,
      String file,
      int line)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("description", description);
    out.writeStringField("check_name", check);
    out.writeStringField("fingerprint", fingerprint);
    out.writeStringField("severity", severity);
    out.writeObjectFieldStart("location");
    out.writeStringField("path", SourcePath.relative(file));
    out.writeObjectFieldStart("lines");
    out.writeNumberField("begin", line);
    out.writeEndObject();
    out.writeEndObject();
    out.writeEndObject();
  }

  private static String severity(Action action) {
    return switch (action) {
      case DENY -> "critical";
      case WARN -> "minor";
      case AUDIT, OFF -> "info";
    };
  }
}
