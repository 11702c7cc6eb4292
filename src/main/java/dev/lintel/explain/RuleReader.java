package dev.lintel.explain;

import dev.lintel.explain.RuleView.Reader;
import dev.lintel.explain.RuleView.Reading;
import dev.lintel.mesh.Fact;
import dev.lintel.mesh.KgatewayDistribution;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.TrafficPolicy;
import dev.lintel.resource.VirtualService;
import dev.lintel.topology.Backend;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.PolicyFields;
import dev.lintel.topology.RuleLookup;
import dev.lintel.topology.RuleReaders;
import dev.lintel.topology.RuleReaders.LegReading;
import dev.lintel.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        topology.hostOf(rule),
        rule.exportTo(),
        rule.workloadSelector().orElse(Map.of()).entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue())
            .sorted()
            .toList(),
        sets(),
        topology.displacedBy(rule).map(DestinationRule::ref),
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

  private Reading reading(Backend backend) {
    RuleReaders readers = topology.readersOf(rule, backend);
    List<Reader> found = new ArrayList<>();
    readers.legs().forEach(leg -> found.add(atGateway(leg, backend)));
    readers.waypoints().forEach(waypoint -> found.add(consulting(waypoint, readers)));
    readers.otherWaypoints().forEach(waypoint -> found.add(blind(waypoint, backend)));
    if (readers.istiodClients()) {
      found.add(
          new Reader(
              "sidecars and Istio's own gateways",
              Optional.empty(),
              Fact.unknown("those that are there may read it"),
              "those that are there may read it",
              List.of()));
    }
    found.add(
        new Reader(
            "ztunnel", Optional.empty(), Fact.no(), "it reads no DestinationRules", List.of()));
    return new Reading(backend.host(), backend.resource().ref(), found);
  }

  private Reader atGateway(LegReading reading, Backend backend) {
    Gateway gateway = reading.leg().gateway();
    return new Reader(
        gateway.ref().spoken(),
        Optional.of(gateway.ref()),
        reading.applies(),
        switch (reading.applies()) {
          case Fact.Yes yes -> atKgateway(reading.leg());
          case Fact.No no -> whyNot(reading, backend);
          case Fact.Unknown unknown -> unknown.reason();
        },
        reading.applies().isNo() ? List.of() : ignoredAtGateway());
  }

  private static String atKgateway(IngressLeg leg) {
    return leg.kgateway().distribution() == KgatewayDistribution.ENTERPRISE
        ? "it picks the endpoints by it, and is taken to read the fields that the open source one"
            + " reads"
        : "it picks the endpoints by it";
  }

  private String whyNot(LegReading reading, Backend backend) {
    IngressLeg leg = reading.leg();
    Fact integration = leg.kgateway().istioIntegration();
    if (integration.isNo()) {
      return "its controller reads no DestinationRules (%s)".formatted(integration.reason());
    }
    if (!reading.exported()) {
      return "exportTo or workloadSelector does not reach it";
    }
    if (!reading.visible()) {
      return "it compares hosts letter for letter: `%s` is not `%s`"
          .formatted(rule.host(), backend.canonicalHost());
    }
    if (leg.certainly(path -> !path.gatewayPicksPod())) {
      return "it picks no endpoint (%s)%s".formatted(Words.labels(leg.paths()), onAddress());
    }
    return topology
        .ruleAtKgateway(leg.gateway(), backend)
        .map(other -> "it uses %s, the oldest that it sees".formatted(other.ref().spoken()))
        .orElse("it does not find it");
  }

  private String onAddress() {
    boolean isPut = rule.trafficPolicy().flatMap(TrafficPolicy::outlierDetection).isPresent();
    return isPut ? "; outlierDetection is put on the one address" : "";
  }

  private Reader consulting(Gateway waypoint, RuleReaders readers) {
    boolean applies = readers.applyingWaypoints().contains(waypoint);
    String why =
        applies
            ? "it picks the endpoints by it"
            : topology
                .lookUpRule(waypoint.namespace(), readers.backend())
                .policyAtWaypoint()
                .map(
                    other ->
                        "it merges it with others, and uses the policy of " + other.ref().spoken())
                .orElse("it finds no policy in it");
    return new Reader(
        "waypoint " + waypoint.key(),
        Optional.of(waypoint.ref()),
        Fact.of(applies),
        why,
        applies ? ignoredAtWaypoint(readers.backend()) : List.of());
  }

  private Reader blind(Gateway waypoint, Backend backend) {
    return new Reader(
        "waypoint " + waypoint.key(),
        Optional.of(waypoint.ref()),
        Fact.no(),
        whyBlind(waypoint, backend),
        List.of());
  }

  private String whyBlind(Gateway waypoint, Backend backend) {
    if (rule.workloadSelector().isPresent()) {
      return "a workloadSelector does not act at a waypoint";
    }
    List<String> searched =
        Stream.of(waypoint.namespace(), backend.namespace(), topology.platform().rootNamespace())
            .distinct()
            .toList();
    if (!searched.contains(rule.namespace())) {
      return "it looks in namespaces %s only".formatted(String.join(", ", searched));
    }
    if (!RuleLookup.isExportedTo(rule, waypoint.namespace())) {
      return "it is not exported to namespace " + waypoint.namespace();
    }
    return topology.lookUpRule(waypoint.namespace(), backend).rules().stream()
        .findFirst()
        .map(other -> "it finds %s first".formatted(other.ref().spoken()))
        .orElse("it does not find it");
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
