package dev.lintel.assertion.format;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lintel.assertion.AssertionReport;
import dev.lintel.assertion.AssertionReport.Breach;
import dev.lintel.assertion.AssertionReport.Doubt;
import dev.lintel.assertion.AssertionReport.Outcome;
import dev.lintel.assertion.AssertionReport.Result;
import dev.lintel.assertion.AssertionReport.Way;
import dev.lintel.explain.json.ExplanationJson;
import dev.lintel.report.JsonReport.Syntax;
import dev.lintel.report.JsonText;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/**
 * Writes the stable document {@code AssertionReport} of {@code lintel.dev/v1};
 * docs/assertion-report.schema.json describes it. All lists are always there.
 *
 * @param syntax how it is written down
 */
public record AssertionJson(Syntax syntax) implements AssertionFormat {

  @Override
  public void write(AssertionReport report, Writer to) {
    JsonText.write(syntax, to, out -> write(out, report));
  }

  private static void write(JsonGenerator out, AssertionReport report) throws IOException {
    out.writeStartObject();
    out.writeStringField("apiVersion", "lintel.dev/v1");
    out.writeStringField("kind", "AssertionReport");
    out.writeObjectFieldStart("summary");
    for (Outcome outcome : Outcome.values()) {
      out.writeNumberField(word(outcome), report.count(outcome));
    }
    out.writeEndObject();
    out.writeArrayFieldStart("assertions");
    for (Result result : report.results()) {
      out.writeStartObject();
      result(out, result);
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void result(JsonGenerator out, Result result) throws IOException {
    out.writeStringField("name", result.assertion().name());
    out.writeNumberField("line", result.assertion().line());
    out.writeStringField("claim", result.assertion().claim().spoken());
    out.writeStringField("outcome", word(result.outcome()));
    out.writeNumberField("hosts", result.hosts());
    out.writeNumberField("paths", result.paths());
    out.writeArrayFieldStart("breaches");
    for (Breach breach : result.breaches()) {
      out.writeStartObject();
      breach(out, breach);
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeNumberField("moreBreaches", result.moreBreaches());
    out.writeArrayFieldStart("doubts");
    for (Doubt doubt : result.doubts()) {
      out.writeStartObject();
      way(out, doubt.way());
      out.writeStringField("reason", doubt.reason());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeNumberField("moreDoubts", result.moreDoubts());
    out.writeArrayFieldStart("assumed");
    for (String sentence : result.assumed()) {
      out.writeString(sentence);
    }
    out.writeEndArray();
  }

  private static void breach(JsonGenerator out, Breach breach) throws IOException {
    way(out, breach.way());
    out.writeStringField("why", breach.why());
    if (breach.path().isPresent()) {
      out.writeObjectFieldStart("path");
      ExplanationJson.path(out, breach.path().get());
      out.writeEndObject();
    }
    if (breach.rule().isPresent()) {
      out.writeObjectFieldStart("rule");
      ExplanationJson.rule(out, breach.rule().get());
      out.writeEndObject();
    }
  }

  private static void way(JsonGenerator out, Way way) throws IOException {
    if (way.gateway().isPresent()) {
      out.writeStringField(
          "gateway",
          "%s/%s".formatted(way.gateway().get().namespace(), way.gateway().get().name()));
    }
    if (way.host().isPresent()) {
      out.writeStringField("host", way.host().get().value());
    }
  }

  private static String word(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }
}
