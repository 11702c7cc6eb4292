package dev.lintel.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.lintel.judge.Judged;
import dev.lintel.judge.Verdict;
import dev.lintel.resource.Manifest;
import dev.lintel.resource.ResourceRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;

/** Writes verdicts as the stable JSON document {@code CheckReport} of {@code lintel.dev/v1}. */
public final class CheckReport {

  private CheckReport() {}

  /**
   * A judged manifest.
   *
   * @param manifest the object as the file holds it
   * @param operation {@code CREATE} or {@code UPDATE}
   * @param verdict what the webhook would answer
   */
  public record Entry(Manifest manifest, String operation, Verdict verdict) {}

  /** Writes the report, with a line break at its end. */
  public static void writeJson(List<Entry> entries, Writer to) {
    try (JsonGenerator out = new JsonFactory().createGenerator(to)) {
      DefaultPrettyPrinter printer =
          new DefaultPrettyPrinter()
              .withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE)
              .withObjectIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
      out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      out.setPrettyPrinter(printer);
      out.writeStartObject();
      out.writeStringField("apiVersion", "lintel.dev/v1");
      out.writeStringField("kind", "CheckReport");
      out.writeArrayFieldStart("verdicts");
      for (Entry entry : entries) {
        writeEntry(out, entry);
      }
      out.writeEndArray();
      out.writeEndObject();
      out.writeRaw(System.lineSeparator());
    } catch (IOException e) {
      throw new UncheckedIOException("the report cannot be written", e);
    }
  }

  private static void writeEntry(JsonGenerator out, Entry entry) throws IOException {
    out.writeStartObject();
    out.writeObjectFieldStart("object");
    out.writeStringField("apiVersion", entry.manifest().apiVersion());
    writeIdentity(out, entry.verdict().object());
    out.writeEndObject();
    out.writeStringField("operation", entry.operation());
    out.writeStringField("decision", entry.verdict().decision());
    out.writeArrayFieldStart("findings");
    for (Judged judged : entry.verdict().findings()) {
      writeFinding(out, judged);
    }
    out.writeEndArray();
    if (entry.verdict().unfinished().isPresent()) {
      out.writeStringField("unfinished", entry.verdict().unfinished().get());
    }
    out.writeEndObject();
  }

  private static void writeFinding(JsonGenerator out, Judged judged) throws IOException {
    out.writeStartObject();
    out.writeStringField("code", judged.rule().code());
    out.writeStringField("name", judged.rule().name());
    out.writeStringField("action", judged.action().word());
    out.writeBooleanField("known", judged.known());
    out.writeObjectFieldStart("subject");
    writeIdentity(out, judged.subject());
    out.writeEndObject();
    out.writeStringField("field", judged.finding().field().text());
    out.writeStringField("message", judged.finding().message());
    if (!judged.finding().evidence().isEmpty()) {
      out.writeArrayFieldStart("evidence");
      for (ResourceRef other : judged.finding().evidence()) {
        out.writeString(other.toString());
      }
      out.writeEndArray();
    }
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
