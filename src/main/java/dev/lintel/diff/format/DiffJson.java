package dev.lintel.diff.format;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lintel.diff.FindingChanges.Finding;
import dev.lintel.diff.PathDiff;
import dev.lintel.diff.PathDiff.DistributionChange;
import dev.lintel.diff.PathDiff.Extent;
import dev.lintel.diff.PathDiff.PathChange;
import dev.lintel.diff.PathDiff.ReaderChange;
import dev.lintel.diff.PathDiff.ReferenceChange;
import dev.lintel.diff.PathDiff.WaypointChange;
import dev.lintel.report.JsonReport.Syntax;
import dev.lintel.report.JsonText;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;

/**
 * Writes the stable document {@code PathDiff} of {@code lintel.dev/v1}; docs/path-diff.schema.json
 * describes it. All lists are always there.
 *
 * @param syntax how it is written down
 */
public record DiffJson(Syntax syntax) implements DiffFormat {

  @Override
  public void write(PathDiff diff, Writer to) {
    JsonText.write(syntax, to, out -> write(out, diff));
  }

  private static void write(JsonGenerator out, PathDiff diff) throws IOException {
    out.writeStartObject();
    out.writeStringField("apiVersion", "lintel.dev/v1");
    out.writeStringField("kind", "PathDiff");
    list(out, "paths", diff.paths(), change -> path(out, change));
    list(out, "waypoints", diff.waypoints(), change -> waypoint(out, change));
    list(out, "readers", diff.readers(), change -> reader(out, change));
    list(out, "distributions", diff.distributions(), change -> distribution(out, change));
    list(out, "references", diff.references(), change -> reference(out, change));
    out.writeObjectFieldStart("hosts");
    texts(out, "vanished", diff.vanished().stream().map(host -> host.value()).toList());
    texts(out, "appeared", diff.appeared().stream().map(host -> host.value()).toList());
    out.writeEndObject();
    out.writeObjectFieldStart("findings");
    list(out, "appeared", diff.findings().appeared(), finding -> finding(out, finding));
    list(out, "vanished", diff.findings().vanished(), finding -> finding(out, finding));
    out.writeEndObject();
    texts(out, "unknown", diff.unknown());
    texts(out, "assumed", diff.assumed());
    extent(out, diff.extent());
    out.writeEndObject();
  }

  private static void path(JsonGenerator out, PathChange change) throws IOException {
    out.writeStringField("host", change.host().value());
    out.writeStringField("gateway", change.gateway().toString());
    textOrNull(out, "before", change.before());
    textOrNull(out, "after", change.after());
  }

  private static void waypoint(JsonGenerator out, WaypointChange change) throws IOException {
    out.writeStringField("host", change.host().value());
    textOrNull(out, "before", change.before());
    textOrNull(out, "after", change.after());
  }

  private static void reader(JsonGenerator out, ReaderChange change) throws IOException {
    out.writeStringField("rule", change.rule().toString());
    out.writeStringField("host", change.host().value());
    texts(out, "lost", change.lost());
    texts(out, "gained", change.gained());
  }

  private static void distribution(JsonGenerator out, DistributionChange change)
      throws IOException {
    out.writeStringField("host", change.host().value());
    out.writeStringField("picker", change.picker());
    out.writeStringField("before", change.before().spelling());
    out.writeStringField("after", change.after().spelling());
  }

  private static void reference(JsonGenerator out, ReferenceChange change) throws IOException {
    out.writeStringField("route", change.route().toString());
    out.writeStringField("backend", change.backend());
    out.writeStringField("before", change.before());
    out.writeStringField("after", change.after());
  }

  private static void finding(JsonGenerator out, Finding finding) throws IOException {
    out.writeStringField("code", finding.code());
    out.writeStringField("name", finding.name());
    out.writeStringField("action", finding.action().word());
    out.writeStringField("object", finding.object().toString());
    out.writeStringField("field", finding.field());
    out.writeStringField("message", finding.message());
  }

  private static void extent(JsonGenerator out, Extent extent) throws IOException {
    out.writeObjectFieldStart("extent");
    out.writeNumberField("hosts", extent.hosts());
    out.writeNumberField("unfinished", extent.unfinished());
    texts(out, "cuts", extent.cuts());
    out.writeEndObject();
  }

  private static void textOrNull(JsonGenerator out, String name, Optional<?> value)
      throws IOException {
    if (value.isPresent()) {
      out.writeStringField(name, value.get().toString());
    } else {
      out.writeNullField(name);
    }
  }

  private static void texts(JsonGenerator out, String name, List<String> values)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (String value : values) {
      out.writeString(value);
    }
    out.writeEndArray();
  }

  private static <T> void list(JsonGenerator out, String name, List<T> elements, Element<T> element)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (T found : elements) {
      out.writeStartObject();
      element.write(found);
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  /** Writes the fields of a list's element. */
  private interface Element<T> {
    void write(T element) throws IOException;
  }
}
