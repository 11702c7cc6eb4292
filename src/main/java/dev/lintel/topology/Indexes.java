package dev.lintel.topology;

import dev.lintel.mesh.HostName;
import dev.lintel.mesh.Keys;
import dev.lintel.mesh.Platform;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.EndpointSlice;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Namespace;
import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.Pod;
import dev.lintel.resource.Resource;
import dev.lintel.resource.Route;
import dev.lintel.resource.ServiceEntry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every way in which objects are found other than by their own name. Services need none: their host
 * is their name.
 *
 * @param rulesByHost DestinationRules by host, as Istio resolves it
 * @param rulesByLiteralHost DestinationRules by host, as kgateway compares it
 * @param entriesByHost ServiceEntries by each of their hosts
 * @param routesByBackend routes by what they send to
 * @param podsByGateway Pods by the Gateway they belong to
 * @param slicesByService EndpointSlices by Service
 * @param gatewaysByClass Gateways by the name of their class
 * @param namespacesByTrait Namespaces by what their labels say
 */
record Indexes(
    Index<HostName, DestinationRule> rulesByHost,
    Index<String, DestinationRule> rulesByLiteralHost,
    Index<HostName, ServiceEntry> entriesByHost,
    Index<BackendKey, Route> routesByBackend,
    Index<NamespacedName, Pod> podsByGateway,
    Index<NamespacedName, EndpointSlice> slicesByService,
    Index<String, Gateway> gatewaysByClass,
    Index<NamespaceTrait, Namespace> namespacesByTrait) {

  static Indexes empty(Platform platform) {
    String domain = platform.clusterDomain();
    return new Indexes(
        Index.by(rule -> List.of(HostName.resolve(rule.host(), rule.namespace(), domain))),
        Index.by(rule -> List.of(rule.host())),
        Index.by(Indexes::hosts),
        Index.by(Indexes::backends),
        Index.by(Indexes::gateway),
        Index.by(Indexes::service),
        Index.by(gateway -> List.of(gateway.className())),
        Index.by(NamespaceTrait::of));
  }

  /** Returns the indexes after an object was replaced; either may be absent. */
  Indexes replace(@Nullable Resource old, @Nullable Resource now) {
    Resource any = now == null ? old : now;
    if (any == null) {
      return this;
    }
    return switch (any) {
      case DestinationRule rule -> withRules((DestinationRule) old, (DestinationRule) now);
      case ServiceEntry entry -> withEntries((ServiceEntry) old, (ServiceEntry) now);
      case Route route -> withRoutes((Route) old, (Route) now);
      case Pod pod -> withPods((Pod) old, (Pod) now);
      case EndpointSlice slice -> withSlices((EndpointSlice) old, (EndpointSlice) now);
      case Gateway gateway -> withGateways((Gateway) old, (Gateway) now);
      case Namespace namespace -> withNamespaces((Namespace) old, (Namespace) now);
      default -> this;
    };
  }

  private Indexes withRules(@Nullable DestinationRule old, @Nullable DestinationRule now) {
    return new Indexes(
        rulesByHost.replace(old, now),
        rulesByLiteralHost.replace(old, now),
        entriesByHost,
        routesByBackend,
        podsByGateway,
        slicesByService,
        gatewaysByClass,
        namespacesByTrait);
  }

  private Indexes withEntries(@Nullable ServiceEntry old, @Nullable ServiceEntry now) {
    return new Indexes(
        rulesByHost,
        rulesByLiteralHost,
        entriesByHost.replace(old, now),
        routesByBackend,
        podsByGateway,
        slicesByService,
        gatewaysByClass,
        namespacesByTrait);
  }

  private Indexes withRoutes(@Nullable Route old, @Nullable Route now) {
    return new Indexes(
        rulesByHost,
        rulesByLiteralHost,
        entriesByHost,
        routesByBackend.replace(old, now),
        podsByGateway,
        slicesByService,
        gatewaysByClass,
        namespacesByTrait);
  }

  private Indexes withPods(@Nullable Pod old, @Nullable Pod now) {
    return new Indexes(
        rulesByHost,
        rulesByLiteralHost,
        entriesByHost,
        routesByBackend,
        podsByGateway.replace(old, now),
        slicesByService,
        gatewaysByClass,
        namespacesByTrait);
  }

  private Indexes withSlices(@Nullable EndpointSlice old, @Nullable EndpointSlice now) {
    return new Indexes(
        rulesByHost,
        rulesByLiteralHost,
        entriesByHost,
        routesByBackend,
        podsByGateway,
        slicesByService.replace(old, now),
        gatewaysByClass,
        namespacesByTrait);
  }

  private Indexes withGateways(@Nullable Gateway old, @Nullable Gateway now) {
    return new Indexes(
        rulesByHost,
        rulesByLiteralHost,
        entriesByHost,
        routesByBackend,
        podsByGateway,
        slicesByService,
        gatewaysByClass.replace(old, now),
        namespacesByTrait);
  }

  private Indexes withNamespaces(@Nullable Namespace old, @Nullable Namespace now) {
    return new Indexes(
        rulesByHost,
        rulesByLiteralHost,
        entriesByHost,
        routesByBackend,
        podsByGateway,
        slicesByService,
        gatewaysByClass,
        namespacesByTrait.replace(old, now));
  }

  private static Set<HostName> hosts(ServiceEntry entry) {
    return entry.hosts().stream().map(HostName::new).collect(Collectors.toUnmodifiableSet());
  }

  private static Set<BackendKey> backends(Route route) {
    return route.backends().stream()
        .map(ref -> BackendKey.of(route, ref))
        .flatMap(Optional::stream)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static List<NamespacedName> gateway(Pod pod) {
    return pod.metadata()
        .label(Keys.GATEWAY_NAME)
        .map(name -> List.of(new NamespacedName(pod.namespace(), name)))
        .orElse(List.of());
  }

  private static List<NamespacedName> service(EndpointSlice slice) {
    return slice.serviceName().isEmpty()
        ? List.of()
        : List.of(new NamespacedName(slice.namespace(), slice.serviceName()));
  }
}
