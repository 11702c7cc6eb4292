package dev.lintel.topology;

import dev.lintel.resource.TrafficPolicy;
import dev.lintel.resource.TrafficPolicy.ConnectionPool;
import dev.lintel.resource.TrafficPolicy.LoadBalancer;
import dev.lintel.resource.TrafficPolicy.LocalityLbSetting;
import dev.lintel.resource.TrafficPolicy.OutlierDetection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The fields of one traffic policy, and which of them a reader does not act on (docs/domain.md, 2.2
 * and 4.4). Ports' own policies are policies of their own.
 */
public final class PolicyFields {

  private static final Set<String> TLS_ORIGINATION = Set.of("SIMPLE", "MUTUAL", "ISTIO_MUTUAL");
  private static final Set<String> TLS_OF_THE_MESH = Set.of("DISABLE", "ISTIO_MUTUAL");
  private static final Set<String> WHAT_ENVOY_DOES_ANYWAY = Set.of("ROUND_ROBIN", "UNSPECIFIED");
  private static final String KEEPALIVE = "tcpKeepalive";
  private static final String TCP = "connectionPool.tcp";
  private static final String HTTP = "connectionPool.http";
  private static final String OUTLIER_DETECTION = "outlierDetection";
  private static final String HTTP_ERROR_CODES = "outlierDetectionHttpErrorCodes";
  private static final String CONSECUTIVE_ERRORS = "consecutiveErrors";
  private static final String SIMPLE = "loadBalancer.simple";
  private static final String HASH = "loadBalancer.consistentHash";
  private static final String WARMUP = "loadBalancer.warmup";
  private static final String ZONE_AWARE = "loadBalancer.zoneAwareLbSetting";
  private static final String LOCALITY = "loadBalancer.localityLbSetting";
  private static final String TLS = "tls";
  private static final String TUNNEL = "tunnel";

  private PolicyFields() {}

  /** Returns the blocks that a policy sets, in the order of the API. */
  public static List<String> set(TrafficPolicy policy) {
    List<String> names = new ArrayList<>();
    policy
        .loadBalancer()
        .ifPresent(
            balancer -> {
              add(names, balancer.simple().isPresent(), SIMPLE);
              add(names, balancer.consistentHash().isPresent(), HASH);
              add(names, balancer.warmup(), WARMUP);
              add(names, balancer.locality().isPresent(), LOCALITY);
              add(names, balancer.zoneAware(), ZONE_AWARE);
            });
    policy
        .connectionPool()
        .ifPresent(
            pool -> {
              add(names, !pool.tcpFields().isEmpty(), TCP);
              add(names, !pool.httpFields().isEmpty(), HTTP);
            });
    add(names, policy.outlierDetection().isPresent(), OUTLIER_DETECTION);
    add(names, policy.tlsMode().isPresent(), TLS);
    policy.others().stream().sorted().forEach(names::add);
    return List.copyOf(names);
  }

  /** Returns the fields of a policy that a kgateway Gateway ignores where it applies the rest. */
  public static List<String> ignoredByKgateway(TrafficPolicy policy) {
    List<String> names = new ArrayList<>();
    policy.connectionPool().ifPresent(pool -> names.addAll(ofPool(pool, policy)));
    policy.loadBalancer().ifPresent(balancer -> names.addAll(ofBalancer(balancer)));
    add(names, sets(policy, HTTP_ERROR_CODES), OUTLIER_DETECTION + "." + HTTP_ERROR_CODES);
    add(names, policy.tlsMode().filter(TLS_ORIGINATION::contains).isPresent(), TLS);
    policy.others().stream().sorted().forEach(names::add);
    return List.copyOf(names);
  }

  /** Returns the fields of a policy that a waypoint ignores where it applies the rest. */
  public static List<String> ignoredByWaypoint(TrafficPolicy policy) {
    List<String> names = new ArrayList<>();
    add(names, policy.isZoneAware(), ZONE_AWARE);
    add(names, sets(policy, HTTP_ERROR_CODES), OUTLIER_DETECTION + "." + HTTP_ERROR_CODES);
    add(names, policy.tlsMode().filter(TLS_OF_THE_MESH::contains).isPresent(), TLS);
    add(names, policy.others().contains(TUNNEL), TUNNEL);
    return List.copyOf(names);
  }

  /** Returns the fields of a policy that no proxy reads at all. */
  public static List<String> readByNobody(TrafficPolicy policy) {
    return sets(policy, CONSECUTIVE_ERRORS)
        ? List.of(OUTLIER_DETECTION + "." + CONSECUTIVE_ERRORS)
        : List.of();
  }

  private static List<String> ofPool(ConnectionPool pool, TrafficPolicy policy) {
    Stream<String> tcp =
        pool.tcpFields().stream()
            .filter(field -> !field.equals(KEEPALIVE) || policy.outlierDetection().isEmpty())
            .sorted()
            .map(field -> TCP + "." + field);
    Stream<String> http = pool.httpFields().isEmpty() ? Stream.of() : Stream.of(HTTP);
    return Stream.concat(tcp, http).toList();
  }

  private static List<String> ofBalancer(LoadBalancer balancer) {
    List<String> names = new ArrayList<>();
    boolean isSimple =
        balancer.simple().filter(simple -> !WHAT_ENVOY_DOES_ANYWAY.contains(simple)).isPresent();
    add(names, isSimple, SIMPLE);
    add(names, balancer.consistentHash().isPresent(), HASH);
    add(names, balancer.warmup(), WARMUP);
    add(names, balancer.zoneAware(), ZONE_AWARE);
    add(
        names,
        balancer.locality().filter(PolicyFields::distributes).isPresent(),
        LOCALITY + ".distribute");
    return names;
  }

  private static boolean distributes(LocalityLbSetting locality) {
    return !locality.isDisabled() && !locality.distribute().isEmpty();
  }

  private static boolean sets(TrafficPolicy policy, String field) {
    return policy.outlierDetection().filter((OutlierDetection d) -> d.sets(field)).isPresent();
  }

  private static void add(List<String> names, boolean condition, String name) {
    if (condition) {
      names.add(name);
    }
  }
}
