package dev.lintel.topology;

import dev.lintel.mesh.Since;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.TrafficPolicy;
import dev.lintel.resource.TrafficPolicy.LocalityLbSetting;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What of a DestinationRule takes the place of a traffic distribution at a proxy that applies the
 * rule (docs/domain.md, 1.3).
 */
public enum LocalityOverride {
  /** A zone-aware setting: a waypoint does not act on it, but it displaces what follows. */
  ZONE_AWARE("zoneAwareLbSetting"),
  /** Locality load balancing. */
  LOCALITY("localityLbSetting"),
  /** Locality load balancing that is switched off, and with it every preference. */
  SWITCHED_OFF("localityLbSetting.enabled: false");

  private final String spelling;

  LocalityOverride(String spelling) {
    this.spelling = spelling;
  }

  /** Returns the field as people write it. */
  public String spelling() {
    return spelling;
  }

  /**
   * Returns what displaces the traffic distribution of a backend at a waypoint, on some port.
   *
   * @param rule the rule that the waypoint applies
   */
  static Optional<LocalityOverride> atWaypoint(
      Topology topology, DestinationRule rule, Backend backend) {
    if (!topology.dialect().istiodLacks(Since.ZONE_AWARE_SETTING)
        && policies(rule, backend).anyMatch(TrafficPolicy::isZoneAware)) {
      return Optional.of(ZONE_AWARE);
    }
    boolean isOff =
        settings(rule, backend).findAny().isPresent()
            && settings(rule, backend).allMatch(LocalityLbSetting::isDisabled);
    return isOff ? Optional.of(SWITCHED_OFF) : atKgateway(rule, backend);
  }

  /**
   * Returns what displaces the traffic distribution of a backend at a kgateway that picks Pods, on
   * some port. A setting that is switched off is as if it were not there.
   *
   * @param rule the rule that the Gateway applies
   */
  public static Optional<LocalityOverride> atKgateway(DestinationRule rule, Backend backend) {
    return settings(rule, backend).anyMatch(setting -> !setting.isDisabled())
        ? Optional.of(LOCALITY)
        : Optional.empty();
  }

  private static Stream<LocalityLbSetting> settings(DestinationRule rule, Backend backend) {
    return policies(rule, backend).flatMap(policy -> policy.locality().stream());
  }

  private static Stream<TrafficPolicy> policies(DestinationRule rule, Backend backend) {
    TrafficPolicy policy = rule.trafficPolicy().orElse(TrafficPolicy.EMPTY);
    List<Integer> ports = backend.ports();
    return ports.isEmpty() ? Stream.of(policy) : ports.stream().map(policy::forPort);
  }
}
