package dev.lintel.resource;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A traffic policy of a DestinationRule: of the destination, of one of its ports, or of a subset.
 *
 * @param loadBalancer empty if absent
 * @param outlierDetection empty if absent
 * @param connectionPool empty if absent
 * @param tlsMode {@code tls.mode}; empty if there is no {@code tls} block, {@code DISABLE} if the
 *     block has no mode
 * @param others the names of further blocks that are set: {@code tunnel}, {@code proxyProtocol},
 *     {@code retryBudget}
 * @param ports {@code portLevelSettings}; always empty below a port
 * @param digest tells apart what differs in a value that is not read; 0 if nothing is set, and
 *     below a port, whose settings count with those of the destination
 */
public record TrafficPolicy(
    Optional<LoadBalancer> loadBalancer,
    Optional<OutlierDetection> outlierDetection,
    Optional<ConnectionPool> connectionPool,
    Optional<String> tlsMode,
    Set<String> others,
    List<PortPolicy> ports,
    long digest) {

  /** A policy that sets nothing. */
  public static final TrafficPolicy EMPTY =
      new TrafficPolicy(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Set.of(),
          List.of(),
          0);

  /** Copies the collections, so that the record is immutable. */
  public TrafficPolicy {
    others = Set.copyOf(others);
    ports = List.copyOf(ports);
  }

  TrafficPolicy withDigest(long other) {
    return new TrafficPolicy(
        loadBalancer, outlierDetection, connectionPool, tlsMode, others, ports, other);
  }

  /** Returns {@code loadBalancer.localityLbSetting}; empty if absent. */
  public Optional<LocalityLbSetting> locality() {
    return loadBalancer.flatMap(LoadBalancer::locality);
  }

  /** Tells whether {@code loadBalancer.zoneAwareLbSetting} is set. */
  public boolean isZoneAware() {
    return loadBalancer.map(LoadBalancer::zoneAware).orElse(false);
  }

  /**
   * Returns the policy that counts for a port. A port's own settings replace connection pool,
   * outlier detection, load balancer and TLS as a whole (docs/domain.md, 2.1).
   *
   * @param port the number of a service port
   */
  public TrafficPolicy forPort(int port) {
    return ports.stream()
        .filter(candidate -> candidate.port() == port)
        .map(PortPolicy::policy)
        .findFirst()
        .orElse(this);
  }

  /**
   * The policy of one port.
   *
   * @param port the service port's number; 0 if the object does not say
   * @param policy what is set for it
   */
  public record PortPolicy(int port, TrafficPolicy policy) {}

  /**
   * Load balancer settings.
   *
   * @param simple {@code simple}; empty if absent
   * @param consistentHash the name of the hash key that is set, for example {@code httpCookie};
   *     empty if absent
   * @param warmup whether a warm-up is set
   * @param locality {@code localityLbSetting}; empty if absent
   * @param zoneAware whether {@code zoneAwareLbSetting} is set
   * @param zonePriority its {@code failoverPriority}; empty if it has none, or is switched off
   */
  public record LoadBalancer(
      Optional<String> simple,
      Optional<String> consistentHash,
      boolean warmup,
      Optional<LocalityLbSetting> locality,
      boolean zoneAware,
      List<String> zonePriority) {
    /** Copies the list, so that the record is immutable. */
    public LoadBalancer {
      zonePriority = List.copyOf(zonePriority);
    }
  }

  /**
   * Locality load balancing.
   *
   * @param enabled {@code enabled}; empty if the object does not say, which means the mesh's
   *     default (on)
   * @param distribute the rows of {@code distribute}
   * @param failover the rows of {@code failover}
   * @param failoverPriority the labels of {@code failoverPriority}
   */
  public record LocalityLbSetting(
      Optional<Boolean> enabled,
      List<Distribute> distribute,
      List<Failover> failover,
      List<String> failoverPriority) {
    /** Copies the collections, so that the record is immutable. */
    public LocalityLbSetting {
      distribute = List.copyOf(distribute);
      failover = List.copyOf(failover);
      failoverPriority = List.copyOf(failoverPriority);
    }

    /** Tells whether the setting switches locality load balancing off: {@code enabled: false}. */
    public boolean isDisabled() {
      return enabled.isPresent() && !enabled.get();
    }
  }

  /**
   * A row of {@code distribute}.
   *
   * @param from the locality of the caller
   * @param to weights by locality, in percent
   */
  public record Distribute(String from, Map<String, Integer> to) {
    /** Copies the weights, so that the record is immutable. */
    public Distribute {
      to = Map.copyOf(to);
    }
  }

  /**
   * A row of {@code failover}.
   *
   * @param from a region
   * @param to a region
   */
  public record Failover(String from, String to) {}

  /**
   * Outlier detection.
   *
   * @param fields every field that is set, with its value as text
   */
  public record OutlierDetection(Map<String, String> fields) {
    /** What Envoy allows to be ejected where the rule does not say, in percent. */
    public static final int DEFAULT_MAX_EJECTION_PERCENT = 10;

    /** Copies the fields, so that the record is immutable. */
    public OutlierDetection {
      fields = Map.copyOf(fields);
    }

    /** Tells whether a field is set. */
    public boolean sets(String field) {
      return fields.containsKey(field);
    }

    /**
     * Returns the share of endpoints that may be ejected, in percent: 10 where the rule does not
     * say, where it says 0, which istiod and kgateway take for not set, and where it says something
     * that is no number (docs/domain.md, 2.4).
     */
    public int maxEjectionPercent() {
      int written = percent("maxEjectionPercent");
      return written == 0 ? DEFAULT_MAX_EJECTION_PERCENT : written;
    }

    /** Returns the share of healthy endpoints below which all are used, in percent: 0 is never. */
    public int minHealthPercent() {
      return percent("minHealthPercent");
    }

    private int percent(String field) {
      String written = fields.getOrDefault(field, "");
      return written.matches("\\d{1,9}") ? Integer.parseInt(written) : 0;
    }
  }

  /**
   * Connection pool settings.
   *
   * @param tcpFields the names of the fields set below {@code tcp}
   * @param httpFields the names of the fields set below {@code http}
   */
  public record ConnectionPool(Set<String> tcpFields, Set<String> httpFields) {
    /** Copies the names, so that the record is immutable. */
    public ConnectionPool {
      tcpFields = Set.copyOf(tcpFields);
      httpFields = Set.copyOf(httpFields);
    }
  }
}
