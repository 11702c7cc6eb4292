package dev.lintel.rule.trafficdistribution;

import dev.lintel.resource.Kind;
import dev.lintel.resource.Service;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.Host;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.EffectiveTrafficDistribution;
import dev.lintel.topology.Topology;
import java.util.stream.Stream;

/**
 * A traffic distribution on a Service without an address of its own: callers connect to what DNS
 * tells them, so nobody picks an endpoint by it.
 *
 * <p>Restricted: {@code spec.trafficDistribution} and {@code
 * metadata.annotations[networking.istio.io/traffic-distribution]} of headless and ExternalName
 * Services. Allowed: on a headless Service that a Gateway, a mesh route or a VirtualService sends
 * to, for their proxies resolve endpoints themselves; and on a headless Service that is peered,
 * whose global host has an address (docs/domain.md, 1.5 and 5.3).
 */
final class UnaddressedTrafficDistribution {

  static final Rule RULE =
      Rule.warns("TD-007", "traffic-distribution-without-address")
          .summary("Nobody picks endpoints of a headless or ExternalName Service")
          .reads(Reads.and(Reads.ROUTES, Kind.DEPLOYMENT, Kind.VIRTUAL_SERVICE))
          .ofServices(UnaddressedTrafficDistribution::judge);

  private UnaddressedTrafficDistribution() {}

  private static Stream<Finding> judge(Topology topology, OfService subject) {
    Service service = subject.resource();
    return service.isHeadless() || service.isExternalName()
        ? subject.hosts().stream().flatMap(host -> unread(topology, service, host))
        : Stream.empty();
  }

  private static Stream<Finding> unread(Topology topology, Service service, Host host) {
    EffectiveTrafficDistribution setting = host.trafficDistribution();
    if (Settings.asked(topology, setting).isEmpty()) {
      return Stream.empty();
    }
    String value = setting.ownValue().orElse("");
    Finding finding =
        Finding.at(Settings.fieldOf(setting)).about(value).patch(Settings.removal(setting));
    if (service.isExternalName()) {
      return Stream.of(externalName(finding, value));
    }
    return mayBeRead(topology, service, host)
        ? Stream.empty()
        : Stream.of(headless(finding, value));
  }

  private static boolean mayBeRead(Topology topology, Service service, Host host) {
    return topology.scopes().mayBePeered(service)
        || topology.ingress().gatewaysTo(host.backend()).findAny().isPresent()
        || !topology.waypoints().meshRoutesTo(host.backend()).isEmpty()
        || topology.virtualServicesTo(host.backend().host()).findAny().isPresent();
  }

  private static Finding externalName(Finding finding, String value) {
    return finding
        .says("`%s` has no effect on a Service of type ExternalName", value)
        .because(
            "Such a Service is only another name in DNS. It is not in the mesh's registry, and no"
                + " proxy knows endpoints of it to choose from.")
        .fix("remove it");
  }

  private static Finding headless(Finding finding, String value) {
    return finding
        .says("`%s` has no effect on a headless Service: callers pick a Pod by DNS", value)
        .because(
            "A headless Service has no address by which ztunnel could tell that a connection is"
                + " meant for it. Callers connect to the address of a Pod, and ztunnel and"
                + " waypoints leave it at that.")
        .fix("remove it, or give the Service a cluster IP");
  }
}
