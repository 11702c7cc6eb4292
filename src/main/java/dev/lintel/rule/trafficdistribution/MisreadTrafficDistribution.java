package dev.lintel.rule.trafficdistribution;

import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Keys;
import dev.lintel.mesh.KgatewayDistribution;
import dev.lintel.mesh.Since;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.Gateway;
import dev.lintel.rule.Finding;
import dev.lintel.rule.JsonPatch;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.Approach;
import dev.lintel.rule.Subject.Host;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.topology.EffectiveTrafficDistribution;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.Topology;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A mode that is known to one reader and read as something else by another that picks Pods on the
 * ingress path, or for callers inside the mesh.
 *
 * <p>Restricted: {@code spec.trafficDistribution} of Service, else the annotation of Service and
 * ServiceEntry, where a kgateway Gateway routes to it. Allowed: modes that every deciding reader
 * knows (docs/domain.md, 1.1 and 4.3).
 */
final class MisreadTrafficDistribution {

  static final Rule RULE =
      Rule.warns("TD-002", "traffic-distribution-misread-on-path")
          .summary("A proxy on the path reads this traffic distribution as another")
          .reads(Reads.PICKERS)
          .ofHosts(MisreadTrafficDistribution::judge);

  private MisreadTrafficDistribution() {}

  private static Stream<Finding> judge(Topology topology, OfHosts subject) {
    if (Settings.isReadByNobody(subject)) {
      return Stream.empty();
    }
    return subject.hosts().stream().flatMap(host -> misread(topology, host)).limit(1);
  }

  private static Stream<Finding> misread(Topology topology, Host host) {
    return Settings.asked(topology, host.trafficDistribution())
        .flatMap(mode -> finding(topology.dialect(), host, mode))
        .stream();
  }

  private static Optional<Finding> finding(Dialect dialect, Host host, TrafficDistribution mode) {
    List<Misreading> misreadings =
        host.ingress().stream()
            .filter(leg -> new Approach(host, leg).mayArrive())
            .flatMap(leg -> misreadings(dialect, host, leg, mode))
            .toList();
    return misreadings.stream()
        .min(Comparator.comparing(Misreading::reader))
        .map(
            loudest -> {
              Finding finding = describe(dialect, host, loudest).about(loudest.reader().name());
              for (Misreading misreading : misreadings) {
                finding =
                    finding
                        .with(misreading.leg().gateway())
                        .fact("%s", Settings.path(misreading.leg()));
              }
              return loudest.reader() == Reader.WAYPOINT_OF_OLD
                  ? finding
                  : sameModeElsewhere(dialect, host, mode).map(finding::patch).orElse(finding);
            });
  }

  /** Returns who reads the mode as another one, whatever the unknown facts turn out to be. */
  private static Stream<Misreading> misreadings(
      Dialect dialect, Host host, IngressLeg leg, TrafficDistribution mode) {
    EffectiveTrafficDistribution setting = host.trafficDistribution();
    boolean istiodDiffers = host.backend().hasVip() && setting.atIstiod() != mode;
    if (leg.certainly(IngressPath::gatewayPicksPod)) {
      boolean kgatewayDiffers =
          leg.kgateway().distribution() == KgatewayDistribution.OPEN_SOURCE
              && setting.atKgateway() != mode
              && !host.pickers().atKgateway(leg).isDisplaced();
      return Stream.concat(
          Stream.of(new Misreading(leg, Reader.KGATEWAY)).filter(m -> kgatewayDiffers),
          Stream.of(new Misreading(leg, Reader.CALLERS_IN_MESH)).filter(m -> istiodDiffers));
    }
    if (!istiodDiffers
        && dialect.istiodLacks(Since.MODES_AT_ENVOY)
        && leg.certainly(IngressPath.ThroughWaypoint.class::isInstance)) {
      return Stream.of(new Misreading(leg, Reader.WAYPOINT_OF_OLD));
    }
    return istiodDiffers && leg.certainly(MisreadTrafficDistribution::isBehindVip)
        ? Stream.of(new Misreading(leg, Reader.BEHIND_VIP))
        : Stream.empty();
  }

  private static boolean isBehindVip(IngressPath path) {
    return path instanceof IngressPath.ThroughWaypoint
        || path instanceof IngressPath.WaypointSkippedBehindVip;
  }

  private static Finding describe(Dialect dialect, Host host, Misreading misreading) {
    EffectiveTrafficDistribution setting = host.trafficDistribution();
    String value = setting.ownValue().orElseThrow();
    String gateway = misreading.leg().gateway().ref().spoken();
    String other = Settings.widelyKnown(dialect);
    Finding finding = Finding.at(Settings.fieldOf(setting)).about(value);
    return switch (misreading.reader()) {
      case KGATEWAY ->
          finding
              .says("%s picks the Pods itself and reads `%s` as Any", gateway, value)
              .because(
                  "kgateway knows PreferSameZone, PreferClose, PreferSameNode and PreferNetwork."
                      + " For requests from outside it spreads over all endpoints, while istiod's"
                      + " proxies honour %s.",
                  value)
              .fix("use `%s`, or send ingress through a waypoint", other);
      case BEHIND_VIP ->
          finding
              .says(
                  "%s picks the Pods behind %s and reads `%s` as %s",
                  picker(misreading.leg()), gateway, value, setting.atIstiod())
              .because(
                  "The gateway sends to the Service's address, so only istiod's reading of %s"
                      + " counts, and istiod does not know the word.",
                  value)
              .fix("use `%s`", other);
      case WAYPOINT_OF_OLD ->
          finding
              .says(
                  "%s picks the Pods behind %s and ignores `%s`: before istiod 1.25 only ztunnel"
                      + " knows traffic distribution",
                  picker(misreading.leg()), gateway, value)
              .because(
                  "Up to 1.24 istiod told ztunnel alone which endpoints to prefer. A waypoint is an"
                      + " Envoy and spreads over all of them.")
              .fix(
                  "update istiod, or give the waypoint a DestinationRule with outlierDetection and"
                      + " failoverPriority");
      case CALLERS_IN_MESH ->
          finding
              .says(
                  "%s reads `%s`, but for callers inside the mesh istiod reads it as %s",
                  gateway, value, setting.atIstiod())
              .because(
                  "The gateway picks the Pods of requests from outside; ztunnel and waypoints pick"
                      + " them for callers in the mesh, and istiod, which tells them how, does not"
                      + " know the word.")
              .fix("use `%s`, which both know", other);
    };
  }

  private static String picker(IngressLeg leg) {
    return leg.paths().getFirst() instanceof IngressPath.ThroughWaypoint(Gateway waypoint)
        ? "the waypoint " + waypoint.key()
        : "ztunnel";
  }

  /** The older name of the same mode changes nothing but the readers. */
  private static Optional<JsonPatch> sameModeElsewhere(
      Dialect dialect, Host host, TrafficDistribution mode) {
    String other = Settings.widelyKnown(dialect);
    if (TrafficDistribution.named(other).filter(mode::equals).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        JsonPatch.of(
            host.trafficDistribution().isInSpec()
                ? JsonPatch.replace(other, "spec", "trafficDistribution")
                : JsonPatch.replace(other, "metadata", "annotations", Keys.TRAFFIC_DISTRIBUTION)));
  }

  /** Who reads the mode as another one, the one that the Gateway's requests meet first. */
  private enum Reader {
    KGATEWAY,
    BEHIND_VIP,
    WAYPOINT_OF_OLD,
    CALLERS_IN_MESH
  }

  private record Misreading(IngressLeg leg, Reader reader) {}
}
