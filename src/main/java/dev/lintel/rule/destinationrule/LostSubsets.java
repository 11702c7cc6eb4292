package dev.lintel.rule.destinationrule;

import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.DestinationRule.Subset;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Kind;
import dev.lintel.resource.VirtualService;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.topology.Backend;
import dev.lintel.topology.RuleLookup;
import dev.lintel.topology.RuleReaders;
import dev.lintel.topology.RuleReading.SetAside;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Subsets that a route names, of a rule in whose place proxies read a newer one: rules for one host
 * with different exports stand alone, and of those a proxy reads the last, for everything.
 *
 * <p>Restricted: {@code spec.subsets} of a DestinationRule while a newer one of the same namespace
 * and host has another {@code spec.exportTo} and does not have the subset. Allowed: exports that
 * istiod merges, and subsets that no VirtualService of the same proxies names (docs/domain.md,
 * 2.1).
 */
final class LostSubsets {

  /** How many namespaces with sidecars are looked at. */
  private static final int MAX_NAMESPACES = 50;

  static final Rule RULE =
      Rule.warns("DR-030", "subsets-lost-to-another-export")
          .summary("A newer rule with another exportTo takes away subsets that a route names")
          .reads(Reads.and(Reads.RULE_READERS, Kind.VIRTUAL_SERVICE))
          .ofDestinationRules(LostSubsets::judge);

  private LostSubsets() {}

  /**
   * Proxies that read a newer rule alone.
   *
   * @param spoken how a sentence names them
   * @param consulted what they read instead
   * @param by the rule among these whose policy they use
   * @param follows tells the VirtualServices that they follow
   */
  private record Reader(
      String spoken,
      Optional<Gateway> gateway,
      List<DestinationRule> consulted,
      DestinationRule by,
      Predicate<VirtualService> follows) {}

  private static Stream<Finding> judge(Topology topology, OfRule subject) {
    DestinationRule rule = subject.resource();
    return rule.subsets().isEmpty() || rule.workloadSelector().isPresent()
        ? Stream.empty()
        : subject.readers().stream()
            .flatMap(
                readers ->
                    readersInstead(topology, rule, readers)
                        .flatMap(reader -> lost(topology, rule, readers.backend(), reader).stream())
                        .limit(1));
  }

  private static Stream<Reader> readersInstead(
      Topology topology, DestinationRule rule, RuleReaders readers) {
    Backend backend = readers.backend();
    Stream<Reader> waypoints =
        readers.of(SetAside.class).stream()
            .flatMap(
                reading ->
                    reading.proxy().object().stream()
                        .map(waypoint -> atWaypoint(topology, backend, waypoint, reading)));
    return readers.istiodClients()
        ? Stream.concat(waypoints, clients(topology, rule, backend))
        : waypoints;
  }

  /** A waypoint follows the VirtualServices of its own namespace and of the host's. */
  private static Reader atWaypoint(
      Topology topology, Backend backend, Gateway waypoint, SetAside reading) {
    return new Reader(
        reading.proxy().spoken(),
        Optional.of(waypoint),
        topology.rules().lookUp(waypoint.namespace(), backend).consulted(),
        reading.by(),
        service ->
            service.isForMesh()
                && (service.namespace().equals(waypoint.namespace())
                    || service.namespace().equals(backend.namespace())));
  }

  private static Stream<Reader> clients(Topology topology, DestinationRule rule, Backend backend) {
    Stream<Reader> sidecars =
        topology
            .sidecarNamespaces()
            .sorted()
            .limit(MAX_NAMESPACES)
            .flatMap(
                namespace ->
                    instead(topology, rule, backend, namespace)
                        .map(
                            found ->
                                reader(
                                    "sidecars of namespace " + namespace,
                                    Optional.empty(),
                                    found,
                                    VirtualService::isForMesh))
                        .stream());
    Stream<Reader> gateways =
        topology
            .ingress()
            .istioGateways()
            .flatMap(
                gateway ->
                    instead(topology, rule, backend, gateway.namespace())
                        .map(
                            found ->
                                reader(
                                    gateway.ref().spoken(),
                                    Optional.of(gateway),
                                    found,
                                    LostSubsets::isForGateways))
                        .stream());
    return Stream.concat(sidecars, gateways);
  }

  private static boolean isForGateways(VirtualService service) {
    return service.gateways().stream().anyMatch(name -> !name.equals(VirtualService.MESH));
  }

  private static Reader reader(
      String spoken,
      Optional<Gateway> gateway,
      RuleLookup found,
      Predicate<VirtualService> follows) {
    return new Reader(
        spoken, gateway, found.consulted(), found.policyAtWaypoint().orElseThrow(), follows);
  }

  /** Returns what the proxies of a namespace find where the rule is among it, and not consulted. */
  private static Optional<RuleLookup> instead(
      Topology topology, DestinationRule rule, Backend backend, String namespace) {
    RuleLookup found = topology.rules().lookUp(namespace, backend);
    return Optional.of(found)
        .filter(lookUp -> lookUp.rules().contains(rule))
        .filter(lookUp -> !lookUp.consulted().isEmpty() && !lookUp.consulted().contains(rule));
  }

  private static Optional<Finding> lost(
      Topology topology, DestinationRule rule, Backend backend, Reader reader) {
    Set<String> kept =
        reader.consulted().stream()
            .flatMap(other -> other.subsets().stream())
            .map(Subset::name)
            .collect(Collectors.toUnmodifiableSet());
    List<String> lacking =
        rule.subsets().stream().map(Subset::name).filter(name -> !kept.contains(name)).toList();
    return topology
        .virtualServicesTo(backend.host())
        .filter(reader.follows())
        .sorted((one, other) -> one.key().compareTo(other.key()))
        .flatMap(
            service ->
                lacking.stream()
                    .filter(subset -> names(topology, service, backend, subset))
                    .map(subset -> finding(rule, backend, reader, service, subset)))
        .findFirst();
  }

  private static boolean names(
      Topology topology, VirtualService service, Backend backend, String subset) {
    topology.work(service.destinations().size());
    return service.destinations().stream()
        .filter(to -> to.subset().equals(subset))
        .anyMatch(to -> topology.hostOf(service, to).equals(backend.host()));
  }

  private static Finding finding(
      DestinationRule rule, Backend backend, Reader reader, VirtualService service, String subset) {
    int position = rule.subsets().stream().map(Subset::name).toList().indexOf(subset);
    Finding found =
        Finding.at(FieldPath.of("spec.subsets").index(position).field("name"))
            .says(
                "subset `%s` is gone at %s, where %s alone is read for %s, and %s still sends to it: 503",
                subset,
                reader.spoken(),
                reader.by().ref().spoken(),
                backend.host(),
                service.ref().spoken())
            .because(
                "istiod merges rules of one namespace for one host only where their exportTo is the"
                    + " same, or the newer one's has all of the older one's and more. Others stand"
                    + " alone, and a proxy reads the newest that it sees, and nothing of the rest:"
                    + " there is no cluster for a subset that this one does not have.")
            .fix("give both the same exportTo, or move the subsets there")
            .about(reader.by())
            .with(service)
            .with(backend.resource())
            .about(subset);
    return reader.gateway().map(found::with).orElse(found);
  }
}
