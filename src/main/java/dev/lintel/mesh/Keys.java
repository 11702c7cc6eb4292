package dev.lintel.mesh;

/** Labels and annotations that the mesh's components read (docs/domain.md, 3.1 and 5). */
public final class Keys {

  /** Annotation of Namespace, Service and ServiceEntry (docs/domain.md, 1.1). */
  public static final String TRAFFIC_DISTRIBUTION = "networking.istio.io/traffic-distribution";

  /** Label of Pod and Namespace: {@code ambient} or {@code none}. */
  public static final String DATAPLANE_MODE = "istio.io/dataplane-mode";

  /** Label that names the waypoint; {@code none} opts out. */
  public static final String USE_WAYPOINT = "istio.io/use-waypoint";

  /** Label beside {@link #USE_WAYPOINT}: the waypoint's namespace. */
  public static final String USE_WAYPOINT_NAMESPACE = "istio.io/use-waypoint-namespace";

  /** Label that sends ingress traffic through the waypoint. */
  public static final String INGRESS_USE_WAYPOINT = "istio.io/ingress-use-waypoint";

  /** Label of Gateway and GatewayClass: which traffic a waypoint serves. */
  public static final String WAYPOINT_FOR = "istio.io/waypoint-for";

  /** Annotation of Gateway and GatewayClass: how ztunnel hands traffic to a sandwiched waypoint. */
  public static final String INBOUND_BINDING = "ambient.istio.io/waypoint-inbound-binding";

  /** Status annotation of Pods: {@code enabled} if ztunnel really captures the Pod. */
  public static final String REDIRECTION = "ambient.istio.io/redirection";

  /** Label of Services that istiod generated for a Gateway; its value names the controller. */
  public static final String MANAGED = "gateway.istio.io/managed";

  /** The value of {@link #MANAGED} on the Service of a waypoint. */
  public static final String MANAGED_BY_WAYPOINT_CONTROLLER = "istio.io-mesh-controller";

  /** The value of {@link #MANAGED} on the Service of an east-west gateway. */
  public static final String MANAGED_BY_EAST_WEST_CONTROLLER = "istio.io-eastwest-controller";

  /** Label of the Pods and Services of a Gateway: the Gateway's name. */
  public static final String GATEWAY_NAME = "gateway.networking.k8s.io/gateway-name";

  /** Label of ServiceEntry: whether istiod allocates an address. */
  public static final String AUTO_ALLOCATE = "networking.istio.io/enable-autoallocate-ip";

  /** Label of Namespace that has sidecars injected: {@code enabled}. */
  public static final String SIDECAR_INJECTION = "istio-injection";

  /** Label of Namespace or Pod that names a control plane revision. */
  public static final String REVISION = "istio.io/rev";

  /** Label (the vendor's guide says annotation) that peers a Service between clusters. */
  public static final String SERVICE_SCOPE = "solo.io/service-scope";

  /**
   * Label (the vendor's guide says annotation) that lets the global endpoints answer the local
   * name.
   */
  public static final String SERVICE_TAKEOVER = "solo.io/service-takeover";

  /** Label of generated ServiceEntries and WorkloadEntries: the Service they stand for. */
  public static final String PARENT_SERVICE = "solo.io/parent-service";

  /** Label of EndpointSlices: the Service they belong to. */
  public static final String ENDPOINT_SLICE_SERVICE = "kubernetes.io/service-name";

  private Keys() {}
}
