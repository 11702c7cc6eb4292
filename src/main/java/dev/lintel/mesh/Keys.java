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

  /** Annotation of Services: the namespaces whose proxies know it; of all, if it is absent. */
  public static final String EXPORT_TO = "networking.istio.io/exportTo";

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

  /** Label of generated objects, beside {@link #PARENT_SERVICE}: that Service's namespace. */
  public static final String PARENT_SERVICE_NAMESPACE = "solo.io/parent-service-namespace";

  /** Label of generated WorkloadEntries: the cluster whose endpoints they stand for. */
  public static final String SOURCE_CLUSTER = "solo.io/source-cluster";

  /** Label of generated objects: the waypoint is in another cluster. */
  public static final String REMOTE_WAYPOINT = "solo.io/remote-waypoint";

  /** Label of generated objects: the waypoint is a global one. */
  public static final String USE_GLOBAL_WAYPOINT = "solo.io/use-global-waypoint";

  /** Annotation of east-west and peer Gateways: 0 to 100, how far a cluster is drained. */
  public static final String DRAINING_WEIGHT = "solo.io/draining-weight";

  /** Label of the root namespace: the Segment that the cluster belongs to. */
  public static final String SEGMENT = "admin.solo.io/segment";

  /** Label by which upstream Istio makes a Service global, where MeshConfig selects it. */
  public static final String GLOBAL = "istio.io/global";

  /** Label of an east-west Gateway that gives remote clusters access to istiod. */
  public static final String EXPOSE_ISTIOD = "istio.io/expose-istiod";

  /** Label of the root namespace, Gateways and workloads: the network. */
  public static final String NETWORK = "topology.istio.io/network";

  /** Label of peer Gateways: the cluster. */
  public static final String CLUSTER = "topology.istio.io/cluster";

  /** Label of Nodes and workloads: the region. */
  public static final String REGION = "topology.kubernetes.io/region";

  /** Label of Nodes and workloads: the zone. */
  public static final String ZONE = "topology.kubernetes.io/zone";

  /** Label of Nodes and workloads: the subzone. */
  public static final String SUBZONE = "topology.istio.io/subzone";

  /** Label of Nodes: the host name that locality by node compares. */
  public static final String NODE_HOSTNAME = "kubernetes.io/hostname";

  /** Label that names a second waypoint. */
  public static final String USE_WAYPOINT_CANARY = "istio.io/use-waypoint-canary";

  /** Label beside {@link #USE_WAYPOINT_CANARY}: the second waypoint's namespace. */
  public static final String USE_WAYPOINT_CANARY_NAMESPACE =
      "istio.io/use-waypoint-canary-namespace";

  /** Annotation: how much goes to the second waypoint, 0 to 100. */
  public static final String USE_WAYPOINT_CANARY_WEIGHT = "istio.io/use-waypoint-canary-weight";

  /** Label of HTTPRoutes that other HTTPRoutes delegate to by label. */
  public static final String DELEGATION_LABEL = "delegation.kgateway.dev/label";

  /** Annotation of HTTPRoutes whose matches are joined to those of the routes that delegate. */
  public static final String INHERIT_MATCHES = "delegation.kgateway.dev/inherit-parent-matcher";

  /** Label of every Namespace, written by the API server: its name. */
  public static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

  /** Label of EndpointSlices: the Service they belong to. */
  public static final String ENDPOINT_SLICE_SERVICE = "kubernetes.io/service-name";

  /** Annotation with which an object asks to be exempt from rules, where the policy allows it. */
  public static final String EXEMPT = "lintel.dev/exempt";

  private Keys() {}
}
