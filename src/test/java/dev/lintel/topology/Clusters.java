package dev.lintel.topology;

import dev.lintel.manifest.Manifest;
import dev.lintel.manifest.Manifests;
import dev.lintel.mesh.Platform;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Small clusters as people write them. */
public final class Clusters {

  /** A kgateway that reads DestinationRules, and its Gateway {@code edge/front}. */
  static final String INGRESS =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: kgateway, namespace: kgateway-system}
      spec:
        template:
          spec:
            containers:
              - name: controller
                image: registry.example/kgateway:v2.3.1
                env: [{name: KGW_ENABLE_ISTIO_INTEGRATION, value: "true"}]
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: front, namespace: edge}
      spec:
        gatewayClassName: kgateway
        listeners: [{name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}]
      """;

  private Clusters() {}

  /** Returns the topology of YAML documents, as an API server holds them. */
  public static Topology of(String... texts) {
    return of(Platform.AUTO, texts);
  }

  /** Returns the topology of YAML documents under platform facts. */
  public static Topology of(Platform platform, String... texts) {
    List<Resource> resources = new ArrayList<>();
    for (String text : texts) {
      try {
        for (Manifest manifest : Manifests.read("test", text)) {
          Optional<Resource> resource = manifest.resource().map(Resource::stored);
          resource.ifPresent(resources::add);
        }
      } catch (MalformedObjectException e) {
        throw new AssertionError(e);
      }
    }
    return Topology.of(platform, resources);
  }

  /** Returns the backend of a Service. */
  public static Backend service(Topology topology, String namespace, String name) {
    return topology.backendOf(topology.service(namespace, name).orElseThrow());
  }

  /** Returns the first backend of a ServiceEntry. */
  public static Backend entry(Topology topology, String namespace, String name) {
    return topology.backendsOf(topology.serviceEntry(namespace, name).orElseThrow()).getFirst();
  }
}
