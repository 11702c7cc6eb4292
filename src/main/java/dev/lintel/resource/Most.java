package dev.lintel.resource;

/**
 * How much of an object is read at most. Whatever exceeds what the object's own API allows, and
 * what was ever seen in a cluster, costs no more than to be passed over.
 */
final class Most {

  /**
   * Characters of a text: no value of a label, annotation or variable that rules read is longer.
   */
  static final int TEXT = 4096;

  /** Characters of istiod's mesh config; most have one or two thousand. */
  static final int MESH_CONFIG = 64 << 10;

  /** Characters of a name or word; the longest that an API limits is an endpoint's address. */
  static final int NAME = 256;

  /** Characters of a host, as DNS has it. */
  static final int HOST = 253;

  /** Texts of a list that no other limit is for; the groups of a user are one. */
  static final int TEXTS = 4096;

  /** Characters of a key: a prefix of 253, a slash and a name of 63. */
  static final int KEY = 317;

  /**
   * Labels or annotations that rules read, and labels of a selector; objects have ten or twenty.
   */
  static final int LABELS = 256;

  /** Names of fields in a block that is read as names; Istio's largest has twelve. */
  static final int FIELDS = 64;

  /** Hosts and addresses of an object; Istio's API allows 256. */
  static final int HOSTS = 1024;

  /** Namespaces that an object is exported to. */
  static final int EXPORTS = 1024;

  /** Ports of an object; Istio's API allows 256 ports, Kubernetes' 100. */
  static final int PORTS = 1024;

  /** Ports with settings of their own in a traffic policy. */
  static final int PORT_SETTINGS = 256;

  /** Endpoints of an object; Istio's API allows 4,096, Kubernetes' 1,000 in a slice. */
  static final int ENDPOINTS = 4096;

  /** Subsets of a DestinationRule. */
  static final int SUBSETS = 1024;

  /** Rows and labels of a locality setting: there are not as many regions in the world. */
  static final int LOCALITIES = 256;

  /** Backends of a route and destinations of a VirtualService, of all their rules together. */
  static final int BACKENDS = 1024;

  /** Rules of a route; the Gateway API allows 16. */
  static final int RULES = 64;

  /** Matches of a route, of all rules together; the Gateway API allows 128. */
  static final int MATCHES = 256;

  /** Parents, host names and listeners; the Gateway API allows 32, 16 and 64. */
  static final int PARENTS = 64;

  /** References of a grant or a policy, and kinds of a listener; their APIs allow 16. */
  static final int REFERENCES = 64;

  /** Conditions of a label selector, and of a route's match; the Gateway API allows 32. */
  static final int EXPRESSIONS = 64;

  /** Containers of a workload, of which one is looked for by its name. */
  static final int CONTAINERS = 256;

  /** Environment variables that rules read. */
  static final int VARIABLES = 256;

  /** Owners of an object; most have one. */
  static final int OWNERS = 64;

  /** Gateways that a VirtualService names, and aliases of a Segment. */
  static final int NAMES = 256;

  private Most() {}
}
