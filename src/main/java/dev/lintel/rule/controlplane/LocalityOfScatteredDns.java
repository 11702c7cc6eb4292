package dev.lintel.rule.controlplane;

import dev.lintel.mesh.AffectedReleases;
import dev.lintel.mesh.AffectedReleases.Match;
import dev.lintel.mesh.Keys;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.resource.TrafficPolicy;
import dev.lintel.resource.TrafficPolicy.LocalityLbSetting;
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
import dev.lintel.topology.EffectiveTrafficDistribution;
import dev.lintel.topology.EffectiveTrafficDistribution.Source;
import dev.lintel.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A preference among the endpoints of a host that DNS resolves, where they lie in several
 * localities: istiod panics when it builds the cluster.
 *
 * <p>Restricted: the traffic distribution of a ServiceEntry with {@code resolution} DNS, and {@code
 * failoverPriority} of a DestinationRule for one. Allowed: endpoints in one locality; where ztunnel
 * and waypoints are the only readers; releases without the defect (docs/domain.md, 2.7).
 */
final class LocalityOfScatteredDns {

  static final Rule RULE =
      Rule.denies("CP-002", "locality-of-scattered-dns")
          .summary("A locality preference for a DNS host in several localities makes istiod panic")
          .reads(
              Reads.and(
                  Reads.BINDING,
                  Kind.HTTP_ROUTE,
                  Kind.GRPC_ROUTE,
                  Kind.TCP_ROUTE,
                  Kind.TLS_ROUTE,
                  Kind.VIRTUAL_SERVICE,
                  Kind.WORKLOAD_ENTRY,
                  Kind.SERVICE,
                  Kind.POD,
                  Kind.DEPLOYMENT))
          .ofDestinationRulesAndServiceEntries(LocalityOfScatteredDns::judge);

  private LocalityOfScatteredDns() {}

  /** By a traffic distribution, or by localityLbSetting. */
  static final AffectedReleases RELEASES = AffectedReleases.openAfter("1.30.0-1.30.4", "1.31.0");

  /** By zoneAwareLbSetting, which is newer. */
  static final AffectedReleases ZONE_AWARE = AffectedReleases.openAfter("1.31.0");

  private static final String DNS = "DNS";
  private static final FieldPath ENDPOINTS = FieldPath.of("spec.endpoints");

  /** How many entries one rule is told of. */
  private static final int MAX_ENTRIES = 10;

  private static Stream<Finding> judge(Topology topology, Subject subject) {
    return switch (subject) {
      case OfEntry entry when isDns(entry.resource()) ->
          ofEntry(topology, entry.resource()).stream();
      case OfRule rule when ranks(rule.resource()) -> ofRule(topology, rule.resource());
      case OfEntry entry -> Stream.empty();
      case OfRule rule -> Stream.empty();
      case OfService service -> Stream.empty();
      case OfOther other -> Stream.empty();
    };
  }

  private static Optional<Finding> ofEntry(Topology topology, ServiceEntry entry) {
    Localities localities = Localities.of(topology, entry);
    return Crash.surest(crashes(topology, entry, localities))
        .map(crash -> ofEntry(topology, crash, localities));
  }

  private static Stream<Finding> ofRule(Topology topology, DestinationRule rule) {
    return topology.rules().entriesCoveredBy(rule, DNS).stream()
        .flatMap(entry -> ofRule(topology, rule, entry).stream())
        .limit(MAX_ENTRIES);
  }

  private static Optional<Finding> ofRule(
      Topology topology, DestinationRule rule, ServiceEntry entry) {
    Localities localities = Localities.of(topology, entry);
    return Crash.surest(crashes(topology, entry, localities).filter(crash -> crash.isBy(rule)))
        .map(crash -> ofRule(crash, localities));
  }

  private static boolean isDns(ServiceEntry entry) {
    return entry.resolution().equals(DNS);
  }

  private static boolean ranks(DestinationRule rule) {
    return rule.trafficPolicy().stream()
        .flatMap(
            policy ->
                Stream.concat(
                    Stream.of(policy), policy.ports().stream().map(port -> port.policy())))
        .anyMatch(policy -> byPolicy(policy).isPresent());
  }

  /** Returns the releases that panic of a policy, if it makes a list of priorities. */
  private static Optional<AffectedReleases> byPolicy(TrafficPolicy policy) {
    Optional<LocalityLbSetting> setting = policy.locality();
    if (setting.isPresent()) {
      return isRanking(setting.get()) && policy.outlierDetection().isPresent()
          ? Optional.of(RELEASES)
          : Optional.empty();
    }
    boolean isZoneRanking =
        policy.loadBalancer().filter(found -> !found.zonePriority().isEmpty()).isPresent()
            && policy.outlierDetection().isEmpty();
    return isZoneRanking ? Optional.of(ZONE_AWARE) : Optional.empty();
  }

  private static boolean isRanking(LocalityLbSetting setting) {
    return !setting.isDisabled()
        && setting.distribute().isEmpty()
        && !setting.failoverPriority().isEmpty();
  }

  /** What the load balancer of a rule says of localities stands in the place of the mode. */
  private static boolean displacesMode(TrafficPolicy policy) {
    return policy.locality().isPresent() || policy.isZoneAware();
  }

  private static Stream<Crash> crashes(
      Topology topology, ServiceEntry entry, Localities localities) {
    if (localities.names().size() < 2 || RELEASES.among(topology.dialect().istiods()).isEmpty()) {
      return Stream.empty();
    }
    return topology.backendsOf(entry).stream()
        .flatMap(EntryProxies::entryHost)
        .flatMap(
            host ->
                EntryProxies.of(topology, host).stream()
                    .filter(proxy -> !proxy.isServing())
                    .flatMap(proxy -> crashes(topology, host, proxy, localities)));
  }

  private static Stream<Crash> crashes(
      Topology topology, Backend.OfEntry host, EntryProxy proxy, Localities localities) {
    return host.entry().ports().stream()
        .flatMap(
            port -> {
              List<AppliedPolicy> policies = AppliedPolicy.at(topology, proxy, host, port.number());
              Stream<Crash> byRules =
                  policies.stream()
                      .flatMap(policy -> byRule(topology, host, proxy, localities, policy));
              boolean isDisplaced =
                  policies.stream()
                      .anyMatch(policy -> policy.isCertain() && displacesMode(policy.policy()));
              return isDisplaced
                  ? byRules
                  : Stream.concat(
                      byRules, byMode(topology, host, proxy, localities, policies).stream());
            });
  }

  private static Stream<Crash> byRule(
      Topology topology,
      Backend.OfEntry host,
      EntryProxy proxy,
      Localities localities,
      AppliedPolicy policy) {
    return byPolicy(policy.policy())
        .flatMap(releases -> releases.among(topology.dialect().istiods()))
        .map(match -> crash(host, proxy, localities, match, List.of(policy), Optional.of(policy)))
        .stream();
  }

  private static Optional<Crash> byMode(
      Topology topology,
      Backend.OfEntry host,
      EntryProxy proxy,
      Localities localities,
      List<AppliedPolicy> policies) {
    EffectiveTrafficDistribution.Reading mode =
        topology.endpoints().trafficDistributionOf(host).byIstiod();
    boolean ranks =
        mode.mode() == TrafficDistribution.PREFER_SAME_ZONE
            || mode.mode() == TrafficDistribution.PREFER_SAME_NODE;
    if (!ranks) {
      return Optional.empty();
    }
    List<AppliedPolicy> displacing =
        policies.stream().filter(policy -> displacesMode(policy.policy())).toList();
    return RELEASES
        .among(topology.dialect().istiods())
        .map(match -> crash(host, proxy, localities, match, displacing, Optional.empty()))
        .map(crash -> mode.source() == Source.NAMESPACE ? inherited(crash) : crash);
  }

  /** Read and not run: it never denies. */
  private static Crash inherited(Crash crash) {
    List<String> doubts = new ArrayList<>(crash.doubts());
    doubts.add("that the mode comes from the Namespace was read, and not tried");
    return new Crash(
        crash.entry(), crash.host(), crash.proxy(), crash.policy(), crash.match(), doubts);
  }

  private static Crash crash(
      Backend.OfEntry host,
      EntryProxy proxy,
      Localities localities,
      Match match,
      List<AppliedPolicy> deciding,
      Optional<AppliedPolicy> policy) {
    List<String> doubts = new ArrayList<>();
    if (!localities.areOfOneObject()) {
      doubts.add("the localities come from WorkloadEntries, or from several entries of the host");
    }
    doubts.addAll(Crash.doubtsOf(proxy, deciding));
    return new Crash(host.entry(), host.canonicalHost(), proxy, policy, match, doubts);
  }

  private static Finding ofEntry(Topology topology, Crash crash, Localities localities) {
    if (crash.policy().isPresent()) {
      return byRule(crash, crash.policy().get(), localities);
    }
    boolean isOwn = crash.entry().metadata().annotation(Keys.TRAFFIC_DISTRIBUTION).isPresent();
    String preference =
        "`%s`%s"
            .formatted(
                mode(topology, crash), isOwn ? "" : " of Namespace " + crash.entry().namespace());
    return crash
        .at(isOwn ? FieldPath.TRAFFIC_DISTRIBUTION : FieldPath.NAMESPACE)
        .says(
            "%s: %s ranks endpoints of `%s` (DNS) in %s at %s",
            crash.outcome(), preference, crash.host(), localities.spoken(), crash.proxy().spoken())
        .because("%s", because("an entry without the preference"))
        .fix("drop the preference, or leave `locality` out of all endpoints; %s", Crash.NO_FIX);
  }

  private static String mode(Topology topology, Crash crash) {
    EffectiveTrafficDistribution settings =
        topology.endpoints().trafficDistributionOf(topology.backendsOf(crash.entry()).getFirst());
    return settings.valueIn(settings.byIstiod().source()).orElse("");
  }

  private static Finding byRule(Crash crash, AppliedPolicy policy, Localities localities) {
    return crash
        .at(ENDPOINTS)
        .says(
            "%s: failoverPriority of %s ranks endpoints of `%s` (DNS) in %s at %s",
            crash.outcome(),
            policy.rule().ref().spoken(),
            crash.host(),
            localities.spoken(),
            crash.proxy().spoken())
        .because("%s", because(policy.rule().ref().spoken()))
        .fix(
            "first drop failoverPriority there, or leave `locality` out of all endpoints; %s",
            Crash.NO_FIX)
        .about(policy.rule());
  }

  private static Finding ofRule(Crash crash, Localities localities) {
    AppliedPolicy policy = crash.policy().orElseThrow();
    String block =
        policy.policy().locality().isPresent() ? "localityLbSetting" : "zoneAwareLbSetting";
    return crash
        .at(policy.field().field("loadBalancer").field(block).field("failoverPriority"))
        .says(
            "%s: this failoverPriority ranks endpoints of `%s` (%s, DNS) in %s at %s",
            crash.outcome(),
            crash.host(),
            crash.entry().ref().spoken(),
            localities.spoken(),
            crash.proxy().spoken())
        .because("%s", because(crash.entry().ref().spoken()))
        .fix(
            "drop failoverPriority, or first leave `locality` out of its endpoints; %s",
            Crash.NO_FIX)
        .about(crash.entry());
  }

  private static String because(String first) {
    return "For a host that DNS resolves istiod hands all endpoints to the ranking together with"
        + " the group of the first locality alone, and the ranking counts past the end of that"
        + " group. "
        + Crash.aftermath(first);
  }
}
