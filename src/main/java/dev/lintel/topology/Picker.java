package dev.lintel.topology;

import dev.lintel.mesh.Fact;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import java.util.Optional;

/**
 * Who picks the endpoint of a host that a request goes to, and by what (docs/domain.md, 1.3, 1.4).
 *
 * @param proxy who picks
 * @param client the Gateway whose Pods pick, or on whose nodes ztunnel does
 * @param backend the host
 * @param distribution its traffic distribution
 * @param rule the DestinationRule that it applies, or may apply; empty if there is none
 * @param applies whether it applies that rule, as long as it picks at all; no if there is none
 * @param displacement what takes the place of the traffic distribution; empty if that counts
 * @param order in which order it takes endpoints by its traffic distribution, as far as no
 *     DestinationRule takes its place
 */
public record Picker(
    Proxy proxy,
    Gateway client,
    Backend backend,
    EffectiveTrafficDistribution distribution,
    Optional<DestinationRule> rule,
    Fact applies,
    Optional<Displacement> displacement,
    EndpointOrder order) {

  /** Returns the traffic distribution as the one who picks reads it. */
  public EffectiveTrafficDistribution.Reading reading() {
    return reader().isKgateway() ? distribution.byKgateway() : distribution.byIstiod();
  }

  /** Returns the mode as the one who picks reads it, whether or not something takes its place. */
  public TrafficDistribution mode() {
    return reading().mode();
  }

  /** Tells whether it prefers some endpoints by a traffic distribution, or may. */
  public boolean mayPrefer() {
    return mode() != TrafficDistribution.ANY && !isDisplaced();
  }

  /** Tells whether something certainly takes the place of its traffic distribution. */
  public boolean isDisplaced() {
    return displacement.filter(Displacement::isCertain).isPresent();
  }

  /** Tells whether it goes by a mode, or may. */
  public boolean mayGoBy(TrafficDistribution mode) {
    return mayPrefer() && mode() == mode;
  }

  /** Returns how it sees endpoints. */
  public EndpointReader reader() {
    return reader(proxy);
  }

  static EndpointReader reader(Proxy proxy) {
    return switch (proxy) {
      case Proxy.Kgateway kgateway -> EndpointReader.of(kgateway.leg().kgateway().distribution());
      case Proxy.Waypoint waypoint -> EndpointReader.ISTIOD_PROXY;
      case Proxy.IstioIngress ingress -> EndpointReader.ISTIOD_PROXY;
      case Proxy.Sidecars sidecars -> EndpointReader.ISTIOD_PROXY;
      case Proxy.Ztunnel ztunnel -> EndpointReader.ZTUNNEL;
    };
  }
}
