package dev.lintel.topology;

import dev.lintel.mesh.Keys;
import dev.lintel.mesh.Locality;
import dev.lintel.mesh.Tier;
import dev.lintel.resource.EndpointSlice;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Node;
import dev.lintel.resource.Pod;
import java.util.Map;
import java.util.Optional;

/** Tells where workloads are, as one reader sees it (docs/domain.md, 1.4). */
final class Places {

  private static final String ISTIO_LOCALITY = "istio-locality";

  private final Topology topology;
  private final EndpointReader reader;
  private final Optional<String> otherwise;

  Places(Topology topology, EndpointReader reader) {
    this.topology = topology;
    this.reader = reader;
    this.otherwise = reader.isKgateway() ? Optional.of("") : networkOf(topology.peering());
  }

  Place ofPod(Pod pod) {
    return onNode(pod.nodeName(), "").with(Tier.NETWORK, network(pod.metadata().labels()));
  }

  /**
   * Tells where an endpoint of a slice is.
   *
   * @param labels the labels of its Pod; empty if the Pod is not known
   */
  Place ofEndpoint(EndpointSlice.Endpoint endpoint, Map<String, String> labels) {
    return onNode(endpoint.nodeName(), endpoint.zone()).with(Tier.NETWORK, network(labels));
  }

  /**
   * Tells where an endpoint of a slice is that stands for no Pod, of a Service without selector.
   * kgateway takes places from Pods alone: it has none there, and all such are equally close.
   */
  Place ofPodless(EndpointSlice.Endpoint endpoint) {
    return reader.isKgateway()
        ? onNode("", "").with(Tier.NETWORK, "")
        : ofEndpoint(endpoint, Map.of());
  }

  /**
   * Tells where a workload is that is no Pod.
   *
   * @param network as written; empty if absent
   * @param locality as written; empty if absent
   */
  Place ofWorkload(String network, String locality, Map<String, String> labels) {
    return Place.UNKNOWN
        .in(locality.isEmpty() ? byLabels(labels) : Locality.parse(locality))
        .with(Tier.NODE, "")
        .with(Tier.NETWORK, network.isEmpty() ? network(labels) : Optional.of(network));
  }

  /** kgateway looks at the labels that Nodes have, istiod at one of its own. */
  private Locality byLabels(Map<String, String> labels) {
    return reader.isKgateway()
        ? new Locality(
            labels.getOrDefault(Keys.REGION, ""),
            labels.getOrDefault(Keys.ZONE, ""),
            labels.getOrDefault(Keys.SUBZONE, ""))
        : Locality.parse(labels.getOrDefault(ISTIO_LOCALITY, "").replace('.', '/'));
  }

  /**
   * istiod takes the network from the root namespace where a workload carries no label; kgateway
   * looks at the label alone, and ordinary Pods have none.
   */
  private Optional<String> network(Map<String, String> labels) {
    return Optional.ofNullable(labels.get(Keys.NETWORK)).or(() -> otherwise);
  }

  private static Optional<String> networkOf(Peering cluster) {
    return cluster.hasNetwork().isUnknown()
        ? Optional.empty()
        : Optional.of(cluster.network().orElse(""));
  }

  /** A slice repeats the zone of the node, for those who may not see the node. */
  private Place onNode(String name, String zone) {
    if (name.isEmpty()) {
      return Place.UNKNOWN.in(new Locality("", zone, "")).with(Tier.NODE, "");
    }
    Place known = Place.UNKNOWN.with(Tier.NODE, name);
    return topology
        .node(name)
        .map(node -> known.in(localityOf(node)))
        .orElseGet(
            () -> known.with(Tier.ZONE, zone.isEmpty() ? Optional.empty() : Optional.of(zone)));
  }

  /** Returns the locality that a Node's labels tell. */
  static Locality localityOf(Node node) {
    Metadata metadata = node.metadata();
    return new Locality(
        metadata.label(Keys.REGION).orElse(""),
        metadata.label(Keys.ZONE).orElse(""),
        metadata.label(Keys.SUBZONE).orElse(""));
  }
}
