package dev.lintel.explain;

import dev.lintel.explain.HostView.EndpointCount;
import dev.lintel.explain.HostView.HostRule;
import dev.lintel.explain.HostView.Way;
import dev.lintel.judge.Judged;
import dev.lintel.mesh.Keys;
import dev.lintel.mesh.Tier;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.topology.Backend;
import dev.lintel.topology.EndpointReader;
import dev.lintel.topology.Endpoints;
import dev.lintel.topology.Endpoints.Endpoint;
import dev.lintel.topology.GatewayRole;
import dev.lintel.topology.IngressLabels;
import dev.lintel.topology.Picker;
import dev.lintel.topology.RouteReference;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Tells what becomes of requests to a host. */
final class HostReader {

  private static final List<Tier> LOCALITY = List.of(Tier.REGION, Tier.ZONE);

  private final Topology topology;
  private final Backend backend;
  private final Function<Resource, List<Judged>> review;

  /**
   * Creates a reader.
   *
   * @param review tells what stands against an object
   */
  HostReader(Topology topology, Backend backend, Function<Resource, List<Judged>> review) {
    this.topology = topology;
    this.backend = backend;
    this.review = review;
  }

  HostView read() {
    return new HostView(
        backend.host(),
        backend.resource().ref(),
        ports(),
        Addresses.of(topology, backend),
        Waypoints.of(topology.waypoints().of(backend), backend),
        ingressLabels(),
        Distributions.written(topology.endpoints().trafficDistributionOf(backend), backend),
        topology.ingress().referencesTo(backend).stream().map(this::way).toList(),
        others(),
        new PathReader(topology, backend).paths(),
        rules(),
        endpoints(),
        Scopes.of(topology, backend));
  }

  private List<String> ports() {
    return switch (backend) {
      case Backend.OfService(var service, var host) ->
          service.ports().stream()
              .map(port -> port(port.number(), port.name(), port.appProtocol()))
              .toList();
      case Backend.OfEntry(var entry, var host, var written) ->
          entry.ports().stream()
              .map(port -> port(port.number(), port.name(), port.protocol()))
              .toList();
    };
  }

  private static String port(int number, String name, String protocol) {
    String text =
        protocol.isEmpty() || protocol.equalsIgnoreCase(name) ? name : name + " " + protocol;
    return (number + " " + text).strip();
  }

  /** istiod asks the object first; to kgateway any `true` counts. */
  private List<Setting> ingressLabels() {
    Optional<String> own = IngressLabels.own(backend);
    Optional<String> inherited = topology.ingress().namespaceLabelOf(backend);
    List<Setting> settings = new ArrayList<>();
    own.map(value -> ingressLabel(backend.resource().ref(), value, istiod(value)))
        .ifPresent(settings::add);
    inherited
        .map(
            value ->
                ingressLabel(
                    new ResourceRef(Kind.NAMESPACE, "", backend.namespace()),
                    value,
                    own.isPresent() ? "not looked at" : istiod(value)))
        .ifPresent(settings::add);
    return settings;
  }

  private static Setting ingressLabel(ResourceRef on, String value, String atIstiod) {
    return new Setting(
        on,
        Keys.INGRESS_USE_WAYPOINT,
        value,
        atIstiod,
        IngressLabels.isTrueForKgateway(value) ? "true" : "false");
  }

  private static String istiod(String value) {
    if (IngressLabels.isTrueForIstiod(value)) {
      return "true";
    }
    return IngressLabels.istiodReads(value) ? "false" : "false, it cannot read the value";
  }

  private Way way(RouteReference reference) {
    return new Way(
        reference.route().ref(),
        reference.route().hostnames(),
        Words.reference(reference.route(), reference.ref()),
        reference.standing(),
        topology.ingress().attachmentsOf(reference.route()),
        topology.ingress().refusedParentsOf(reference.route()));
  }

  private List<Statement> others() {
    return topology
        .ingress()
        .gatewaysTo(backend)
        .filter(gateway -> topology.ingress().kgatewayOf(gateway).isEmpty())
        .sorted(Comparator.comparing(Gateway::key))
        .map(this::other)
        .toList();
  }

  private Statement other(Gateway gateway) {
    GatewayRole role = topology.roleOf(gateway);
    String name = "%s (%s)".formatted(gateway.ref().spoken(), Words.role(role));
    return role == GatewayRole.ISTIO_INGRESS
        ? Statement.known(name + " speaks HBONE itself and " + atIstioIngress(gateway))
        : Statement.unknown(name + ": Lintel does not know how it picks endpoints");
  }

  private String atIstioIngress(Gateway gateway) {
    if (topology.ingress().labelIsTrueForIstiod(backend)
        && topology.ingress().hasVip(backend)
        && topology.waypoints().of(backend)
            instanceof WaypointBinding.Bound(var waypoint, var level)) {
      return "sends to waypoint %s, which picks the endpoint".formatted(waypoint.key());
    }
    Picker picker = topology.endpoints().pickers(backend).atIstioIngress(gateway);
    return "picks the endpoint: traffic distribution %s%s%s"
        .formatted(
            Distributions.mode(picker),
            Choices.displacedBy(picker).map(by -> ", displaced by " + by).orElse(""),
            picker.rule().map(found -> " and " + found.ref().spoken()).orElse(""));
  }

  private List<HostRule> rules() {
    return Stream.concat(
            topology.rules().covering(backend.host()),
            topology.rules().written(backend.canonicalHost()).stream())
        .distinct()
        .sorted(Comparator.comparing(DestinationRule::key))
        .map(
            rule ->
                new HostRule(
                    new RuleReader(topology, rule).read(List.of(backend), false),
                    review.apply(rule)))
        .toList();
  }

  private EndpointCount endpoints() {
    Endpoints endpoints = topology.endpoints().of(backend, EndpointReader.ISTIOD_PROXY);
    Map<String, Integer> places = new TreeMap<>();
    endpoints.known().stream()
        .map(Endpoint::place)
        .forEach(place -> places.merge(Words.place(place, LOCALITY), 1, Integer::sum));
    return new EndpointCount(
        endpoints.count(),
        (int) endpoints.known().stream().filter(Endpoint::ready).count(),
        endpoints.complete(),
        places.entrySet().stream()
            .map(place -> "%d in %s".formatted(place.getValue(), place.getKey()))
            .toList());
  }
}
