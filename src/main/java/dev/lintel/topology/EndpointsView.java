package dev.lintel.topology;

import dev.lintel.mesh.Locality;
import dev.lintel.resource.Pod;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells which endpoints a backend has, where they are, and who picks them in which order
 * (docs/domain.md, 1).
 */
public final class EndpointsView {

  private final Topology topology;
  private final Indexes indexes;
  private final Answers answers;

  EndpointsView(Topology topology, Indexes indexes, Answers answers) {
    this.topology = topology;
    this.indexes = indexes;
    this.answers = answers;
  }

  /** Returns the endpoints of a backend as a reader sees them. */
  public Endpoints of(Backend backend, EndpointReader reader) {
    return answers.once(
        new Question.OfEndpoints(backend, reader),
        () -> new EndpointSearch(topology, reader, backend).find());
  }

  /**
   * Returns the endpoints of a backend as proxies driven by istiod see them; empty if not all are
   * known.
   */
  public Optional<Endpoints> of(Backend backend) {
    return Optional.of(of(backend, EndpointReader.ISTIOD_PROXY))
        .filter(endpoints -> endpoints.complete().isYes());
  }

  /**
   * Returns the order in which a reader takes the endpoints of a backend, as far as no
   * DestinationRule has another (docs/domain.md, 1.4).
   */
  public EndpointOrder orderOf(Backend backend, EndpointReader reader) {
    return pickers(backend).order(reader);
  }

  /** Tells who picks the endpoints of a backend, and by what (docs/domain.md, 1.3). */
  public Pickers pickers(Backend backend) {
    return new Pickers(topology, backend);
  }

  /** Tells where a Pod is, as a reader sees it: a client of whoever it is close to. */
  public Place placeOf(Pod pod, EndpointReader reader) {
    return new Places(topology, reader).ofPod(pod);
  }

  /** Returns where the Nodes of the cluster are. */
  public NodeLocalities nodeLocalities() {
    Map<Locality, Integer> counts = new HashMap<>();
    indexes
        .nodesByLocality()
        .keys()
        .forEach(
            locality -> counts.put(locality, indexes.nodesByLocality().get(locality).sizeIn("")));
    return new NodeLocalities(counts);
  }

  /** Returns the traffic distribution of a backend as its readers see it (docs/domain.md, 1.3). */
  public EffectiveTrafficDistribution trafficDistributionOf(Backend backend) {
    return answers.once(
        new Question.OfDistribution(backend),
        () -> EffectiveTrafficDistribution.of(topology, backend));
  }
}
