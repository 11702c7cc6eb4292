package dev.lintel.diff.format;

import dev.lintel.diff.FindingChanges.Finding;
import dev.lintel.diff.PathDiff;
import dev.lintel.mesh.HostName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One list of a difference, in words.
 *
 * @param title what it is about
 * @param subject what its rows are of: the head of their first column
 * @param rows its entries; never empty
 */
record Chapter(String title, String subject, List<Row> rows) {

  private static final String NOT_FOUND = "not found";

  Chapter {
    rows = List.copyOf(rows);
  }

  /**
   * An entry.
   *
   * @param what what changes
   * @param before what was
   * @param after what is
   */
  record Row(String what, String before, String after) {}

  /** Returns the lists of a difference that have entries. */
  static List<Chapter> of(PathDiff diff) {
    return Stream.of(
            paths(diff),
            waypoints(diff),
            readers(diff),
            distributions(diff),
            references(diff),
            hosts("Hosts that vanish", diff.vanished(), "defined", "gone"),
            hosts("Hosts that appear", diff.appeared(), "not there", "defined"),
            findings("New findings", diff.findings().appeared(), true),
            findings("Findings that are gone", diff.findings().vanished(), false))
        .filter(chapter -> !chapter.rows.isEmpty())
        .toList();
  }

  private static Chapter paths(PathDiff diff) {
    return new Chapter(
        "Paths",
        "Gateway and host",
        diff.paths().stream()
            .map(
                change ->
                    new Row(
                        "Gateway %s to %s".formatted(change.gateway(), change.host().value()),
                        row(change.before()),
                        row(change.after())))
            .toList());
  }

  private static String row(Optional<dev.lintel.diff.Row> row) {
    return row.map(found -> "%s (%s)".formatted(found, found.spoken())).orElse("not reached");
  }

  private static Chapter waypoints(PathDiff diff) {
    return new Chapter(
        "Waypoints",
        "Host",
        diff.waypoints().stream()
            .map(
                change ->
                    new Row(change.host().value(), orNone(change.before()), orNone(change.after())))
            .toList());
  }

  private static String orNone(Optional<?> value) {
    return value.map(Object::toString).orElse("none");
  }

  private static Chapter readers(PathDiff diff) {
    return new Chapter(
        "Readers of DestinationRules",
        "DestinationRule and host",
        diff.readers().stream()
            .map(
                change ->
                    new Row(
                        "%s for %s".formatted(change.rule(), change.host().value()),
                        listed("lost", change.lost()),
                        listed("gained", change.gained())))
            .toList());
  }

  private static String listed(String word, List<String> readers) {
    return word + ": " + (readers.isEmpty() ? "nobody" : String.join(", ", readers));
  }

  private static Chapter distributions(PathDiff diff) {
    return new Chapter(
        "Traffic distribution",
        "Who picks, and of which host",
        diff.distributions().stream()
            .map(
                change ->
                    new Row(
                        "%s for %s".formatted(change.picker(), change.host().value()),
                        change.before().spelling(),
                        change.after().spelling()))
            .toList());
  }

  private static Chapter references(PathDiff diff) {
    return new Chapter(
        "References of routes",
        "Route and backend",
        diff.references().stream()
            .map(
                change ->
                    new Row(
                        "%s to %s".formatted(change.route(), change.backend()),
                        change.before(),
                        change.after()))
            .toList());
  }

  private static Chapter hosts(String title, List<HostName> hosts, String before, String after) {
    return new Chapter(
        title, "Host", hosts.stream().map(host -> new Row(host.value(), before, after)).toList());
  }

  private static Chapter findings(String title, List<Finding> findings, boolean isNew) {
    return new Chapter(
        title,
        "Rule and object",
        findings.stream()
            .map(
                finding -> {
                  String said = "%s: %s".formatted(finding.action().word(), finding.message());
                  return new Row(
                      "%s on %s".formatted(finding.code(), finding.object().spoken()),
                      isNew ? NOT_FOUND : said,
                      isNew ? said : NOT_FOUND);
                })
            .toList());
  }
}
