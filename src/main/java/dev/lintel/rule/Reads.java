package dev.lintel.rule;

import dev.lintel.resource.Kind;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The kinds that the answers of the topology rest on, for {@link RuleInfo#reads()}: beside the
 * object that is asked about.
 */
public final class Reads {

  /** What it takes to know a host's waypoint (docs/domain.md, 3.2). */
  public static final Set<Kind> BINDING =
      Set.of(Kind.NAMESPACE, Kind.GATEWAY, Kind.GATEWAY_CLASS, Kind.CONFIG_MAP, Kind.DEPLOYMENT);

  /** What it takes to know which Gateways route to a host (docs/domain.md, 4.5). */
  public static final Set<Kind> ROUTES =
      and(
          Set.of(Kind.NAMESPACE, Kind.GATEWAY, Kind.GATEWAY_CLASS),
          Kind.HTTP_ROUTE,
          Kind.GRPC_ROUTE,
          Kind.TCP_ROUTE,
          Kind.TLS_ROUTE,
          Kind.LISTENER_SET,
          Kind.X_LISTENER_SET,
          Kind.REFERENCE_GRANT);

  /** What it takes to know the path from kgateway to a host (docs/domain.md, 4.3). */
  public static final Set<Kind> INGRESS = and(ROUTES, Kind.POD, Kind.DEPLOYMENT, Kind.CONFIG_MAP);

  /** What it takes to know who reads a DestinationRule (docs/domain.md, 8.3). */
  public static final Set<Kind> RULE_READERS =
      and(
          INGRESS,
          Kind.NODE,
          Kind.SERVICE,
          Kind.SERVICE_ENTRY,
          Kind.DESTINATION_RULE,
          Kind.VIRTUAL_SERVICE);

  /** What it takes to know who picks endpoints, and by what (docs/domain.md, 1.3). */
  public static final Set<Kind> PICKERS =
      and(INGRESS, Kind.DESTINATION_RULE, Kind.BACKEND_CONFIG_POLICY);

  /** What it takes to know a Service's global host and who exports it (docs/domain.md, 5). */
  public static final Set<Kind> PEERING =
      Set.of(
          Kind.SERVICE,
          Kind.SERVICE_ENTRY,
          Kind.WORKLOAD_ENTRY,
          Kind.SEGMENT,
          Kind.NAMESPACE,
          Kind.GATEWAY,
          Kind.GATEWAY_CLASS,
          Kind.DEPLOYMENT);

  /** What it takes to know the path from kgateway to a Service's global host. */
  public static final Set<Kind> GLOBAL_INGRESS = and(INGRESS, PEERING.toArray(Kind[]::new));

  private Reads() {}

  /** Returns the given kinds and others. */
  public static Set<Kind> and(Set<Kind> kinds, Kind... others) {
    return Stream.concat(kinds.stream(), Stream.of(others)).collect(Collectors.toUnmodifiableSet());
  }
}
