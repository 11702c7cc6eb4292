package dev.lintel.explain;

import dev.lintel.explain.RuleView.Reader;
import dev.lintel.explain.RuleView.Reading;
import dev.lintel.mesh.KgatewayDistribution;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.TrafficPolicy;
import dev.lintel.resource.VirtualService;
import dev.lintel.topology.Backend;
import dev.lintel.topology.PolicyFields;
import dev.lintel.topology.Proxy;
import dev.lintel.topology.RuleReading;
import dev.lintel.topology.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Tells who reads a DestinationRule, and why others do not (docs/domain.md, 8.3). */
final class RuleReader {

  private final Topology topology;
  private final DestinationRule rule;

  RuleReader(Topology topology, DestinationRule rule) {
    this.topology = topology;
    this.rule = rule;
  }

  /**
   * Returns the rule with its readers.
   *
   * @param backends the hosts to look at
   * @param cut whether the rule covers more
   */
  RuleView read(List<Backend> backends, boolean cut) {
    return new RuleView(
        rule.ref(),
        rule.host(),
        topology.rules().hostOf(rule),
        rule.exportTo(),
        rule.workloadSelector().orElse(Map.of()).entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue())
            .sorted()
            .toList(),
        sets(),
        topology.rules().displacedBy(rule).map(DestinationRule::ref),
        backends.stream().map(this::reading).toList(),
        cut);
  }

  private List<String> sets() {
    List<String> names = new ArrayList<>(ofPolicies(PolicyFields::set));
    if (!rule.subsets().isEmpty()) {
      names.add("subsets");
    }
    return names;
  }

  /** A request comes to the Gateway first. */
  private Reading reading(Backend backend) {
    return new Reading(
        backend.host(),
        backend.resource().ref(),
        topology.rules().readersOf(rule, backend).readings().stream()
            .sorted(Comparator.comparing(found -> !(found.proxy() instanceof Proxy.Kgateway)))
            .map(
                found ->
                    new Reader(
                        found.proxy().spoken(),
                        found.proxy().object().map(Gateway::ref),
                        found.applies(),
                        why(found),
                        ignored(found, backend)))
            .toList());
  }

  private String why(RuleReading reading) {
    boolean isKgateway = reading.proxy() instanceof Proxy.Kgateway;
    return switch (reading) {
      case RuleReading.Applied applied -> "it picks the endpoints by it" + assumed(applied);
      case RuleReading.Displaced(var proxy, var other) ->
          isKgateway
              ? "it uses %s, the oldest that it sees".formatted(other.ref().spoken())
              : "it merges it with others, and uses the policy of " + other.ref().spoken();
      case RuleReading.Hidden(var proxy, var other) ->
          isKgateway
              ? "it uses %s, which is exported to everyone".formatted(other.ref().spoken())
              : "it finds %s first".formatted(other.ref().spoken());
      case RuleReading.NotSearched(var proxy, var searched) ->
          "it looks in namespaces %s only".formatted(String.join(", ", searched));
      case RuleReading.NotExported(var proxy) ->
          "it is not exported to namespace " + proxy.object().map(Gateway::namespace).orElse("");
      case RuleReading.HasSelector selector ->
          isKgateway
              ? "the workloadSelector matches none of its Pods"
              : "a workloadSelector does not act at a waypoint";
      case RuleReading.OtherSpelling(var proxy, var canonical) ->
          "it compares hosts letter for letter: `%s` is not `%s`".formatted(rule.host(), canonical);
      case RuleReading.PicksNoPod(var proxy) ->
          "it picks no endpoint (%s)%s".formatted(Words.labels(proxy.leg().paths()), onAddress());
      case RuleReading.IntegrationOff(var proxy, var reason) ->
          "its controller reads no DestinationRules (%s)".formatted(reason);
      case RuleReading.ReadsNone none -> "it reads no DestinationRules";
      case RuleReading.NotFound notFound -> "it does not find it";
      case RuleReading.Unknown(var proxy, var reason) -> reason;
    };
  }

  private static String assumed(RuleReading.Applied applied) {
    return applied.proxy() instanceof Proxy.Kgateway(var leg)
            && leg.kgateway().distribution() == KgatewayDistribution.ENTERPRISE
        ? ", and is taken to read the fields that the open source one reads"
        : "";
  }

  private String onAddress() {
    boolean isPut = rule.trafficPolicy().flatMap(TrafficPolicy::outlierDetection).isPresent();
    return isPut ? "; outlierDetection is put on the one address" : "";
  }

  private List<String> ignored(RuleReading reading, Backend backend) {
    if (reading.applies().isNo()) {
      return List.of();
    }
    return switch (reading.proxy()) {
      case Proxy.Kgateway kgateway -> ignoredAtGateway();
      case Proxy.Waypoint waypoint -> ignoredAtWaypoint(backend);
      case Proxy.IstioIngress ingress -> List.of();
      case Proxy.Sidecars sidecars -> List.of();
      case Proxy.Ztunnel ztunnel -> List.of();
    };
  }

  private List<String> ignoredAtGateway() {
    List<String> names = new ArrayList<>(ofPolicies(PolicyFields::ignoredByKgateway));
    names.addAll(ofPolicies(PolicyFields::readByNobody));
    if (!rule.subsets().isEmpty()) {
      names.add("subsets");
    }
    return names;
  }

  private List<String> ignoredAtWaypoint(Backend backend) {
    List<String> names = new ArrayList<>(ofPolicies(PolicyFields::ignoredByWaypoint));
    names.addAll(ofPolicies(PolicyFields::readByNobody));
    boolean isRouted =
        topology.virtualServicesCovering(backend.host()).anyMatch(VirtualService::isForMesh);
    if (!rule.subsets().isEmpty() && !isRouted) {
      names.add("subsets, without a VirtualService");
    }
    return names;
  }

  /** A port's own policy takes the place of the destination's, so its fields are named apart. */
  private List<String> ofPolicies(Function<TrafficPolicy, List<String>> fields) {
    TrafficPolicy policy = rule.trafficPolicy().orElse(TrafficPolicy.EMPTY);
    Stream<String> ofPorts =
        policy.ports().stream()
            .flatMap(
                port ->
                    fields.apply(port.policy()).stream()
                        .map(name -> "%s for port %d".formatted(name, port.port())));
    return Stream.concat(fields.apply(policy).stream(), ofPorts).toList();
  }
}
