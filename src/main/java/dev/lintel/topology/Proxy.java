package dev.lintel.topology;

import dev.lintel.resource.Gateway;
import java.util.Optional;

/** Who comes by on the way of a request and might read DestinationRules (docs/domain.md, 8.3). */
public sealed interface Proxy {

  /**
   * A waypoint, driven by istiod.
   *
   * @param gateway its Gateway
   */
  record Waypoint(Gateway gateway) implements Proxy {}

  /**
   * The proxy of a Gateway of kgateway.
   *
   * @param leg the Gateway with its path to the host
   */
  record Kgateway(IngressLeg leg) implements Proxy {

    /** Returns the Gateway. */
    public Gateway gateway() {
      return leg.gateway();
    }

    /** Tells whether it certainly picks Pods, and goes by DestinationRules when it does. */
    public boolean balancesByRules() {
      return leg.kgateway().istioIntegration().isYes()
          && leg.certainly(IngressPath::gatewayPicksPod);
    }
  }

  /**
   * The proxy of one of Istio's own ingress Gateways.
   *
   * @param gateway the Gateway
   */
  record IstioIngress(Gateway gateway) implements Proxy {}

  /** Any sidecar, or gateway of Istio, that may send to the host: which there are is not known. */
  record Sidecars() implements Proxy {}

  /** The ztunnel of a node. */
  record Ztunnel() implements Proxy {}

  /** Returns the Gateway that stands for it; empty if none does. */
  default Optional<Gateway> object() {
    return switch (this) {
      case Waypoint waypoint -> Optional.of(waypoint.gateway());
      case Kgateway kgateway -> Optional.of(kgateway.gateway());
      case IstioIngress ingress -> Optional.of(ingress.gateway());
      case Sidecars sidecars -> Optional.empty();
      case Ztunnel ztunnel -> Optional.empty();
    };
  }

  /** Returns how a sentence names it. */
  default String spoken() {
    return switch (this) {
      case Waypoint waypoint -> "waypoint " + waypoint.gateway().key();
      case Kgateway kgateway -> kgateway.gateway().ref().spoken();
      case IstioIngress ingress -> ingress.gateway().ref().spoken();
      case Sidecars sidecars -> "sidecars and Istio's own gateways";
      case Ztunnel ztunnel -> "ztunnel";
    };
  }
}
