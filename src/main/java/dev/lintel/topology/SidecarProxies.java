package dev.lintel.topology;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.Deployment;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Pod;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells the workloads that run a proxy which istiod feeds and no Gateway stands for: sidecars, and
 * gateways that were installed without the Gateway API (docs/domain.md, 8.3).
 */
final class SidecarProxies {

  /** The container that istiod injects; ztunnel's has the same name. */
  static final String CONTAINER = "istio-proxy";

  private static final String APP = "app";
  private static final String ZTUNNEL = "ztunnel";

  private SidecarProxies() {}

  static List<String> in(Pod pod) {
    return named(pod.metadata(), pod.containers().stream());
  }

  static List<String> in(Deployment deployment) {
    return named(
        deployment.metadata(), deployment.containers().stream().map(Deployment.Container::name));
  }

  private static List<String> named(Metadata metadata, Stream<String> containers) {
    boolean isOther =
        metadata.label(Keys.GATEWAY_NAME).isPresent()
            || metadata.label(APP).filter(ZTUNNEL::equals).isPresent();
    return isOther ? List.of() : containers.filter(CONTAINER::equals).distinct().toList();
  }
}
