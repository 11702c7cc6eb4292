package dev.lintel.explain.picture;

import dev.lintel.explain.Explanation;
import dev.lintel.explain.Explanation.OfGateway;
import dev.lintel.explain.Explanation.OfHosts;
import dev.lintel.explain.Explanation.OfRoute;
import dev.lintel.explain.Explanation.OfRule;
import dev.lintel.explain.ExplanationFormat;
import dev.lintel.explain.GatewayView;
import dev.lintel.explain.GatewayView.ServedRoute;
import dev.lintel.explain.HostView;
import dev.lintel.explain.HostView.HostRule;
import dev.lintel.explain.HostView.Way;
import dev.lintel.explain.Leg;
import dev.lintel.explain.Leg.Stop;
import dev.lintel.explain.PathView;
import dev.lintel.explain.PathView.Possibility;
import dev.lintel.explain.RouteView;
import dev.lintel.explain.RuleView;
import dev.lintel.explain.RuleView.Reader;
import dev.lintel.explain.RuleView.Reading;
import dev.lintel.explain.Target;
import dev.lintel.explain.Target.Arrival;
import dev.lintel.explain.Words;
import dev.lintel.explain.picture.Picture.Line;
import dev.lintel.explain.picture.Picture.Role;
import dev.lintel.judge.Judged;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ResourceRef;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.RouteReference.Standing;
import java.io.Writer;
import java.util.List;

/**
 * Draws an explanation.
 *
 * @param format how the picture is written down
 */
public record ExplanationPicture(PictureFormat format) implements ExplanationFormat {

  @Override
  public void write(Explanation explanation, Writer to) {
    format.write(draw(explanation), to);
  }

  /** Returns the picture of an explanation. */
  static Picture draw(Explanation explanation) {
    Drawing drawing = new Drawing(new Sketch(), explanation);
    switch (explanation.content()) {
      case OfHosts(var hosts) -> hosts.forEach(drawing::host);
      case OfRule(var rule) -> drawing.rule(rule, explanation.findings());
      case OfGateway(var gateway) -> drawing.gateway(gateway);
      case OfRoute(var route) -> drawing.route(route);
    }
    return drawing.sketch.picture(0);
  }

  private record Drawing(Sketch sketch, Explanation explanation) {

    void host(HostView host) {
      host.ways().forEach(way -> way(host, way));
      host.paths().forEach(path -> path(host, path));
      if (host.paths().isEmpty()) {
        endpoints(host);
      }
      host.rules().forEach(this::rule);
      host.paths().forEach(this::entry);
    }

    /** Nobody of the mesh decides there. */
    private void entry(PathView path) {
      Stop client = path.entry().from();
      sketch.edge(
          sketch.thing(Role.CLIENT, client.name(), client.name()),
          sketch.object(Role.GATEWAY, path.gateway(), List.of()),
          Line.FLOW,
          "load balancer");
    }

    private void way(HostView host, Way way) {
      String route = sketch.object(Role.ROUTE, way.route(), List.of());
      sketch.attachments(route, way.attachments(), way.refused());
      if (way.standing() != Standing.RESOLVED) {
        sketch.edge(route, endpoints(host), Line.REFUSED, Words.standing(way.standing()));
      }
    }

    /** A path begins at the routes that lead from the Gateway to the host. */
    private void path(HostView host, PathView path) {
      Line line = path.possibilities().size() > 1 ? Line.MAYBE : Line.FLOW;
      for (Possibility possibility : path.possibilities()) {
        Leg first = possibility.legs().getFirst();
        host.ways().stream()
            .filter(way -> leads(way, path.gateway()))
            .map(way -> sketch.object(Role.ROUTE, way.route(), List.of()))
            .forEach(
                route ->
                    sketch.edge(
                        route, stop(host, first.to()), line, label(possibility.path(), first)));
        possibility.legs().stream()
            .skip(1)
            .forEach(
                leg -> sketch.edge(stop(host, leg.from()), stop(host, leg.to()), line, mode(leg)));
        connect(host, possibility, line);
      }
    }

    /** ztunnel takes up what is sent to an address. */
    private void connect(HostView host, Possibility possibility, Line line) {
      for (int i = 1; i < possibility.legs().size(); i++) {
        Stop before = possibility.legs().get(i - 1).to();
        Stop next = possibility.legs().get(i).from();
        if (before.kind() == Stop.Kind.ADDRESS) {
          sketch.edge(stop(host, before), stop(host, next), line, "");
        }
      }
    }

    private static boolean leads(Way way, ResourceRef gateway) {
      return way.standing() == Standing.RESOLVED
          && way.attachments().stream().anyMatch(a -> a.gateway().ref().equals(gateway));
    }

    private static String label(IngressPath path, Leg leg) {
      String mode = mode(leg);
      return mode.isEmpty() ? path.label() : path.label() + ": " + mode;
    }

    private static String mode(Leg leg) {
      return leg.choice().map(choice -> choice.displacedBy().orElse(choice.mode())).orElse("");
    }

    private String stop(HostView host, Stop stop) {
      return switch (stop.kind()) {
        case ENDPOINTS -> endpoints(host);
        case WAYPOINT -> waypoint(host, stop);
        case CLIENT -> sketch.thing(Role.CLIENT, stop.name(), stop.name());
        case GATEWAY -> sketch.thing(Role.GATEWAY, stop.name(), stop.name());
        case ZTUNNEL -> sketch.thing(Role.ZTUNNEL, host.host().value(), stop.name());
        case ADDRESS -> sketch.thing(Role.ADDRESS, stop.name(), stop.name());
        case NOTHING -> sketch.thing(Role.NOTHING, stop.name(), "503: no endpoint");
      };
    }

    private String waypoint(HostView host, Stop stop) {
      return host.waypoint()
          .gateway()
          .map(ref -> sketch.object(Role.WAYPOINT, ref, List.of(), "waypoint"))
          .orElseGet(() -> sketch.thing(Role.WAYPOINT, stop.name(), stop.name()));
    }

    private String endpoints(HostView host) {
      return backend(host.definedBy(), host.host().value());
    }

    private String backend(ResourceRef ref, String host) {
      boolean isAsked = ref.equals(explanation.object());
      return sketch.host(ref, host, isAsked ? explanation.findings() : List.of());
    }

    private void rule(HostRule found) {
      rule(found.rule(), found.findings());
    }

    void rule(RuleView view, List<Judged> findings) {
      String rule = sketch.object(Role.RULE, view.rule(), findings);
      for (Reading reading : view.readings()) {
        String host = backend(reading.definedBy(), reading.host().value());
        boolean isRead = false;
        for (Reader reader : reading.readers()) {
          if (!reader.applies().isNo()) {
            isRead = true;
            read(rule, host, reader);
          }
        }
        if (!isRead) {
          sketch.edge(rule, host, Line.REFUSED, "read by nobody");
        }
      }
    }

    private void read(String rule, String host, Reader reader) {
      String proxy =
          reader
              .proxy()
              .map(ref -> sketch.object(proxyRole(reader), ref, List.of()))
              .orElseGet(() -> sketch.thing(Role.GATEWAY, reader.who(), reader.who()));
      String word = reader.applies().isYes() ? "read by" : "may be read by";
      String ignored =
          reader.ignores().isEmpty() ? "" : ", ignores " + String.join(", ", reader.ignores());
      sketch.edge(rule, proxy, Line.READ, word + ignored);
      if (explanation.content() instanceof OfRule) {
        sketch.edge(proxy, host, reader.applies().isYes() ? Line.FLOW : Line.MAYBE, "");
      }
    }

    private static Role proxyRole(Reader reader) {
      return reader.who().startsWith("waypoint ") ? Role.WAYPOINT : Role.GATEWAY;
    }

    void gateway(GatewayView view) {
      String gateway =
          sketch.object(Role.GATEWAY, explanation.object(), List.of(), view.className());
      for (ServedRoute served : view.routes()) {
        String route = sketch.object(Role.ROUTE, served.route(), List.of());
        sketch.edge(gateway, route, Line.FLOW, "listener " + String.join(", ", served.listeners()));
        served.targets().forEach(target -> target(route, target));
      }
      for (String host : view.hosts()) {
        sketch.edge(gateway, sketch.thing(Role.BACKEND, host, host), Line.FLOW, "waypoint of");
      }
    }

    void route(RouteView view) {
      String route = sketch.object(Role.ROUTE, explanation.object(), List.of());
      sketch.attachments(route, view.attachments(), view.refused());
      view.targets().forEach(target -> target(route, target));
    }

    private void target(String route, Target target) {
      target
          .delegates()
          .forEach(
              child ->
                  sketch.edge(
                      route, sketch.object(Role.ROUTE, child, List.of()), Line.FLOW, "delegates"));
      if (!target.delegates().isEmpty()) {
        return;
      }
      String to =
          target
              .backend()
              .map(ref -> sketch.object(Role.BACKEND, ref, List.of()))
              .orElseGet(() -> sketch.thing(Role.NOTHING, target.reference(), target.reference()));
      if (target.standing() != Standing.RESOLVED) {
        sketch.edge(route, to, Line.REFUSED, Words.standing(target.standing()));
        return;
      }
      for (Arrival arrival : target.arrivals()) {
        sketch.edge(
            route,
            to,
            arrival.paths().size() > 1 ? Line.MAYBE : Line.FLOW,
            "%s from %s".formatted(Words.labels(arrival.paths()), name(arrival.gateway())));
      }
      if (target.arrivals().isEmpty()) {
        sketch.edge(route, to, Line.FLOW, "");
      }
    }

    private static String name(ResourceRef ref) {
      return ref.kind() == Kind.GATEWAY ? ref.namespace() + "/" + ref.name() : ref.toString();
    }
  }
}
