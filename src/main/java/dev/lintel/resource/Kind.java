package dev.lintel.resource;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The kinds of objects that Lintel reads.
 *
 * <p>A kind is found by its API group and name; the version does not matter, because the fields
 * Lintel reads are the same in every served version.
 */
public enum Kind {
  SERVICE("", "Service", "services", List.of("v1")),
  SERVICE_ENTRY("networking.istio.io", "ServiceEntry", "serviceentries", istioVersions()),
  DESTINATION_RULE("networking.istio.io", "DestinationRule", "destinationrules", istioVersions()),
  NAMESPACE("", "Namespace", "namespaces", List.of("v1")),
  GATEWAY_CLASS(gatewayApi(), "GatewayClass", "gatewayclasses", List.of("v1", "v1beta1")),
  GATEWAY(gatewayApi(), "Gateway", "gateways", List.of("v1", "v1beta1")),
  HTTP_ROUTE(gatewayApi(), "HTTPRoute", "httproutes", List.of("v1", "v1beta1")),
  GRPC_ROUTE(gatewayApi(), "GRPCRoute", "grpcroutes", List.of("v1", "v1alpha2")),
  TCP_ROUTE(gatewayApi(), "TCPRoute", "tcproutes", List.of("v1", "v1alpha2")),
  TLS_ROUTE(gatewayApi(), "TLSRoute", "tlsroutes", List.of("v1", "v1alpha3", "v1alpha2")),
  REFERENCE_GRANT(gatewayApi(), "ReferenceGrant", "referencegrants", List.of("v1", "v1beta1")),
  LISTENER_SET(gatewayApi(), "ListenerSet", "listenersets", List.of("v1")),
  X_LISTENER_SET(
      "gateway.networking.x-k8s.io", "XListenerSet", "xlistenersets", List.of("v1alpha1")),
  BACKEND_CONFIG_POLICY(
      "gateway.kgateway.dev", "BackendConfigPolicy", "backendconfigpolicies", List.of("v1alpha1")),
  BACKEND_TLS_POLICY(
      gatewayApi(), "BackendTLSPolicy", "backendtlspolicies", List.of("v1", "v1alpha3")),
  VIRTUAL_SERVICE("networking.istio.io", "VirtualService", "virtualservices", istioVersions()),
  WORKLOAD_ENTRY("networking.istio.io", "WorkloadEntry", "workloadentries", istioVersions()),
  SEGMENT("admin.solo.io", "Segment", "segments", List.of("v1alpha1")),
  ENDPOINT_SLICE("discovery.k8s.io", "EndpointSlice", "endpointslices", List.of("v1")),
  NODE("", "Node", "nodes", List.of("v1")),
  POD("", "Pod", "pods", List.of("v1")),
  DEPLOYMENT("apps", "Deployment", "deployments", List.of("v1")),
  CONFIG_MAP("", "ConfigMap", "configmaps", List.of("v1"));

  private static final Map<String, Kind> BY_GROUP_AND_NAME = byGroupAndName();

  private final String group;
  private final String objectKind;
  private final String plural;
  private final List<String> versions;

  Kind(String group, String objectKind, String plural, List<String> versions) {
    this.group = group;
    this.objectKind = objectKind;
    this.plural = plural;
    this.versions = versions;
  }

  /** Returns the API group; empty for the core group. */
  public String group() {
    return group;
  }

  /** Returns the kind as an object writes it, for example {@code DestinationRule}. */
  public String objectKind() {
    return objectKind;
  }

  /** Returns the plural resource name as it stands in the API's paths. */
  public String plural() {
    return plural;
  }

  /** Returns the versions that may be served, the preferred one first; never empty. */
  public List<String> versions() {
    return versions;
  }

  /** Tells whether objects of this kind live in a namespace. */
  public boolean isNamespaced() {
    return this != NAMESPACE && this != NODE && this != GATEWAY_CLASS;
  }

  /** Tells whether objects of this kind are routes of the Gateway API. */
  public boolean isRoute() {
    return switch (this) {
      case HTTP_ROUTE, GRPC_ROUTE, TCP_ROUTE, TLS_ROUTE -> true;
      case SERVICE,
          SERVICE_ENTRY,
          DESTINATION_RULE,
          NAMESPACE,
          GATEWAY_CLASS,
          GATEWAY,
          REFERENCE_GRANT,
          LISTENER_SET,
          X_LISTENER_SET,
          BACKEND_CONFIG_POLICY,
          BACKEND_TLS_POLICY,
          VIRTUAL_SERVICE,
          WORKLOAD_ENTRY,
          SEGMENT,
          ENDPOINT_SLICE,
          NODE,
          POD,
          DEPLOYMENT,
          CONFIG_MAP ->
          false;
    };
  }

  /** Tells whether objects of this kind add listeners to a Gateway. */
  public boolean isListenerSet() {
    return this == LISTENER_SET || this == X_LISTENER_SET;
  }

  /**
   * Finds the kind of an object by the API version and kind that it writes.
   *
   * @param apiVersion for example {@code networking.istio.io/v1}; the version part is ignored
   * @param kind for example {@code DestinationRule}
   * @return empty if Lintel does not read such objects
   */
  public static Optional<Kind> of(String apiVersion, String kind) {
    int slash = apiVersion.indexOf('/');
    return ofGroup(slash < 0 ? "" : apiVersion.substring(0, slash), kind);
  }

  /**
   * Finds a kind by API group and plural resource name.
   *
   * @param group empty for the core group
   * @return empty if Lintel does not read such objects
   */
  public static Optional<Kind> ofResource(String group, String plural) {
    return Stream.of(values())
        .filter(kind -> kind.plural.equals(plural) && kind.group.equals(group))
        .findFirst();
  }

  /**
   * Finds a kind by API group and kind name.
   *
   * @param group empty for the core group
   * @return empty if Lintel does not read such objects
   */
  public static Optional<Kind> ofGroup(String group, String kind) {
    return Optional.ofNullable(BY_GROUP_AND_NAME.get(group + "/" + kind));
  }

  @Override
  public String toString() {
    return objectKind;
  }

  private static Map<String, Kind> byGroupAndName() {
    Map<String, Kind> kinds = new HashMap<>();
    for (Kind kind : values()) {
      kinds.put(kind.group + "/" + kind.objectKind, kind);
    }
    return Map.copyOf(kinds);
  }

  private static List<String> istioVersions() {
    return List.of("v1", "v1beta1", "v1alpha3");
  }

  private static String gatewayApi() {
    return "gateway.networking.k8s.io";
  }
}
