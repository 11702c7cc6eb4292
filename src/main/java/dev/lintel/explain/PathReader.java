package dev.lintel.explain;

import dev.lintel.explain.Leg.Choice;
import dev.lintel.explain.Leg.Stop;
import dev.lintel.explain.PathView.Possibility;
import dev.lintel.mesh.Fact;
import dev.lintel.mesh.Keys;
import dev.lintel.mesh.KgatewayDistribution;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.ResourceRef;
import dev.lintel.resource.TrafficPolicy;
import dev.lintel.topology.Backend;
import dev.lintel.topology.EndpointReader;
import dev.lintel.topology.Endpoints;
import dev.lintel.topology.Endpoints.Endpoint;
import dev.lintel.topology.IngressLabels;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.Pickers;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells the path from each kgateway Gateway to a host, leg by leg, and why it is that one. */
final class PathReader {

  private static final String IN_MESH =
      "ztunnel, in HBONE (mutual TLS) where the endpoint is in the mesh";
  private static final String TO_ADDRESS = "ztunnel of the Gateway's node takes it up";

  private final Topology topology;
  private final Backend backend;
  private final Pickers pickers;
  private final WaypointBinding binding;

  PathReader(Topology topology, Backend backend) {
    this.topology = topology;
    this.backend = backend;
    this.pickers = topology.endpoints().pickers(backend);
    this.binding = topology.waypoints().of(backend);
  }

  List<PathView> paths() {
    return topology.ingress().to(backend).stream().map(this::path).toList();
  }

  private PathView path(IngressLeg leg) {
    return new PathView(
        leg.gateway().ref(),
        entry(leg.gateway()),
        because(leg),
        leg.paths().stream().map(path -> new Possibility(path, legs(leg, path))).toList());
  }

  /** No proxy of the mesh stands before the Gateway (docs/domain.md, 1.7). */
  private static Leg entry(Gateway gateway) {
    return new Leg(
        new Stop(Stop.Kind.CLIENT, "clients outside the cluster"),
        new Stop(Stop.Kind.GATEWAY, gateway.ref().spoken()),
        Optional.of("the load balancer in front of it; no setting of the mesh decides here"),
        "the network outside the mesh",
        Optional.empty(),
        List.of());
  }

  private List<Statement> because(IngressLeg leg) {
    List<Statement> statements = new ArrayList<>();
    statements.add(captured(leg.captured()));
    if (leg.captured().isNo()) {
      return statements;
    }
    statements.add(label());
    if (topology.ingress().labelIsTrueForKgateway(backend)) {
      statements.add(honoured(leg));
    }
    statements.add(Waypoints.statement(binding, backend));
    if (leg.possibly(path -> !path.gatewayPicksPod())) {
      statements.add(Addresses.of(topology, backend));
    }
    return statements;
  }

  private static Statement captured(Fact captured) {
    return switch (captured) {
      case Fact.Yes assumed when captured.isAssumed() ->
          Statement.assumed("ztunnel captures its Pods: " + assumed.reason());
      case Fact.Yes yes -> Statement.known("ztunnel captures its Pods");
      case Fact.No no -> Statement.known("ztunnel captures none of its Pods");
      case Fact.Unknown unknown ->
          Statement.unknown("whether ztunnel captures its Pods: " + unknown.reason());
    };
  }

  private Statement label() {
    Optional<String> own = IngressLabels.own(backend);
    Optional<String> inherited = topology.ingress().namespaceLabelOf(backend);
    String key = Keys.INGRESS_USE_WAYPOINT;
    String object = backend.resource().ref().spoken();
    if (own.filter(IngressLabels::isTrueForKgateway).isPresent()) {
      return Statement.known("%s is true on %s".formatted(key, object));
    }
    if (inherited.filter(IngressLabels::isTrueForKgateway).isPresent()) {
      return Statement.known("%s is true on Namespace %s".formatted(key, backend.namespace()));
    }
    if (own.isPresent() || inherited.isPresent()) {
      return Statement.known(
          "%s is `%s` on %s, which is not `true` to kgateway"
              .formatted(
                  key,
                  own.or(() -> inherited).orElse(""),
                  own.isPresent() ? object : "Namespace " + backend.namespace()));
    }
    return topology.namespace(backend.namespace()).isPresent()
        ? Statement.known("neither %s nor its Namespace sets %s".formatted(object, key))
        : Statement.assumed(
            "Namespace %s, which is not known, does not set %s"
                .formatted(backend.namespace(), key));
  }

  private Statement honoured(IngressLeg leg) {
    Fact fact = leg.kgateway().ingressUseWaypoints();
    boolean isTakenForGranted =
        fact.isYes()
            && leg.kgateway().distribution() == KgatewayDistribution.ENTERPRISE
            && topology.platform().ingressUseWaypoints().isEmpty();
    return isTakenForGranted
        ? Statement.assumed("enterprise kgateway honours the label")
        : Statement.of(
            fact,
            "the controller honours the label",
            "the controller ignores the label",
            "whether the controller honours the label");
  }

  private List<Leg> legs(IngressLeg leg, IngressPath path) {
    Stop gateway = new Stop(Stop.Kind.GATEWAY, leg.gateway().ref().spoken());
    return switch (path) {
      case IngressPath.PlaintextToPod clear ->
          List.of(
              picked(
                  gateway, "nobody of the mesh: the connection is in clear", leg, notesInClear()));
      case IngressPath.GatewayPicksPod picks ->
          List.of(picked(gateway, IN_MESH, leg, notesWithoutWaypoint(picks)));
      case IngressPath.WaypointBypassed bypassed ->
          List.of(picked(gateway, IN_MESH, leg, List.of(bypassed(bypassed.binding()))));
      case IngressPath.ThroughWaypoint through ->
          List.of(
              toAddress(gateway, leg),
              toWaypoint(leg, through.waypoint()),
              last(through.waypoint()));
      case IngressPath.WaypointSkippedBehindVip skipped ->
          List.of(toAddress(gateway, leg), pastWaypoint(leg, skipped.binding()));
      case IngressPath.EmptyCluster empty -> List.of(nowhere(gateway));
    };
  }

  private Leg picked(Stop gateway, String carriedBy, IngressLeg leg, List<String> notes) {
    Choice choice = Choices.of(topology, pickers.atKgateway(leg));
    List<String> all = new ArrayList<>(notes);
    if (backend instanceof Backend.OfEntry && leg.kgateway().istioIntegration().isNo()) {
      all.add(
          "the controller knows no ServiceEntries (%s): the reference is not resolved"
              .formatted(leg.kgateway().istioIntegration().reason()));
    }
    if (isEmptyAtKgateway(leg)) {
      all.add("the Gateway finds no ready endpoint: every request gets a 503");
    }
    return new Leg(
        gateway,
        endpoints(),
        Optional.of(leg.gateway().ref().spoken() + ", an Envoy driven by kgateway"),
        carriedBy,
        Optional.of(choice),
        all);
  }

  private List<String> notesInClear() {
    List<String> notes = new ArrayList<>();
    notes.add("there is no mutual TLS: a strict PeerAuthentication resets these connections");
    if (binding.isNamed()) {
      notes.add(bypassed(binding));
    }
    return notes;
  }

  private static List<String> notesWithoutWaypoint(IngressPath.GatewayPicksPod path) {
    return path.labelledWithoutWaypoint()
        ? List.of("%s does nothing without a waypoint".formatted(Keys.INGRESS_USE_WAYPOINT))
        : List.of();
  }

  private static String bypassed(WaypointBinding binding) {
    return switch (binding) {
      case WaypointBinding.Bound bound ->
          "waypoint %s is bypassed: its routes, policies and DestinationRules act on callers in the mesh only"
              .formatted(bound.waypoint().key());
      case WaypointBinding.Unusable unusable ->
          "waypoint %s is not used: %s".formatted(unusable.named(), unusable.reason().spoken());
      case WaypointBinding.NotNamed none -> "no waypoint is named";
      case WaypointBinding.OptedOut out -> "no waypoint is wanted";
      case WaypointBinding.Excluded excluded -> "no waypoint is ever used";
    };
  }

  /** Tells whether a Gateway that picks Pods itself is known to find none that is ready. */
  private boolean isEmptyAtKgateway(IngressLeg leg) {
    Endpoints endpoints =
        topology.endpoints().of(backend, EndpointReader.of(leg.kgateway().distribution()));
    return endpoints.complete().isYes() && endpoints.known().stream().noneMatch(Endpoint::ready);
  }

  private Leg toAddress(Stop gateway, IngressLeg leg) {
    List<String> notes = new ArrayList<>();
    ruleOnAddress(leg)
        .ifPresent(
            rule ->
                notes.add(
                    "the outlierDetection of %s is put on this one address; nothing else of it acts"
                        .formatted(rule.spoken())));
    return new Leg(
        gateway,
        new Stop(Stop.Kind.ADDRESS, "the virtual IP of " + backend.host()),
        Optional.empty(),
        TO_ADDRESS,
        Optional.empty(),
        notes);
  }

  /** Returns the rule whose outlier detection kgateway puts on the one address it sends to. */
  private Optional<ResourceRef> ruleOnAddress(IngressLeg leg) {
    return pickers
        .atKgateway(leg)
        .rule()
        .filter(rule -> rule.trafficPolicy().flatMap(TrafficPolicy::outlierDetection).isPresent())
        .map(DestinationRule::ref);
  }

  private Leg toWaypoint(IngressLeg leg, Gateway waypoint) {
    return new Leg(
        new Stop(Stop.Kind.ZTUNNEL, "ztunnel"),
        new Stop(Stop.Kind.WAYPOINT, "the Pods of waypoint " + waypoint.key()),
        Optional.of("ztunnel"),
        "ztunnel, in HBONE (mutual TLS)",
        Optional.of(Choices.ofWaypointPod(topology, leg.gateway(), waypoint)),
        List.of());
  }

  private Leg last(Gateway waypoint) {
    return new Leg(
        new Stop(Stop.Kind.WAYPOINT, "waypoint " + waypoint.key()),
        endpoints(),
        Optional.of("waypoint %s, an Envoy driven by istiod".formatted(waypoint.key())),
        IN_MESH,
        Optional.of(Choices.of(topology, pickers.atWaypoint(waypoint))),
        List.of());
  }

  private Leg pastWaypoint(IngressLeg leg, WaypointBinding.Unusable unusable) {
    return new Leg(
        new Stop(Stop.Kind.ZTUNNEL, "ztunnel"),
        endpoints(),
        Optional.of("ztunnel"),
        IN_MESH,
        Optional.of(Choices.of(topology, pickers.atZtunnel(leg.gateway()))),
        List.of(
            "waypoint %s is skipped without a word: %s"
                .formatted(unusable.named(), unusable.reason().spoken())));
  }

  private Leg nowhere(Stop gateway) {
    return new Leg(
        gateway,
        new Stop(Stop.Kind.NOTHING, "nothing"),
        Optional.empty(),
        "nobody",
        Optional.empty(),
        List.of(
            "kgateway sends to the virtual IP of %s, which has none: every request gets a 503"
                .formatted(backend.host())));
  }

  private Stop endpoints() {
    ResourceRef defined = backend.resource().ref();
    return new Stop(Stop.Kind.ENDPOINTS, "the endpoints of " + defined.spoken());
  }
}
