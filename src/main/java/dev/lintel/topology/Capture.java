package dev.lintel.topology;

import dev.lintel.mesh.Fact;
import dev.lintel.mesh.Keys;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Pod;
import java.util.List;

/** Tells whether ztunnel captures the Pods of a Gateway (docs/domain.md, 4.1). */
final class Capture {

  private Capture() {}

  static Fact of(Topology topology, Gateway gateway) {
    List<Pod> pods = topology.podsOf(gateway).filter(pod -> !pod.metadata().deleting()).toList();
    if (pods.isEmpty() && optsOut(gateway)) {
      return Fact.no("its spec.infrastructure keeps its Pods out of ambient mode");
    }
    if (pods.isEmpty()) {
      return unseen(topology, gateway);
    }
    long captured = pods.stream().filter(Capture::isRedirected).count();
    if (captured == pods.size()) {
      return Fact.yes();
    }
    return captured == 0
        ? Fact.no("its Pods are not captured by ztunnel")
        : Fact.unknown("only some Pods of %s are captured".formatted(gateway.ref().spoken()));
  }

  /** Manifests hold no Pods of Gateways: that none is known tells something of clusters only. */
  private static Fact unseen(Topology topology, Gateway gateway) {
    return Waypoints.programmed(gateway).isAssumed() && isMeantForAmbient(topology, gateway)
        ? Fact.assumed("its Namespace is in ambient mode, and manifests hold no Pods")
        : Fact.unknown("no Pod of %s is known".formatted(gateway.ref().spoken()));
  }

  private static boolean isMeantForAmbient(Topology topology, Gateway gateway) {
    return !gateway.deployedElsewhere()
        && topology
            .namespaceLabel(gateway.namespace(), Keys.DATAPLANE_MODE)
            .filter("ambient"::equals)
            .isPresent();
  }

  /** The label goes to the Pods, and theirs counts before the Namespace's. */
  private static boolean optsOut(Gateway gateway) {
    return "none".equals(gateway.infrastructureLabels().get(Keys.DATAPLANE_MODE));
  }

  private static boolean isRedirected(Pod pod) {
    return pod.metadata().annotation(Keys.REDIRECTION).filter("enabled"::equals).isPresent();
  }
}
