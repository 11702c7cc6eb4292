package dev.lintel.state;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Pod;
import dev.lintel.topology.Change;
import dev.lintel.topology.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets the Pods of kgateway's Gateways follow their Gateway and their Namespace, as controller and
 * CNI agent see to (docs/domain.md, 4.1 and 8.4).
 */
final class SettledPods {

  private static final String ENABLED = "enabled";
  private static final String OF_A_NEW_GATEWAY = "-settled";

  private final Topology own;
  private final Topology other;

  private SettledPods(Topology own, Topology other) {
    this.own = own;
    this.other = other;
  }

  /**
   * Returns a state with its Pods settled.
   *
   * @param other the state on the other side of the change
   * @param assumed is told what is taken for granted
   */
  static Topology of(Topology own, Topology other, List<String> assumed) {
    SettledPods pods = new SettledPods(own, other);
    Topology settled = own;
    for (Gateway gateway :
        own.gateways().filter(g -> own.ingress().kgatewayOf(g).isPresent()).toList()) {
      for (Change change : pods.of(gateway, assumed)) {
        settled = settled.apply(change);
      }
    }
    return settled;
  }

  private List<Change> of(Gateway gateway, List<String> assumed) {
    if (own.namespace(gateway.namespace()).isEmpty()) {
      return List.of();
    }
    List<Pod> running = own.podsOf(gateway).filter(pod -> !pod.metadata().deleting()).toList();
    boolean isNew = twin(gateway).flatMap(other.ingress()::kgatewayOf).isEmpty();
    boolean isTakenOver = isNew && twin(gateway).isPresent();
    if (!running.isEmpty() && !isTakenOver) {
      return running.stream().<Change>map(pod -> Change.put(settled(pod, gateway))).toList();
    }
    if (gateway.deployedElsewhere()
        || !(isNew || own.waypoints().isProgrammed(gateway).isAssumed())) {
      return List.of();
    }
    assumed.add(
        "%s works, and its Pods follow the labels of its Namespace: nothing tells of them yet"
            .formatted(gateway.ref().spoken()));
    List<Change> changes = new ArrayList<>();
    running.forEach(pod -> changes.add(Change.remove(pod.ref())));
    changes.add(Change.put(started(gateway)));
    return changes;
  }

  private Optional<Gateway> twin(Gateway gateway) {
    return other.gateway(gateway.namespace(), gateway.name());
  }

  private Pod started(Gateway gateway) {
    Map<String, String> labels = new HashMap<>(gateway.infrastructureLabels());
    labels.put(Keys.GATEWAY_NAME, gateway.name());
    Metadata metadata = Metadata.of(gateway.namespace(), gateway.name() + OF_A_NEW_GATEWAY);
    return new Pod(
        metadata.with(labels, redirection(Map.of(), isMeant(own, gateway.namespace(), labels))),
        "",
        List.of(),
        Optional.of(true));
  }

  /** Where the change is about capture it is made; else what the Pod says is how things are. */
  private Pod settled(Pod pod, Gateway gateway) {
    Metadata metadata = pod.metadata();
    Map<String, String> labels = labels(pod, gateway, twin(gateway));
    Map<String, String> labelsThere =
        twin(gateway).map(twin -> labels(pod, twin, Optional.of(gateway))).orElse(labels);
    boolean isMeantThere =
        other.namespace(pod.namespace()).isEmpty() || isMeant(other, pod.namespace(), labelsThere);
    boolean isCaptured =
        isMeant(own, pod.namespace(), labels)
            && (metadata.annotation(Keys.REDIRECTION).filter(ENABLED::equals).isPresent()
                || !isMeantThere);
    return new Pod(
        metadata.with(labels, redirection(metadata.annotations(), isCaptured)),
        pod.nodeName(),
        pod.containers(),
        pod.ready());
  }

  /** Those that the infrastructure gave the Pod, on whichever side, are those of its side. */
  private static Map<String, String> labels(Pod pod, Gateway gateway, Optional<Gateway> twin) {
    Map<String, String> labels = new HashMap<>(pod.metadata().labels());
    twin.ifPresent(
        there -> there.infrastructureLabels().forEach((key, value) -> labels.remove(key, value)));
    labels.putAll(gateway.infrastructureLabels());
    return labels;
  }

  /** The label of a Pod counts before its Namespace's. */
  private static boolean isMeant(Topology topology, String namespace, Map<String, String> labels) {
    String own = labels.get(Keys.DATAPLANE_MODE);
    return own == null ? topology.isAmbient(namespace) : own.equals("ambient");
  }

  private static Map<String, String> redirection(Map<String, String> written, boolean isCaptured) {
    Map<String, String> annotations = new HashMap<>(written);
    annotations.remove(Keys.REDIRECTION);
    if (isCaptured) {
      annotations.put(Keys.REDIRECTION, ENABLED);
    }
    return annotations;
  }
}
