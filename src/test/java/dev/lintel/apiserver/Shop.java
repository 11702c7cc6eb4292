package dev.lintel.apiserver;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The objects of {@code ingress.yaml} in a namespace: Gateway front, a route to Service cart, and a
 * waypoint that nobody names yet.
 */
record Shop(Kubectl kubectl, String namespace) {

  /** Writes the objects. */
  static Shop open(Installation installation) {
    Shop shop = new Shop(installation.kubectl(), installation.newNamespace());
    shop.kubectl
        .write(Manifests.read("ingress.yaml", Map.of("namespace", shop.namespace)), "apply")
        .succeeds();
    return shop;
  }

  /** Labels the Service. */
  Printed label(String... labelsAndOptions) {
    return kubectl.run(
        Stream.of(new String[] {"label", "service", "cart", "-n", namespace}, labelsAndOptions)
            .flatMap(Arrays::stream)
            .toArray(String[]::new));
  }

  /** Gives the waypoint the status that istiod would. */
  void waypointIsReady() {
    kubectl
        .run(
            "patch",
            "gateways.gateway.networking.k8s.io",
            "waypoint",
            "-n",
            namespace,
            "--subresource=status",
            "--type=merge",
            "--patch",
            "status: {addresses: [{type: Hostname, value: waypoint.%s.svc.cluster.local}]}"
                .formatted(namespace))
        .succeeds();
  }
}
