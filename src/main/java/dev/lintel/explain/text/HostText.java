package dev.lintel.explain.text;

import dev.lintel.explain.HostView;
import dev.lintel.explain.HostView.EndpointCount;
import dev.lintel.explain.HostView.HostRule;
import dev.lintel.explain.HostView.Way;
import dev.lintel.explain.Leg;
import dev.lintel.explain.Leg.Choice;
import dev.lintel.explain.Leg.Priority;
import dev.lintel.explain.Leg.Ranking;
import dev.lintel.explain.PathView;
import dev.lintel.explain.PathView.Possibility;
import dev.lintel.explain.RuleView;
import dev.lintel.explain.RuleView.Reader;
import dev.lintel.explain.ScopeView;
import dev.lintel.explain.Setting;
import dev.lintel.explain.Statement;
import dev.lintel.explain.Words;
import dev.lintel.mesh.Tier;
import dev.lintel.report.Style;
import dev.lintel.resource.ResourceRef;
import dev.lintel.topology.Attachment;
import dev.lintel.topology.EndpointOrder;
import dev.lintel.topology.RefusedParent;
import dev.lintel.topology.RouteReference.Standing;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes what becomes of requests to a host.
 *
 * @param sheet where to
 * @param style how it looks
 */
record HostText(Sheet sheet, Style style) {

  void write(HostView host) {
    sheet.heading("Host " + host.host());
    sheet.row(0, "Defined by", host.definedBy().spoken());
    sheet.row(0, "Ports", ExplanationText.joined(host.ports(), "none"));
    sheet.row(0, "Address", sure(host.address()));
    sheet.row(0, "Waypoint", host.waypoint().text());
    settings("Ingress by waypoint", host.ingressUseWaypoint(), "no label asks for it");
    settings("Traffic distribution", host.trafficDistribution(), "none is set");
    endpoints(host.endpoints());
    host.scope().ifPresent(this::scope);
    ways(host);
    host.paths().forEach(this::path);
    rules(host);
  }

  private void settings(String label, List<Setting> settings, String otherwise) {
    sheet.rows(
        0,
        label,
        settings.isEmpty()
            ? List.of(otherwise)
            : settings.stream().flatMap(HostText::setting).toList());
  }

  private static Stream<String> setting(Setting setting) {
    return Stream.of(
        "`%s` on %s (%s)".formatted(setting.value(), setting.on().spoken(), setting.field()),
        "  istiod: %s; kgateway: %s".formatted(setting.atIstiod(), setting.atKgateway()));
  }

  private void endpoints(EndpointCount endpoints) {
    String count =
        endpoints.complete().isYes()
            ? "%d, %d of them ready".formatted(endpoints.known(), endpoints.ready())
            : endpoints.known() == 0
                ? "not known: " + endpoints.complete().reason()
                : "%d known, %d of them ready; %s"
                    .formatted(endpoints.known(), endpoints.ready(), endpoints.complete().reason());
    sheet.row(0, "Endpoints", count);
    sheet.rows(0, "", endpoints.places());
  }

  private void scope(ScopeView scope) {
    sheet.rows(0, "Service scope", scope.written());
    sheet.row(0, "", sure(scope.peered()));
    scope.globalHost().ifPresent(host -> sheet.row(0, "Global host", host.value()));
    sheet.rows(0, "", scope.endpoints().stream().map(HostText::sure).toList());
    if (!scope.clusters().isEmpty()) {
      sheet.row(0, "Other clusters", String.join(", ", scope.clusters()));
    }
    if (!scope.generated().isEmpty()) {
      sheet.rows(0, "Generated", scope.generated().stream().map(ResourceRef::spoken).toList());
    }
  }

  private void ways(HostView host) {
    sheet.heading("Routes that send here");
    if (host.ways().isEmpty()) {
      sheet.line(1, "none");
    }
    host.ways().forEach(this::way);
    host.others().forEach(other -> sheet.line(1, sure(other)));
  }

  private void way(Way way) {
    sheet.line(
        1,
        "%s (%s) -> %s%s"
            .formatted(
                way.route().spoken(),
                ExplanationText.joined(way.hostnames(), "every host"),
                way.reference(),
                way.standing() == Standing.RESOLVED ? "" : ", " + Words.standing(way.standing())));
    attachments(sheet, 2, way.attachments(), way.refused());
  }

  /** Writes how a route comes to Gateways, and which do not take it. */
  static void attachments(
      Sheet sheet, int depth, List<Attachment> attachments, List<RefusedParent> refused) {
    if (attachments.isEmpty() && refused.isEmpty()) {
      sheet.line(depth, "no Gateway serves it");
    }
    for (Attachment attachment : attachments) {
      String set = attachment.listenerSet().map(ref -> " of " + ref.spoken()).orElse("");
      String delegation =
          attachment.delegation().isEmpty()
              ? ""
              : ", delegated by "
                  + attachment.delegation().stream()
                      .map(ResourceRef::spoken)
                      .collect(Collectors.joining(", then "));
      sheet.line(
          depth,
          "at %s, listener %s%s%s%s"
              .formatted(
                  attachment.gateway().ref().spoken(),
                  String.join(", ", attachment.listeners()),
                  set,
                  delegation,
                  attachment.served().isYes()
                      ? ""
                      : "; not certain: " + attachment.served().reason()));
    }
    for (RefusedParent parent : refused) {
      sheet.line(
          depth,
          "not at %s %s/%s: %s"
              .formatted(
                  parent.parent().kind(),
                  parent.parent().namespace(),
                  parent.parent().name(),
                  Words.refusal(parent)));
    }
  }

  /** Writes a path, leg by leg. */
  void path(PathView path) {
    sheet.heading(
        "Path from %s: %s"
            .formatted(
                path.gateway().spoken(),
                path.possibilities().stream()
                    .map(found -> found.path().label() + ", " + Words.path(found.path()))
                    .collect(Collectors.joining("; or "))));
    for (int i = 0; i < path.because().size(); i++) {
      sheet.row(1, i == 0 ? "because" : "", sure(path.because().get(i)));
    }
    leg(0, path.entry());
    boolean isOpen = path.possibilities().size() > 1;
    for (Possibility possibility : path.possibilities()) {
      if (isOpen) {
        sheet.line(
            1, "if %s, %s".formatted(possibility.path().label(), Words.path(possibility.path())));
      }
      for (int i = 0; i < possibility.legs().size(); i++) {
        leg(i + 1, possibility.legs().get(i));
      }
    }
  }

  private void leg(int number, Leg leg) {
    sheet.line(1, "%d. %s -> %s".formatted(number, leg.from().name(), leg.to().name()));
    leg.picks().ifPresent(who -> sheet.row(2, "picked by", who));
    leg.choice().ifPresent(this::choice);
    sheet.row(2, "carried by", leg.carriedBy());
    sheet.rows(2, "note", leg.notes());
  }

  private void choice(Choice choice) {
    String mode =
        "%s (%s%s)"
            .formatted(
                choice.mode(),
                choice.defaultOf().map(whose -> whose + "'s default: ").orElse(""),
                choice.source());
    sheet.row(
        2,
        "traffic distribution",
        choice.displacedBy().map(by -> mode + ", displaced by " + by).orElse(mode));
    if (choice.displacedBy().isEmpty()) {
      sheet.row(2, "compares", order(choice));
    }
    sheet.row(2, "DestinationRule", sure(choice.rule()));
    choice.rankings().forEach(this::ranking);
  }

  private static String order(Choice choice) {
    if (choice.tiers().isEmpty()) {
      return "nothing: all endpoints are equally close";
    }
    String tiers =
        choice.tiers().stream().map(Tier::spelling).collect(Collectors.joining(", then "));
    return choice.kind() == EndpointOrder.Kind.STRICT
        ? tiers + "; others never serve"
        : tiers + "; others serve when no closer one is left";
  }

  private void ranking(Ranking ranking) {
    sheet.row(
        2,
        "from %d %s".formatted(ranking.pods(), ranking.pods() == 1 ? "Pod" : "Pods"),
        "in " + ranking.client());
    for (int i = 0; i < ranking.priorities().size(); i++) {
      Priority priority = ranking.priorities().get(i);
      sheet.row(
          2,
          "",
          "priority %d: %d %s in %s (%s)"
              .formatted(
                  i,
                  priority.endpoints(),
                  priority.endpoints() == 1 ? "endpoint" : "endpoints",
                  String.join("; ", priority.places()),
                  same(priority)));
    }
  }

  private static String same(Priority priority) {
    return priority.same().isEmpty()
        ? "elsewhere"
        : "same " + priority.same().stream().map(Tier::spelling).collect(Collectors.joining(", "));
  }

  private void rules(HostView host) {
    sheet.heading("DestinationRules for this host");
    if (host.rules().isEmpty()) {
      sheet.line(1, "none");
    }
    host.rules().forEach(this::rule);
  }

  private void rule(HostRule found) {
    RuleView rule = found.rule();
    sheet.line(1, "%s, host %s".formatted(rule.rule().spoken(), ExplanationText.host(rule)));
    sheet.row(2, "sets", ExplanationText.joined(rule.sets(), "nothing"));
    List<Reader> readers =
        rule.readings().stream()
            .flatMap(reading -> reading.readers().stream())
            .filter(reader -> reader.proxy().isPresent() || !reader.applies().isNo())
            .toList();
    ExplanationText.readers(sheet, 2, readers);
    if (readers.isEmpty()) {
      sheet.row(2, "read by", "nobody: no waypoint serves the host, and no kgateway routes to it");
    }
    found.findings().forEach(judged -> ExplanationText.finding(sheet, style, 2, judged));
  }

  /** Marks what is not known for sure. */
  static String sure(Statement statement) {
    return switch (statement.certainty()) {
      case KNOWN -> statement.text();
      case ASSUMED -> statement.text() + " [assumed]";
      case UNKNOWN -> statement.text() + " [unknown]";
    };
  }
}
