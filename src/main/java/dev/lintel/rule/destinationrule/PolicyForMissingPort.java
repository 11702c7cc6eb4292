package dev.lintel.rule.destinationrule;

import dev.lintel.mesh.HostName;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Service;
import dev.lintel.resource.Service.ServicePort;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.topology.Backend;
import dev.lintel.topology.Generated;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Settings for a port that the host does not have.
 *
 * <p>Restricted: {@code portLevelSettings} of a DestinationRule whose hosts are known, where none
 * has the port. Allowed: as long as no host is known; hosts that other clusters have a part of; and
 * wildcards that cover more hosts than are looked at (docs/domain.md, 2.1).
 */
final class PolicyForMissingPort {

  static final Rule RULE =
      Rule.warns("DR-028", "port-level-settings-for-missing-port")
          .summary("portLevelSettings are for a port that the host does not have")
          .reads(Reads.and(Reads.BINDING, Kind.SERVICE, Kind.SERVICE_ENTRY, Kind.DEPLOYMENT))
          .ofDestinationRules(PolicyForMissingPort::judge);

  private PolicyForMissingPort() {}

  private static Stream<Finding> judge(Topology topology, OfRule subject) {
    return findings(topology, subject.resource());
  }

  private static Stream<Finding> findings(Topology topology, DestinationRule rule) {
    List<PlacedPolicy> placed =
        PlacedPolicy.all(rule).filter(policy -> policy.port() != 0).toList();
    if (placed.isEmpty()) {
      return Stream.empty();
    }
    List<Backend> hosts = topology.rules().backendsCoveredBy(rule, Subject.MAX_HOSTS);
    if (hosts.isEmpty()
        || hosts.size() == Subject.MAX_HOSTS
        || hosts.stream().anyMatch(host -> isShared(topology, host))) {
      return Stream.empty();
    }
    return placed.stream()
        .filter(policy -> hosts.stream().noneMatch(host -> host.ports().contains(policy.port())))
        .map(policy -> finding(topology.rules().hostOf(rule), policy, hosts));
  }

  /** Other clusters may have ports of their own for what peering generates. */
  private static boolean isShared(Topology topology, Backend host) {
    return Generated.isOfPeering(host.resource(), topology.platform().rootNamespace())
        || (host.resource() instanceof Service service
            && topology.scopes().globalHostOf(service).isPresent());
  }

  private static Finding finding(HostName host, PlacedPolicy policy, List<Backend> hosts) {
    String has = ports(hosts);
    Finding finding =
        Finding.at(policy.field().field("port").field("number"))
            .because(
                "The settings of a port count for the port of the Service, and for no other. What"
                    + " stands here is never applied.")
            .about(Integer.toString(policy.port()));
    Optional<ServicePort> meant = meant(hosts, policy.port());
    return meant
        .map(
            port ->
                finding
                    .says(
                        "`%s` has no port %d, which is the targetPort of its port %d: these"
                            + " settings apply to nothing",
                        host, policy.port(), port.number())
                    .fix("write `port: {number: %d}`", port.number()))
        .orElseGet(
            () ->
                finding
                    .says(
                        "`%s` has no port %d (it has %s): these settings apply to nothing",
                        host, policy.port(), has)
                    .fix("write a port that it has, or remove the block"));
  }

  private static String ports(List<Backend> hosts) {
    Set<Integer> ports =
        hosts.stream().flatMap(host -> host.ports().stream()).collect(Collectors.toSet());
    return ports.isEmpty()
        ? "none"
        : ports.stream().sorted().limit(5).map(String::valueOf).collect(Collectors.joining(", "))
            + (ports.size() > 5 ? ", ..." : "");
  }

  private static Optional<ServicePort> meant(List<Backend> hosts, int written) {
    String target = Integer.toString(written);
    return hosts.stream()
        .flatMap(
            host -> host.resource() instanceof Service found ? Stream.of(found) : Stream.empty())
        .flatMap(service -> service.ports().stream())
        .filter(port -> port.targetPort().equals(target))
        .findFirst();
  }
}
