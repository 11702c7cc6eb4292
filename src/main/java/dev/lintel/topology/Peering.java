package dev.lintel.topology;

import dev.lintel.mesh.Fact;
import dev.lintel.mesh.HostName;
import dev.lintel.mesh.Keys;
import dev.lintel.mesh.Platform;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Namespace;
import dev.lintel.resource.Resource;
import dev.lintel.resource.Segment;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is known of this cluster as one of several (docs/domain.md, 5.4 and 5.5).
 *
 * @param segmentName the Segment that the root namespace names; empty if it names none, or the
 *     default segment, or is not known
 * @param segment that Segment; empty if there is none, or it cannot be read
 * @param inSegment whether the cluster belongs to a Segment other than the default one
 * @param domain the domain under which this cluster's own Services are global
 * @param domainKnown whether {@code domain} is known or assumed: never a No
 * @param network the network that the root namespace names; empty if it names none or is not known
 * @param hasNetwork whether the root namespace names a network
 * @param peers the Gateways that stand for other clusters, by namespace and name
 */
public record Peering(
    Optional<String> segmentName,
    Optional<Segment> segment,
    Fact inSegment,
    String domain,
    Fact domainKnown,
    Optional<String> network,
    Fact hasNetwork,
    List<Gateway> peers) {

  private static final String DEFAULT_SEGMENT = "default";

  /** Copies the list, so that the record is immutable. */
  public Peering {
    peers = List.copyOf(peers);
  }

  static Peering of(Topology topology) {
    Platform platform = topology.platform();
    Optional<Namespace> root = topology.namespace(platform.rootNamespace());
    Optional<String> name = label(root, Keys.SEGMENT).filter(n -> !n.equals(DEFAULT_SEGMENT));
    Optional<Segment> segment = name.flatMap(topology::segment);
    Optional<String> ownDomain = segment.map(Segment::domain).filter(domain -> !domain.isEmpty());
    Optional<String> network = label(root, Keys.NETWORK);
    return new Peering(
        name,
        segment,
        of(platform, root, name),
        ownDomain.orElse(platform.globalDomain()),
        domainKnown(platform, root, name, ownDomain),
        network,
        of(platform, root, network),
        topology
            .gatewaysOf(GatewayRole.REMOTE_PEER)
            .sorted(Comparator.comparing(Resource::key))
            .toList());
  }

  /** Returns the host under which a Service of this cluster is global, where it is peered. */
  public HostName globalHost(String namespace, String name) {
    return new HostName(name + "." + namespace + "." + domain);
  }

  /**
   * Tells whether an alias of the own Segment may stand for a host. What a pattern means in detail
   * is not public; it is read in the author's favour.
   */
  public boolean mayBeAlias(HostName host) {
    return segment.stream()
        .flatMap(found -> found.aliases().stream())
        .anyMatch(pattern -> new SegmentAlias(pattern).mayMean(host));
  }

  private static Optional<String> label(Optional<Namespace> namespace, String key) {
    return namespace
        .flatMap(found -> found.metadata().label(key))
        .filter(value -> !value.isEmpty());
  }

  private static Fact of(Platform platform, Optional<Namespace> root, Optional<String> label) {
    return root.isEmpty() ? unseen(platform) : Fact.of(label.isPresent());
  }

  private static Fact domainKnown(
      Platform platform,
      Optional<Namespace> root,
      Optional<String> segmentName,
      Optional<String> domain) {
    if (root.isEmpty()) {
      return unseen(platform);
    }
    return segmentName.isEmpty() || domain.isPresent()
        ? Fact.yes()
        : Fact.unknown("Segment %s is not known".formatted(segmentName.get()));
  }

  private static Fact unseen(Platform platform) {
    return Fact.unknown("Namespace %s is not known".formatted(platform.rootNamespace()));
  }
}
