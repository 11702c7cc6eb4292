package dev.lintel.resource;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Gateway of the Gateway API: an ingress, a waypoint, an east-west gateway or a remote peer.
 *
 * @param metadata its metadata
 * @param className {@code spec.gatewayClassName}
 * @param listeners its listeners
 * @param allowedListenerSets which namespaces may add listeners by a {@link ListenerSet}
 * @param infrastructureLabels {@code spec.infrastructure.labels}
 * @param infrastructureAnnotations {@code spec.infrastructure.annotations}; empty optional if the
 *     block has no annotations
 * @param addresses {@code status.addresses[].value}: no address until a controller has programmed
 *     the Gateway; empty if nothing tells, for a manifest seldom has a status
 * @param deployedElsewhere whether somebody else runs its Pods, or may: {@code spec.addresses}
 *     names a host, or the infrastructure has parameters of its own
 */
public record Gateway(
    Metadata metadata,
    String className,
    List<Listener> listeners,
    NamespacePolicy allowedListenerSets,
    Map<String, String> infrastructureLabels,
    Optional<Map<String, String>> infrastructureAnnotations,
    Optional<List<String>> addresses,
    boolean deployedElsewhere)
    implements Resource {

  /** Copies the collections, so that the record is immutable. */
  public Gateway {
    listeners = List.copyOf(listeners);
    infrastructureLabels = Map.copyOf(infrastructureLabels);
    infrastructureAnnotations = infrastructureAnnotations.map(Map::copyOf);
    addresses = addresses.map(List::copyOf);
  }

  /** Two forms of one object are rare: its name tells it well enough, whatever its size. */
  @Override
  public int hashCode() {
    return key().hashCode();
  }

  @Override
  public Kind kind() {
    return Kind.GATEWAY;
  }

  @Override
  public Gateway withMetadata(Metadata other) {
    return new Gateway(
        other,
        className,
        listeners,
        allowedListenerSets,
        infrastructureLabels,
        infrastructureAnnotations,
        addresses,
        deployedElsewhere);
  }

  @Override
  public Gateway stored() {
    return withAddresses(Optional.of(addresses.orElse(List.of())));
  }

  /** Returns the same Gateway with what its status says. */
  public Gateway withAddresses(Optional<List<String>> others) {
    return new Gateway(
        metadata,
        className,
        listeners,
        allowedListenerSets,
        infrastructureLabels,
        infrastructureAnnotations,
        others,
        deployedElsewhere);
  }

  /**
   * A listener.
   *
   * @param name its name
   * @param port its port
   * @param protocol for example {@code HTTP}, {@code HBONE} or {@code istio.io/PROXY}
   * @param hostname the host it serves; empty for every host
   * @param allowedNamespaces which namespaces may attach
   * @param allowedKinds {@code allowedRoutes.kinds[].kind}, with the group before it if it is not
   *     the Gateway API's; empty for those of the protocol
   * @param terminatesTls whether a listener of protocol {@code TLS} decrypts: the default where the
   *     object has a {@code tls} block
   */
  public record Listener(
      String name,
      int port,
      String protocol,
      String hostname,
      NamespacePolicy allowedNamespaces,
      List<String> allowedKinds,
      boolean terminatesTls) {

    /** Copies the kinds, so that the record is immutable. */
    public Listener {
      allowedKinds = List.copyOf(allowedKinds);
    }

    /**
     * Tells whether routes of a kind may attach, whatever their namespace: {@code kinds} narrows
     * what the protocol takes and never widens it.
     */
    public boolean serves(Kind route) {
      return protocolServes(route)
          && (allowedKinds.isEmpty() || allowedKinds.contains(route.objectKind()));
    }

    /** A protocol of an implementation's own is not known to exclude anything. */
    private boolean protocolServes(Kind route) {
      return switch (protocol) {
        case "HTTP", "HTTPS" -> route == Kind.HTTP_ROUTE || route == Kind.GRPC_ROUTE;
        case "TLS" -> route == Kind.TLS_ROUTE || (route == Kind.TCP_ROUTE && terminatesTls);
        case "TCP" -> route == Kind.TCP_ROUTE;
        case "UDP" -> false;
        default -> true;
      };
    }
  }

  /**
   * {@code allowedRoutes.namespaces} or {@code allowedListeners.namespaces}.
   *
   * @param from {@code Same} if the listener does not say; {@code All}, {@code Selector} or {@code
   *     None}
   * @param selector the namespaces for {@code Selector}; matches everything if absent
   */
  public record NamespacePolicy(String from, LabelSelector selector) {
    /** What holds for a listener that does not say: the Gateway's own namespace. */
    public static final NamespacePolicy SAME =
        new NamespacePolicy("Same", new LabelSelector(Map.of(), List.of()));

    /** What holds for sets of listeners where the Gateway does not say: nobody. */
    public static final NamespacePolicy NONE = new NamespacePolicy("None", SAME.selector());
  }
}
