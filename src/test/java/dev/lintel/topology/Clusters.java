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
