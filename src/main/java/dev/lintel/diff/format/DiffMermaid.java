package dev.lintel.diff.format;

import dev.lintel.diff.FindingChanges.Finding;
import dev.lintel.diff.PathDiff;
import dev.lintel.diff.PathDiff.PathChange;
import dev.lintel.diff.PathDiff.ReaderChange;
import dev.lintel.diff.PathDiff.WaypointChange;
import dev.lintel.diff.Row;
import dev.lintel.explain.picture.MermaidText;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a difference as a Mermaid flowchart: Gateways, waypoints and rules with what they lose
 * (dotted) and gain (bold) at hosts.
 */
public record DiffMermaid() implements DiffFormat {

  private static final String STYLES =
      """
        classDef gateway fill:#dbeafe,stroke:#1d4ed8,color:#111827
        classDef waypoint fill:#dcfce7,stroke:#15803d,color:#111827
        classDef host fill:#fef9c3,stroke:#a16207,color:#111827
        classDef rule fill:#ffffff,stroke:#111827,color:#111827,stroke-dasharray:4 3
        classDef gone fill:#fee2e2,stroke:#dc2626,color:#111827
        classDef new fill:#dcfce7,stroke:#15803d,stroke-width:4px,color:#111827
      """;

  @Override
  public void write(PathDiff diff, Writer to) {
    PrintWriter out = new PrintWriter(to);
    out.println("flowchart LR");
    new Drawing(out).draw(diff);
    STYLES.lines().forEach(out::println);
    out.flush();
  }

  /** What is drawn once, whatever leads to it. */
  private static final class Drawing {

    private final PrintWriter out;
    private final Map<String, String> ids = new LinkedHashMap<>();

    private Drawing(PrintWriter out) {
      this.out = out;
    }

    private void draw(PathDiff diff) {
      if (diff.isEmpty()) {
        node("nothing changes", "host");
      }
      diff.vanished().forEach(host -> node(host.value() + " vanishes", "gone"));
      diff.appeared().forEach(host -> node(host.value() + " appears", "new"));
      diff.paths().forEach(this::path);
      diff.waypoints().forEach(this::waypoint);
      diff.readers().forEach(this::reader);
      diff.distributions()
          .forEach(
              change ->
                  edge(
                      node(change.picker(), "gateway"),
                      "-->",
                      "%s to %s".formatted(change.before(), change.after()),
                      host(change.host().value())));
      diff.references()
          .forEach(
              change ->
                  edge(
                      node(change.route().toString(), "rule"),
                      change.after().equals("ok") ? "==>" : "--x",
                      "%s to %s".formatted(change.before(), change.after()),
                      node(change.backend(), "host")));
      diff.findings().vanished().forEach(finding -> finding(finding, "-.->", "no more"));
      diff.findings().appeared().forEach(finding -> finding(finding, "==>", "now"));
    }

    private void finding(Finding finding, String arrow, String when) {
      edge(
          node("%s %s".formatted(finding.action().word(), finding.code()), "gone"),
          arrow,
          when,
          node(finding.object().toString(), "rule"));
    }

    private void path(PathChange change) {
      edge(
          node("gateway " + change.gateway(), "gateway"),
          change.after().isEmpty() ? "--x" : "==>",
          "%s to %s".formatted(word(change.before()), word(change.after())),
          host(change.host().value()));
    }

    private static String word(Optional<Row> row) {
      return row.map(Row::name).orElse("none");
    }

    private void waypoint(WaypointChange change) {
      change
          .before()
          .ifPresent(
              lost ->
                  edge(
                      node("waypoint " + lost, "waypoint"),
                      "-.->",
                      "no more",
                      host(change.host().value())));
      change
          .after()
          .ifPresent(
              gained ->
                  edge(
                      node("waypoint " + gained, "waypoint"),
                      "==>",
                      "now",
                      host(change.host().value())));
    }

    private void reader(ReaderChange change) {
      String rule = node("DestinationRule " + change.rule(), "rule");
      change.lost().forEach(reader -> edge(node(reader, "gateway"), "-.->", "reads no more", rule));
      change.gained().forEach(reader -> edge(node(reader, "gateway"), "==>", "reads", rule));
    }

    private String host(String name) {
      return node(name, "host");
    }

    private String node(String label, String style) {
      return ids.computeIfAbsent(
          label,
          ignored -> {
            String id = "n" + ids.size();
            out.printf("  %s[\"%s\"]:::%s%n", id, MermaidText.escaped(label), style);
            return id;
          });
    }

    private void edge(String from, String arrow, String label, String to) {
      out.printf("  %s %s|\"%s\"| %s%n", from, arrow, MermaidText.escaped(label), to);
    }
  }
}
