package dev.lintel.rule.waypoint;

import dev.lintel.mesh.Fact;
import dev.lintel.mesh.Keys;
import dev.lintel.mesh.Kgateway;
import dev.lintel.resource.Route.ParentRef;
import dev.lintel.resource.Service;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.rule.Action;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject;
import dev.lintel.rule.Subject.Host;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.topology.Backend;
import dev.lintel.topology.IngressLabels;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.RouteReference.Standing;
import dev.lintel.topology.Topology;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A host without an address of its own, whose ingress traffic is to pass a waypoint. kgateway then
 * sends to the host's address, finds none, and answers every request with 503.
 *
 * <p>Restricted: {@code spec.clusterIP}, {@code spec.type} and {@code spec.addresses} beside {@code
 * istio.io/use-waypoint} and {@code istio.io/ingress-use-waypoint}. Allowed: a Service with a
 * clusterIP; a ServiceEntry with an address or one that istiod allocates; one with resolution NONE,
 * of which kgateway makes no backend at all (docs/domain.md, 4.2, 4.3, P7, and 4.5).
 */
final class WaypointWithoutVip {

  static final Rule RULE =
      Rule.denies("WP-010", "waypoint-needs-vip")
          .summary("Ingress traffic is to pass a waypoint, but the host has no address to send to")
          .reads(Waypointed.INGRESS)
          .ofHosts(WaypointWithoutVip::judge);

  private WaypointWithoutVip() {}

  private static Stream<Finding> judge(Topology topology, OfHosts subject) {
    List<Host> hosts =
        subject.hosts().stream()
            .filter(
                host ->
                    !isPassthrough(host.backend()) && !topology.ingress().hasVip(host.backend()))
            .filter(host -> host.waypoint().isNamed())
            .filter(host -> topology.ingress().labelIsTrueForKgateway(host.backend()))
            .toList();
    boolean isRouted = subject.approaches().findAny().isPresent();
    return isRouted ? routed(hosts).stream() : unrouted(topology, hosts);
  }

  /** kgateway makes no backend of such an entry, with or without a waypoint. */
  private static boolean isPassthrough(Backend backend) {
    return backend.resource() instanceof ServiceEntry entry && entry.isPassthrough();
  }

  /** The Gateway of which most is known speaks for the others: they end in the same 503. */
  private static Optional<Finding> routed(List<Host> hosts) {
    return hosts.stream()
        .flatMap(host -> host.ingress().stream().map(leg -> new Subject.Approach(host, leg)))
        .filter(approach -> approach.leg().possibly(WaypointWithoutVip::isEmpty))
        .min(
            Comparator.comparing(
                approach -> !approach.leg().certainly(WaypointWithoutVip::isEmpty)))
        .map(approach -> routed(approach.host().backend(), approach.leg()));
  }

  private static Finding routed(Backend backend, IngressLeg leg) {
    boolean isCertain = leg.certainly(WaypointWithoutVip::isEmpty);
    Finding found =
        at(backend)
            .says(
                "%s, so kgateway at %s has no address to send to: %s",
                Missing.of(backend).says(),
                leg.gateway().ref().spoken(),
                isCertain ? "every request gets 503" : "requests may all get 503")
            .with(leg.gateway());
    if (isCertain) {
      boolean mayDeny = isDecidedHere(backend) && !leg.isAssumed();
      return found.fact("path P7").atMost(mayDeny ? Action.DENY : Action.WARN);
    }
    Finding possible = found.atMost(Action.WARN);
    for (Fact fact : List.of(leg.served(), leg.captured(), leg.kgateway().ingressUseWaypoints())) {
      possible = fact.isUnknown() ? possible.fact("not certain: %s", fact.reason()) : possible;
    }
    return possible;
  }

  /**
   * Without a route, only what the object says of itself counts: the route may come next. One that
   * is there and is not served sends nothing.
   */
  private static Stream<Finding> unrouted(Topology topology, List<Host> hosts) {
    if (hosts.stream().anyMatch(WaypointWithoutVip::isReferredTo)) {
      return Stream.empty();
    }
    List<Fact> honoured =
        topology.ingress().kgateways().map(Kgateway::ingressUseWaypoints).toList();
    boolean isCertain = honoured.stream().allMatch(Fact::isYes);
    return hosts.stream()
        .map(Host::backend)
        .filter(backend -> !honoured.stream().allMatch(Fact::isNo))
        .filter(WaypointWithoutVip::isAskedForHere)
        .limit(1)
        .map(
            backend ->
                at(backend)
                    .says(
                        "%s, so kgateway will have no address to send to: requests through a route"
                            + " %s 503",
                        Missing.of(backend).says(), isCertain ? "get" : "may get")
                    .atMost(Action.WARN));
  }

  private static boolean isReferredTo(Host host) {
    return host.references().stream()
        .filter(reference -> reference.standing() == Standing.RESOLVED)
        .anyMatch(
            reference -> reference.route().parents().stream().noneMatch(ParentRef::isService));
  }

  private static Finding at(Backend backend) {
    Missing missing = Missing.of(backend);
    return Finding.at(missing.field())
        .because(
            "With istio.io/ingress-use-waypoint kgateway replaces the Pods by the host's own"
                + " address, for which ztunnel then uses the waypoint. Without such an address the"
                + " cluster is empty.")
        .fix("%s, or opt out of the waypoint with `istio.io/use-waypoint: none`", missing.fix());
  }

  private static boolean isEmpty(IngressPath path) {
    return path instanceof IngressPath.EmptyCluster;
  }

  private static boolean isAskedForHere(Backend backend) {
    return IngressLabels.own(backend).filter(IngressLabels::isTrueForKgateway).isPresent();
  }

  /** Tells whether the object contradicts itself, whatever the order in which objects arrive. */
  private static boolean isDecidedHere(Backend backend) {
    return isAskedForHere(backend)
        && backend.metadata().label(Keys.USE_WAYPOINT).isPresent()
        && Missing.of(backend).isOnPurpose();
  }

  /**
   * What an address is missing for.
   *
   * @param field where it is said
   * @param says that it is missing
   * @param fix what brings an address
   * @param isOnPurpose whether it is never an accident of ordering
   */
  private record Missing(FieldPath field, String says, String fix, boolean isOnPurpose) {

    static Missing of(Backend backend) {
      return backend.awaitsAllocation() ? unallocated() : decided(backend);
    }

    private static Missing unallocated() {
      return new Missing(
          FieldPath.of("spec.hosts"),
          "without `spec.addresses` the host has no address, and istiod allocates none",
          "set `spec.addresses`, or PILOT_ENABLE_IP_AUTOALLOCATE=true on istiod",
          false);
    }

    private static Missing decided(Backend backend) {
      return switch (backend) {
        case Backend.OfService(var service, var host) -> ofService(service);
        case Backend.OfEntry(var entry, var host, var written) -> ofEntry(entry);
      };
    }

    private static Missing ofService(Service service) {
      return service.isExternalName()
          ? new Missing(
              FieldPath.of("spec.type"),
              "a Service of type ExternalName has no clusterIP",
              "use a Service with a clusterIP",
              true)
          : new Missing(
              FieldPath.of("spec.clusterIP"),
              "a headless Service has no clusterIP",
              "route to a Service with a clusterIP",
              true);
    }

    private static Missing ofEntry(ServiceEntry entry) {
      if (!entry.addresses().isEmpty()) {
        return new Missing(
            FieldPath.of("spec.addresses"),
            "CIDR blocks are no addresses that kgateway can send to",
            "add a single address to `spec.addresses`",
            false);
      }
      boolean isSwitchedOff =
          entry
              .metadata()
              .label(Keys.AUTO_ALLOCATE)
              .filter(value -> value.equalsIgnoreCase("false"))
              .isPresent();
      return isSwitchedOff
          ? new Missing(
              FieldPath.label(Keys.AUTO_ALLOCATE),
              "without `spec.addresses` and without auto-allocation the host has no address",
              "set `spec.addresses`, or remove `networking.istio.io/enable-autoallocate-ip`",
              false)
          : new Missing(
              FieldPath.of("spec.hosts"),
              "a wildcard host without `spec.addresses` has no address",
              "set `spec.addresses`",
              false);
    }
  }
}
