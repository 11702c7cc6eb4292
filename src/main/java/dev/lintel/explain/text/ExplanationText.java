package dev.lintel.explain.text;

import dev.lintel.explain.Explanation;
import dev.lintel.explain.Explanation.OfGateway;
import dev.lintel.explain.Explanation.OfHosts;
import dev.lintel.explain.Explanation.OfRoute;
import dev.lintel.explain.Explanation.OfRule;
import dev.lintel.explain.ExplanationFormat;
import dev.lintel.explain.Installation;
import dev.lintel.explain.PathView;
import dev.lintel.explain.RuleView;
import dev.lintel.explain.RuleView.Reader;
import dev.lintel.explain.RuleView.Reading;
import dev.lintel.judge.Judged;
import dev.lintel.mesh.Fact;
import dev.lintel.mesh.Kgateway;
import dev.lintel.mesh.KgatewayDistribution;
import dev.lintel.report.Lines;
import dev.lintel.report.Style;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes an explanation for people, to be read from top to bottom.
 *
 * @param style how it looks
 */
public record ExplanationText(Style style) implements ExplanationFormat {

  @Override
  public void write(Explanation explanation, Writer to) {
    Sheet sheet = new Sheet(to, style);
    sheet.title(explanation.object().spoken());
    sheet.aside(0, installation(explanation.installation()));
    switch (explanation.content()) {
      case OfHosts(var hosts) -> hosts.forEach(host -> new HostText(sheet, style).write(host));
      case OfRule(var rule) -> rule(sheet, rule);
      case OfGateway(var gateway) -> new GatewayText(sheet).write(gateway);
      case OfRoute(var route) -> new RouteText(sheet).write(route);
    }
    if (explanation.isJudged()) {
      findings(sheet, explanation);
    }
    sheet.end();
  }

  /** Writes one path, leg by leg, as it stands in the explanation of its host. */
  public void write(PathView path, Writer to) {
    Sheet sheet = new Sheet(to, style);
    new HostText(sheet, style).path(path);
    sheet.end();
  }

  /** Writes a DestinationRule with its readers, as it stands in its explanation. */
  public void write(RuleView rule, Writer to) {
    Sheet sheet = new Sheet(to, style);
    rule(sheet, rule);
    sheet.end();
  }

  private static String installation(Installation installation) {
    List<String> parts = new ArrayList<>();
    parts.add(
        switch (installation.istio()) {
              case SOLO -> "Solo's Istio";
              case UPSTREAM -> "upstream Istio";
              case UNKNOWN -> "Istio (whose is not known)";
            }
            + installation.istioVersion().map(version -> " " + version).orElse(""));
    installation.kgateways().forEach(kgateway -> parts.add(spoken(kgateway)));
    return String.join("; ", parts);
  }

  /** Says what is known of a controller. */
  static String spoken(Kgateway kgateway) {
    String name =
        kgateway.distribution() == KgatewayDistribution.ENTERPRISE
            ? "enterprise kgateway"
            : "open source kgateway";
    return "%s (Istio integration %s, ingress-use-waypoint %s)"
        .formatted(name, onOff(kgateway.istioIntegration()), onOff(kgateway.ingressUseWaypoints()));
  }

  private static String onOff(Fact fact) {
    return switch (fact) {
      case Fact.Yes yes -> "on";
      case Fact.No no -> no.reason().isEmpty() ? "off" : "off: " + no.reason();
      case Fact.Unknown unknown -> "unknown: " + unknown.reason();
    };
  }

  private void rule(Sheet sheet, RuleView rule) {
    sheet.heading("DestinationRule");
    sheet.row(0, "Host", host(rule));
    sheet.row(
        0,
        "Exported to",
        rule.exportTo().isEmpty() ? "every namespace" : String.join(", ", rule.exportTo()));
    if (!rule.selector().isEmpty()) {
      sheet.row(0, "For clients with", String.join(", ", rule.selector()));
    }
    sheet.row(0, "Sets", rule.sets().isEmpty() ? "nothing" : String.join(", ", rule.sets()));
    rule.displacedBy()
        .ifPresent(
            other ->
                sheet.row(0, "Displaced by", other.spoken() + ", at every proxy istiod drives"));
    if (rule.readings().isEmpty()) {
      sheet.heading("Read by");
      sheet.line(1, "nobody: no host of the mesh is covered by " + rule.host());
    }
    for (Reading reading : rule.readings()) {
      sheet.heading("Read for %s".formatted(reading.host()));
      sheet.aside(1, "defined by " + reading.definedBy().spoken());
      readers(sheet, 1, reading.readers());
    }
    if (rule.cut()) {
      sheet.heading("It covers more hosts, which were not looked at");
    }
  }

  /** Returns the host as written and, where it differs, as Istio resolves it. */
  static String host(RuleView rule) {
    return rule.written().equals(rule.host().value())
        ? rule.written()
        : "`%s`, which Istio resolves to %s".formatted(rule.written(), rule.host());
  }

  /** Writes what proxies make of a rule. */
  static void readers(Sheet sheet, int depth, List<Reader> readers) {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    readers.forEach(reader -> rows.put(reader.who(), lines(reader)));
    sheet.table(depth, rows);
  }

  private static List<String> lines(Reader reader) {
    String answer =
        switch (reader.applies()) {
          case Fact.Yes yes -> "yes";
          case Fact.No no -> "no";
          case Fact.Unknown unknown -> "maybe";
        };
    List<String> lines = new ArrayList<>();
    lines.add(reader.why().isEmpty() ? answer : answer + ": " + reader.why());
    if (!reader.ignores().isEmpty()) {
      lines.add("ignores " + String.join(", ", reader.ignores()));
    }
    return lines;
  }

  private void findings(Sheet sheet, Explanation explanation) {
    List<Judged> findings = explanation.allFindings();
    sheet.heading("Findings, as if it were written now");
    if (findings.isEmpty()) {
      sheet.line(1, "none");
    }
    for (Judged judged : findings) {
      boolean isOwn = explanation.findings().contains(judged);
      finding(sheet, style, 1, judged, isOwn ? "" : " of " + judged.subject().spoken());
    }
  }

  /** Writes a finding and its page. */
  static void finding(Sheet sheet, Style style, int depth, Judged judged) {
    finding(sheet, style, depth, judged, "");
  }

  private static void finding(Sheet sheet, Style style, int depth, Judged judged, String ofWhat) {
    sheet.marked(
        depth,
        style.action(judged.action()),
        "[%s] %s".formatted(judged.rule().code(), judged.finding().message()));
    sheet.aside(
        depth + 3,
        "at %s%s%s; see %s"
            .formatted(
                judged.finding().field(),
                ofWhat,
                judged.exemption().map(why -> ", exempt: " + Lines.oneLine(why)).orElse(""),
                judged.reference()));
  }

  /** Joins names as a row shows them; a word stands where there are none. */
  static String joined(List<?> names, String otherwise) {
    return names.isEmpty()
        ? otherwise
        : names.stream().map(Object::toString).collect(Collectors.joining(", "));
  }
}
