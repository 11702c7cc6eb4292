package dev.lintel.resource;

import dev.lintel.resource.TrafficPolicy.ConnectionPool;
import dev.lintel.resource.TrafficPolicy.Distribute;
import dev.lintel.resource.TrafficPolicy.Failover;
import dev.lintel.resource.TrafficPolicy.LoadBalancer;
import dev.lintel.resource.TrafficPolicy.LocalityLbSetting;
import dev.lintel.resource.TrafficPolicy.OutlierDetection;
import dev.lintel.resource.TrafficPolicy.PortPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads traffic policies: of a destination, of a port, of a subset. */
final class TrafficPolicyReader {

  private TrafficPolicyReader() {}

  /** Reads the policy that is the current value; empty for {@code null}. */
  static Optional<TrafficPolicy> read(Cursor in) throws IOException, MalformedObjectException {
    if (in.isNull()) {
      return Optional.empty();
    }
    BlockDigest digest = new BlockDigest();
    TrafficPolicy policy = in.digested(digest, TrafficPolicyReader::readOfDestination);
    return Optional.of(policy.withDigest(digest.value()));
  }

  private static TrafficPolicy readOfDestination(Cursor in)
      throws IOException, MalformedObjectException {
    return readPolicy(in, Most.PORT_SETTINGS).policy();
  }

  /** Reads the policy of a port, which has no settings by port of its own. */
  private static PortPolicy readOfPort(Cursor in) throws IOException, MalformedObjectException {
    return readPolicy(in, 0);
  }

  /**
   * Reads a policy and, for a port's policy, the port.
   *
   * @param mostPorts how many ports may have settings of their own
   */
  private static PortPolicy readPolicy(Cursor in, int mostPorts)
      throws IOException, MalformedObjectException {
    int port = 0;
    Optional<LoadBalancer> loadBalancer = Optional.empty();
    Optional<OutlierDetection> outlierDetection = Optional.empty();
    Optional<ConnectionPool> connectionPool = Optional.empty();
    Optional<String> tlsMode = Optional.empty();
    Set<String> others = new HashSet<>();
    List<PortPolicy> ports = new ArrayList<>();
    for (in.object(); in.nextField(); ) {
      if (in.isNull()) {
        continue;
      }
      switch (in.field()) {
        case "port" -> port = readPortNumber(in);
        case "loadBalancer" -> loadBalancer = Optional.of(readLoadBalancer(in));
        case "outlierDetection" ->
            outlierDetection = Optional.of(new OutlierDetection(in.scalars()));
        case "connectionPool" -> connectionPool = Optional.of(readConnectionPool(in));
        case "tls" -> tlsMode = Optional.of(readTlsMode(in));
        case "tunnel", "proxyProtocol", "retryBudget" -> {
          others.add(in.field());
          in.skip();
        }
        case "portLevelSettings" -> {
          if (mostPorts > 0) {
            in.into(ports, mostPorts, TrafficPolicyReader::readOfPort);
          } else {
            in.skip();
          }
        }
        default -> in.skip();
      }
    }
    return new PortPolicy(
        port,
        new TrafficPolicy(
            loadBalancer, outlierDetection, connectionPool, tlsMode, others, ports, 0));
  }

  private static int readPortNumber(Cursor in) throws IOException, MalformedObjectException {
    int number = 0;
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "number" -> number = in.number();
        default -> in.skip();
      }
    }
    return number;
  }

  private static String readTlsMode(Cursor in) throws IOException, MalformedObjectException {
    String mode = "DISABLE";
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "mode" -> mode = in.optionalText().orElse(mode);
        default -> in.skip();
      }
    }
    return mode;
  }

  private static ConnectionPool readConnectionPool(Cursor in)
      throws IOException, MalformedObjectException {
    Set<String> tcp = Set.of();
    Set<String> http = Set.of();
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "tcp" -> tcp = in.scalars().keySet();
        case "http" -> http = in.scalars().keySet();
        default -> in.skip();
      }
    }
    return new ConnectionPool(tcp, http);
  }

  private static LoadBalancer readLoadBalancer(Cursor in)
      throws IOException, MalformedObjectException {
    Optional<String> simple = Optional.empty();
    Optional<String> consistentHash = Optional.empty();
    boolean warmup = false;
    Optional<LocalityLbSetting> locality = Optional.empty();
    boolean zoneAware = false;
    List<String> zonePriority = List.of();
    for (in.object(); in.nextField(); ) {
      if (in.isNull()) {
        continue;
      }
      switch (in.field()) {
        case "simple" -> simple = in.optionalText();
        case "consistentHash" -> consistentHash = readHashKey(in);
        case "warmup", "warmupDurationSecs" -> {
          warmup = true;
          in.skip();
        }
        case "localityLbSetting" -> locality = Optional.of(readLocality(in));
        case "zoneAwareLbSetting" -> {
          zoneAware = true;
          zonePriority = readZonePriority(in);
        }
        default -> in.skip();
      }
    }
    return new LoadBalancer(simple, consistentHash, warmup, locality, zoneAware, zonePriority);
  }

  private static List<String> readZonePriority(Cursor in)
      throws IOException, MalformedObjectException {
    boolean enabled = true;
    List<String> priority = List.of();
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "enabled" -> enabled = in.optionalTruth().orElse(enabled);
        case "failoverPriority" -> priority = in.texts();
        default -> in.skip();
      }
    }
    return enabled ? priority : List.of();
  }

  private static Optional<String> readHashKey(Cursor in)
      throws IOException, MalformedObjectException {
    Optional<String> key = Optional.empty();
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "httpHeaderName", "httpCookie", "httpQueryParameterName" -> {
          key = Optional.of(in.field());
          in.skip();
        }
        case "useSourceIp" -> {
          if (in.truth()) {
            key = Optional.of("useSourceIp");
          }
        }
        default -> in.skip();
      }
    }
    return key;
  }

  private static LocalityLbSetting readLocality(Cursor in)
      throws IOException, MalformedObjectException {
    Optional<Boolean> enabled = Optional.empty();
    List<Distribute> distribute = new ArrayList<>();
    List<Failover> failover = new ArrayList<>();
    List<String> failoverPriority = List.of();
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "enabled" -> enabled = in.optionalTruth();
        case "distribute" ->
            in.into(distribute, Most.LOCALITIES, TrafficPolicyReader::readDistribute);
        case "failover" -> in.into(failover, Most.LOCALITIES, TrafficPolicyReader::readFailover);
        case "failoverPriority" -> failoverPriority = in.texts(Most.LOCALITIES);
        default -> in.skip();
      }
    }
    return new LocalityLbSetting(enabled, distribute, failover, failoverPriority);
  }

  private static Distribute readDistribute(Cursor in) throws IOException, MalformedObjectException {
    String from = "";
    Map<String, Integer> to = Map.of();
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "from" -> from = in.name();
        case "to" -> to = in.numbers(Most.LOCALITIES);
        default -> in.skip();
      }
    }
    return new Distribute(from, to);
  }

  private static Failover readFailover(Cursor in) throws IOException, MalformedObjectException {
    String from = "";
    String to = "";
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "from" -> from = in.name();
        case "to" -> to = in.name();
        default -> in.skip();
      }
    }
    return new Failover(from, to);
  }
}
