package dev.lintel.rule.controlplane;

import dev.lintel.mesh.AffectedReleases;
import dev.lintel.mesh.AffectedReleases.Match;
import dev.lintel.mesh.Fact;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject;
import dev.lintel.rule.Subject.OfEntry;
import dev.lintel.rule.Subject.OfOther;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.Backend;
import dev.lintel.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Outlier detection for a host that is resolved when it is asked for: istiod panics when it builds
 * the cluster.
 *
 * <p>Restricted: {@code outlierDetection} of a DestinationRule that some proxy applies to a host of
 * a ServiceEntry with {@code resolution} DYNAMIC_DNS. Allowed: where no proxy driven by istiod has
 * a cluster for the host, or applies the rule to it; releases without the defect (docs/domain.md,
 * 2.7).
 */
final class EjectionForDynamicDns {

  static final Rule RULE =
      Rule.denies("CP-001", "outlier-detection-for-dynamic-dns")
          .summary("Outlier detection for a DYNAMIC_DNS host makes istiod panic")
          .reads(
              Reads.and(
                  Reads.BINDING,
                  Kind.HTTP_ROUTE,
                  Kind.GRPC_ROUTE,
                  Kind.TCP_ROUTE,
                  Kind.TLS_ROUTE,
                  Kind.VIRTUAL_SERVICE,
                  Kind.SERVICE,
                  Kind.POD,
                  Kind.DEPLOYMENT))
          .ofDestinationRulesAndServiceEntries(EjectionForDynamicDns::judge);

  private EjectionForDynamicDns() {}

  /** At the waypoint that serves the entry. */
  static final AffectedReleases AT_WAYPOINTS =
      AffectedReleases.openAfter("1.28.0-1.28.10", "1.29.0-1.29.6", "1.30.0-1.30.3", "1.31.0");

  /** At sidecars, gateways of Istio's own, and waypoints whose routes send to the entry. */
  static final AffectedReleases AT_CLIENTS = AffectedReleases.openAfter("1.30.0-1.30.3", "1.31.0");

  private static final String DYNAMIC_DNS = "DYNAMIC_DNS";
  private static final FieldPath RESOLUTION = FieldPath.of("spec.resolution");

  /** How many entries one rule is told of. */
  private static final int MAX_ENTRIES = 10;

  private static Stream<Finding> judge(Topology topology, Subject subject) {
    return switch (subject) {
      case OfEntry entry when isDynamic(entry.resource()) ->
          Crash.surest(crashes(topology, entry.resource())).stream()
              .map(EjectionForDynamicDns::ofEntry);
      case OfRule rule when ejects(rule.resource()) -> ofRule(topology, rule.resource());
      case OfEntry entry -> Stream.empty();
      case OfRule rule -> Stream.empty();
      case OfService service -> Stream.empty();
      case OfOther other -> Stream.empty();
    };
  }

  private static Stream<Finding> ofRule(Topology topology, DestinationRule rule) {
    return topology.rules().entriesCoveredBy(rule, DYNAMIC_DNS).stream()
        .flatMap(entry -> Crash.surest(crashesBy(topology, entry, rule)).stream())
        .limit(MAX_ENTRIES)
        .map(EjectionForDynamicDns::ofRule);
  }

  private static Stream<Crash> crashesBy(
      Topology topology, ServiceEntry entry, DestinationRule rule) {
    return crashes(topology, entry).filter(crash -> crash.isBy(rule));
  }

  private static boolean isDynamic(ServiceEntry entry) {
    return entry.resolution().equals(DYNAMIC_DNS);
  }

  private static boolean ejects(DestinationRule rule) {
    return Stream.concat(
            rule.trafficPolicy().stream(),
            rule.subsets().stream().flatMap(subset -> subset.trafficPolicy().stream()))
        .flatMap(
            policy ->
                Stream.concat(
                    Stream.of(policy), policy.ports().stream().map(port -> port.policy())))
        .anyMatch(policy -> policy.outlierDetection().isPresent());
  }

  private static Stream<Crash> crashes(Topology topology, ServiceEntry entry) {
    return topology.backendsOf(entry).stream()
        .filter(backend -> backend.host().isWildcard())
        .flatMap(EntryProxies::entryHost)
        .flatMap(
            host ->
                EntryProxies.of(topology, host).stream()
                    .flatMap(proxy -> crashes(topology, host, proxy)));
  }

  private static Stream<Crash> crashes(Topology topology, Backend.OfEntry host, EntryProxy proxy) {
    AffectedReleases releases = proxy.isServing() ? AT_WAYPOINTS : AT_CLIENTS;
    Optional<Match> match = releases.among(topology.dialect().istiods());
    if (match.isEmpty() || (proxy.isServing() && isInternal(host.entry()))) {
      return Stream.empty();
    }
    return host.entry().ports().stream()
        .flatMap(
            port -> {
              Fact counts = counts(topology, proxy, port.protocol());
              return counts.isNo()
                  ? Stream.empty()
                  : AppliedPolicy.at(topology, proxy, host, port.number()).stream()
                      .filter(policy -> policy.policy().outlierDetection().isPresent())
                      .map(policy -> crash(host, proxy, policy, match.get(), counts));
            });
  }

  private static boolean isInternal(ServiceEntry entry) {
    return entry.location().equals("MESH_INTERNAL");
  }

  /** Tells whether istiod builds such a cluster for a port of this protocol. */
  private static Fact counts(Topology topology, EntryProxy proxy, String protocol) {
    return switch (protocol.toUpperCase(Locale.ROOT)) {
      case "HTTP" -> Fact.yes();
      case "HTTP2", "GRPC" -> Fact.of(!proxy.isServing());
      case "TLS" -> proxy.isServing() ? tlsAtWaypoint(topology) : Fact.yes();
      default -> Fact.no();
    };
  }

  /** Nobody has run that, so it is never certain. */
  private static Fact tlsAtWaypoint(Topology topology) {
    Fact enabled = topology.dialect().features().wildcardTls();
    return enabled.isYes() ? Fact.unknown("TLS ports of wildcard hosts were not tried") : enabled;
  }

  private static Crash crash(
      Backend.OfEntry host, EntryProxy proxy, AppliedPolicy policy, Match match, Fact counts) {
    List<String> doubts = new ArrayList<>();
    if (counts.isUnknown()) {
      doubts.add(counts.reason());
    }
    doubts.addAll(Crash.doubtsOf(proxy, List.of(policy)));
    return new Crash(host.entry(), host.canonicalHost(), proxy, Optional.of(policy), match, doubts);
  }

  private static Finding ofEntry(Crash crash) {
    AppliedPolicy policy = crash.policy().orElseThrow();
    return crash
        .at(RESOLUTION)
        .says(
            "%s: `%s` is DYNAMIC_DNS, and %s gives it outlierDetection at %s",
            crash.outcome(), crash.host(), policy.rule().ref().spoken(), crash.proxy().spoken())
        .because("%s", because(policy.rule().ref().spoken()))
        .fix("first take outlierDetection out of that rule, or narrow its host; %s", Crash.NO_FIX)
        .about(policy.rule());
  }

  private static Finding ofRule(Crash crash) {
    AppliedPolicy policy = crash.policy().orElseThrow();
    return crash
        .at(policy.field().field("outlierDetection"))
        .says(
            "%s: this outlierDetection reaches `%s` of %s, which is DYNAMIC_DNS, at %s",
            crash.outcome(), crash.host(), crash.entry().ref().spoken(), crash.proxy().spoken())
        .because("%s", because(crash.entry().ref().spoken()))
        .fix("take outlierDetection out, or narrow `spec.host`; %s", Crash.NO_FIX)
        .about(crash.entry());
  }

  private static String because(String first) {
    return "istiod leaves a part of the cluster of such a host empty, and outlier detection writes"
        + " its threshold into that part. "
        + Crash.aftermath(first);
  }
}
