package dev.lintel.resource;

import java.util.List;

/** Which labels, annotations and environment variables are worth keeping. */
final class KeyFilter {

  private static final List<String> DOMAINS =
      List.of(
          "istio.io",
          "solo.io",
          "kgateway.dev",
          "lintel.dev",
          "gateway.networking.k8s.io",
          "topology.kubernetes.io",
          "node-role.kubernetes.io/control-plane",
          "kubernetes.io/hostname",
          "kubernetes.io/service-name",
          "service.kubernetes.io/topology-mode",
          "service.kubernetes.io/topology-aware-hints");

  private KeyFilter() {}

  /**
   * Tells whether rules may read a label or annotation: its prefix is one of the mesh's domains or
   * lies below one of them.
   */
  static boolean keepsKey(String key) {
    int slash = key.indexOf('/');
    if (slash < 0) {
      return key.equals("istio-injection") || key.equals("app");
    }
    for (String domain : DOMAINS) {
      if (domain.indexOf('/') >= 0 ? key.equals(domain) : isWithin(key, slash, domain)) {
        return true;
      }
    }
    return false;
  }

  /** Tells whether rules may read an environment variable of a controller. */
  static boolean keepsVariable(String name) {
    return name.startsWith("KGW_")
        || name.startsWith("PILOT_")
        || name.startsWith("ENABLE_")
        || name.startsWith("AMBIENT_")
        || name.startsWith("PEERING_")
        || name.equals("CLUSTER_DOMAIN");
  }

  private static boolean isWithin(String key, int slash, String domain) {
    int start = slash - domain.length();
    return start >= 0
        && key.startsWith(domain, start)
        && (start == 0 || key.charAt(start - 1) == '.');
  }
}
