package dev.lintel.explain.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lintel.explain.Explanation;
import dev.lintel.explain.Explanation.OfGateway;
import dev.lintel.explain.Explanation.OfHosts;
import dev.lintel.explain.Explanation.OfRoute;
import dev.lintel.explain.Explanation.OfRule;
import dev.lintel.explain.ExplanationFormat;
import dev.lintel.explain.GatewayView;
import dev.lintel.explain.GatewayView.ServedRoute;
import dev.lintel.explain.HostView;
import dev.lintel.explain.HostView.EndpointCount;
import dev.lintel.explain.HostView.HostRule;
import dev.lintel.explain.HostView.Way;
import dev.lintel.explain.Installation;
import dev.lintel.explain.Leg;
import dev.lintel.explain.Leg.Choice;
import dev.lintel.explain.Leg.Ranking;
import dev.lintel.explain.Leg.Stop;
import dev.lintel.explain.PathView;
import dev.lintel.explain.RouteView;
import dev.lintel.explain.RuleView;
import dev.lintel.explain.RuleView.Reader;
import dev.lintel.explain.RuleView.Reading;
import dev.lintel.explain.ScopeView;
import dev.lintel.explain.Setting;
import dev.lintel.explain.Target;
import dev.lintel.explain.Words;
import dev.lintel.judge.Judged;
import dev.lintel.mesh.Kgateway;
import dev.lintel.report.JsonReport.Syntax;
import dev.lintel.report.JsonText;
import dev.lintel.topology.Attachment;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.RefusedParent;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;

/**
 * Writes the stable document {@code Explanation} of {@code lintel.dev/v1}; docs/explain.md
 * describes it.
 *
 * @param syntax how it is written down
 */
public record ExplanationJson(Syntax syntax) implements ExplanationFormat {

  @Override
  public void write(Explanation explanation, Writer to) {
    JsonText.write(syntax, to, out -> write(new Json(out), explanation));
  }

  private static void write(Json json, Explanation explanation) throws IOException {
    json.object(
        () -> {
          json.text("apiVersion", "lintel.dev/v1");
          json.text("kind", "Explanation");
          json.ref("object", explanation.object());
          json.object("installation", () -> installation(json, explanation.installation()));
          switch (explanation.content()) {
            case OfHosts(var hosts) -> json.list("hosts", hosts, host -> host(json, host));
            case OfRule(var rule) -> json.object("rule", () -> rule(json, rule));
            case OfGateway(var gateway) -> json.object("gateway", () -> gateway(json, gateway));
            case OfRoute(var route) -> json.object("route", () -> route(json, route));
          }
          findings(json, explanation.allFindings());
        });
  }

  private static void installation(Json json, Installation installation) throws IOException {
    json.word("istio", installation.istio());
    json.text("istioVersion", installation.istioVersion().map(Object::toString));
    json.list("kgateways", installation.kgateways(), kgateway -> kgateway(json, kgateway));
  }

  private static void kgateway(Json json, Kgateway kgateway) throws IOException {
    json.word("distribution", kgateway.distribution());
    json.fact("istioIntegration", kgateway.istioIntegration());
    json.fact("ingressUseWaypoints", kgateway.ingressUseWaypoints());
    json.fact("referenceGrants", kgateway.referenceGrants());
  }

  private static void host(Json json, HostView host) throws IOException {
    json.text("host", host.host().value());
    json.ref("definedBy", host.definedBy());
    json.texts("ports", host.ports());
    json.statement("address", host.address());
    json.object(
        "waypoint",
        () -> {
          json.word("state", host.waypoint().state());
          json.ref("gateway", host.waypoint().gateway());
          json.text("text", host.waypoint().text());
        });
    json.list("ingressUseWaypoint", host.ingressUseWaypoint(), found -> setting(json, found));
    json.list("trafficDistribution", host.trafficDistribution(), found -> setting(json, found));
    json.object("endpoints", () -> endpoints(json, host.endpoints()));
    if (host.scope().isPresent()) {
      json.object("scope", () -> scope(json, host.scope().get()));
    }
    json.list("references", host.ways(), way -> way(json, way));
    json.statements("otherGateways", host.others());
    json.list("paths", host.paths(), path -> path(json, path));
    json.list("destinationRules", host.rules(), rule -> hostRule(json, rule));
  }

  private static void setting(Json json, Setting setting) throws IOException {
    json.ref("on", setting.on());
    json.text("field", setting.field());
    json.text("value", setting.value());
    json.text("istiod", setting.atIstiod());
    json.text("kgateway", setting.atKgateway());
  }

  private static void endpoints(Json json, EndpointCount endpoints) throws IOException {
    json.number("known", endpoints.known());
    json.number("ready", endpoints.ready());
    json.fact("complete", endpoints.complete());
    json.texts("places", endpoints.places());
  }

  private static void scope(Json json, ScopeView scope) throws IOException {
    json.texts("written", scope.written());
    json.statement("peered", scope.peered());
    json.text("globalHost", scope.globalHost().map(host -> host.value()));
    json.statements("endpoints", scope.endpoints());
    json.texts("otherClusters", scope.clusters());
    json.refs("generated", scope.generated());
  }

  private static void way(Json json, Way way) throws IOException {
    json.ref("route", way.route());
    json.texts("hostnames", way.hostnames());
    json.text("reference", way.reference());
    json.word("standing", way.standing());
    attachments(json, way.attachments(), way.refused());
  }

  private static void attachments(
      Json json, List<Attachment> attachments, List<RefusedParent> refused) throws IOException {
    json.list(
        "gateways",
        attachments,
        attachment -> {
          json.ref("gateway", attachment.gateway().ref());
          json.texts("listeners", attachment.listeners());
          json.ref("listenerSet", attachment.listenerSet());
          json.refs("delegatedBy", attachment.delegation());
          json.text(
              "notCertain",
              Optional.of(attachment.served().reason())
                  .filter(reason -> attachment.served().isUnknown()));
        });
    json.list(
        "refusedBy",
        refused,
        parent -> {
          json.text("kind", parent.parent().kind());
          json.text("namespace", parent.parent().namespace());
          json.text("name", parent.parent().name());
          json.word("reason", parent.reason());
        });
  }

  /** Writes the fields of one path, as they stand in the explanation of its host. */
  public static void path(JsonGenerator out, PathView path) throws IOException {
    path(new Json(out), path);
  }

  /** Writes the fields of a DestinationRule with its readers, as they stand in its explanation. */
  public static void rule(JsonGenerator out, RuleView rule) throws IOException {
    rule(new Json(out), rule);
  }

  private static void path(Json json, PathView path) throws IOException {
    json.ref("gateway", path.gateway());
    json.object("entry", () -> leg(json, path.entry()));
    json.statements("because", path.because());
    json.list(
        "possibilities",
        path.possibilities(),
        possibility -> {
          path(json, possibility.path());
          json.list("legs", possibility.legs(), leg -> leg(json, leg));
        });
  }

  private static void path(Json json, IngressPath path) throws IOException {
    json.text("path", path.label());
    json.text("text", Words.path(path));
  }

  private static void leg(Json json, Leg leg) throws IOException {
    json.object("from", () -> stop(json, leg.from()));
    json.object("to", () -> stop(json, leg.to()));
    json.text("pickedBy", leg.picks());
    json.text("carriedBy", leg.carriedBy());
    if (leg.choice().isPresent()) {
      choice(json, leg.choice().get());
    }
    json.texts("notes", leg.notes());
  }

  private static void stop(Json json, Stop stop) throws IOException {
    json.word("kind", stop.kind());
    json.text("name", stop.name());
  }

  private static void choice(Json json, Choice choice) throws IOException {
    json.object(
        "trafficDistribution",
        () -> {
          json.text("mode", choice.mode());
          json.text("source", choice.source());
          json.text("defaultOf", choice.defaultOf());
          json.text("displacedBy", choice.displacedBy());
          json.texts("compares", choice.tiers());
          json.word("others", choice.kind());
        });
    json.object(
        "destinationRule",
        () -> {
          json.ref("rule", choice.ruleRef());
          json.text("text", choice.rule().text());
          json.text("certainty", choice.rule().certainty().word());
        });
    json.list("rankings", choice.rankings(), ranking -> ranking(json, ranking));
  }

  private static void ranking(Json json, Ranking ranking) throws IOException {
    json.text("client", ranking.client());
    json.number("pods", ranking.pods());
    json.list(
        "priorities",
        ranking.priorities(),
        priority -> {
          json.number("endpoints", priority.endpoints());
          json.texts("same", priority.same());
          json.texts("places", priority.places());
        });
  }

  private static void hostRule(Json json, HostRule found) throws IOException {
    rule(json, found.rule());
    findings(json, found.findings());
  }

  private static void rule(Json json, RuleView rule) throws IOException {
    json.ref("rule", rule.rule());
    json.text("written", rule.written());
    json.text("host", rule.host().value());
    json.texts("exportTo", rule.exportTo());
    json.texts("workloadSelector", rule.selector());
    json.texts("sets", rule.sets());
    json.ref("displacedBy", rule.displacedBy());
    json.list("hosts", rule.readings(), reading -> reading(json, reading));
    json.flag("cut", rule.cut());
  }

  private static void reading(Json json, Reading reading) throws IOException {
    json.text("host", reading.host().value());
    json.ref("definedBy", reading.definedBy());
    json.list("readers", reading.readers(), reader -> reader(json, reader));
  }

  private static void reader(Json json, Reader reader) throws IOException {
    json.text("who", reader.who());
    json.ref("proxy", reader.proxy());
    json.fact("applies", reader.applies());
    json.text("why", reader.why());
    json.texts("ignores", reader.ignores());
  }

  private static void gateway(Json json, GatewayView gateway) throws IOException {
    json.text("class", gateway.className());
    json.word("role", gateway.role());
    json.texts("addresses", gateway.addresses());
    json.statement("programmed", gateway.programmed());
    json.texts("listeners", gateway.listeners());
    if (gateway.kgateway().isPresent()) {
      json.object("controller", () -> kgateway(json, gateway.kgateway().get()));
    }
    json.statements("facts", gateway.facts());
    json.list("routes", gateway.routes(), route -> served(json, route));
    json.texts("boundHosts", gateway.hosts());
    json.flag("cut", gateway.cut());
  }

  private static void served(Json json, ServedRoute route) throws IOException {
    json.ref("route", route.route());
    json.texts("listeners", route.listeners());
    targets(json, route.targets());
  }

  private static void route(Json json, RouteView route) throws IOException {
    json.texts("hostnames", route.hostnames());
    attachments(json, route.attachments(), route.refused());
    json.texts("services", route.services());
    targets(json, route.targets());
  }

  private static void targets(Json json, List<Target> targets) throws IOException {
    json.list(
        "targets",
        targets,
        target -> {
          json.text("reference", target.reference());
          json.word("standing", target.standing());
          json.ref("backend", target.backend());
          json.refs("delegates", target.delegates());
          json.list(
              "arrivals",
              target.arrivals(),
              arrival -> {
                json.ref("gateway", arrival.gateway());
                json.list("paths", arrival.paths(), path -> path(json, path));
              });
        });
  }

  /** Writes what stands against an object. */
  static void findings(Json json, List<Judged> findings) throws IOException {
    json.list(
        "findings",
        findings,
        judged -> {
          json.text("code", judged.rule().code());
          json.text("name", judged.rule().name());
          json.text("action", judged.action().word());
          json.ref("subject", judged.subject());
          json.text("field", judged.finding().field().text());
          json.text("message", judged.finding().message());
          json.text("explanation", judged.finding().because());
          json.text("exemption", judged.exemption());
          json.text("unheeded", judged.unheeded());
          json.text("page", judged.page());
        });
  }
}
