package dev.lintel.rule.multicluster;

import dev.lintel.mesh.HostName;
import dev.lintel.resource.Kind;
import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.Resource;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.JsonPatch;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Solo;
import dev.lintel.rule.Subject;
import dev.lintel.rule.Subject.OfEntry;
import dev.lintel.rule.Subject.OfOther;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.Peering;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A host in the domain that the cluster's Segment has replaced by its own.
 *
 * <p>Restricted: {@code spec.host} of DestinationRule and {@code spec.hosts} of ServiceEntry.
 * Allowed: a host that some ServiceEntry defines, for what clusters outside the Segment export
 * keeps the old domain; a host that an alias of the Segment may mean; and where the Segment cannot
 * be read (docs/domain.md, 5.4).
 */
final class HostOfReplacedDomain {

  static final Rule RULE =
      Rule.warns("MC-003", "host-of-replaced-domain")
          .summary("The cluster's Segment has replaced the domain of this host")
          .reads(Reads.and(Reads.BINDING, Kind.SEGMENT, Kind.DEPLOYMENT))
          .ofDestinationRulesAndServiceEntries(HostOfReplacedDomain::judge);

  private HostOfReplacedDomain() {}

  private static Stream<Finding> judge(Topology topology, Subject subject) {
    if (Solo.isExcluded(topology)) {
      return Stream.empty();
    }
    Peering peering = topology.peering();
    HostName replaced = new HostName(topology.platform().globalDomain());
    if (!peering.inSegment().isYes()
        || !peering.domainKnown().isYes()
        || new HostName(peering.domain()).equals(replaced)) {
      return Stream.empty();
    }
    return Solo.asFarAsKnown(
        topology,
        written(topology, subject)
            .filter(written -> written.host().value().endsWith("." + replaced))
            .filter(written -> !exists(topology, subject.resource(), written.host()))
            .filter(written -> !peering.mayBeAlias(written.host()))
            .flatMap(written -> finding(topology, peering, written).stream()));
  }

  private static Stream<Written> written(Topology topology, Subject subject) {
    return switch (subject) {
      case OfRule rule ->
          Stream.of(
              new Written(
                  topology.rules().hostOf(rule.resource()), FieldPath.HOST, List.of("host")));
      case OfEntry entry when topology.scopes().parentOf(entry.resource()).isEmpty() ->
          hosts(entry.resource().hosts());
      case OfEntry entry -> Stream.empty();
      case OfService service -> Stream.empty();
      case OfOther other -> Stream.empty();
    };
  }

  private static Stream<Written> hosts(List<String> hosts) {
    return IntStream.range(0, hosts.size())
        .mapToObj(
            i ->
                new Written(
                    new HostName(hosts.get(i)),
                    FieldPath.of("spec.hosts").index(i),
                    List.of("hosts", String.valueOf(i))));
  }

  private static boolean exists(Topology topology, Resource subject, HostName host) {
    return topology.entriesWithHost(host).stream()
        .anyMatch(entry -> !entry.ref().equals(subject.ref()));
  }

  private static Optional<Finding> finding(Topology topology, Peering peering, Written written) {
    return topology
        .scopes()
        .globalName(written.host())
        .map(
            name ->
                finding(peering, written, peering.globalHost(name.namespace(), name.name()), name));
  }

  private static Finding finding(
      Peering peering, Written written, HostName present, NamespacedName name) {
    Finding found =
        Finding.at(written.field())
            .says(
                "%s is no host of this cluster: Segment %s has replaced its domain by %s",
                written.host(), peering.segmentName().orElse(""), peering.domain())
            .because(
                "In a cluster of a Segment the global hosts of its own Services end in the"
                    + " Segment's domain. No generated entry shows that a cluster outside the"
                    + " Segment exports %s under the old one.",
                name)
            .fix("use `%s`", present)
            .patch(JsonPatch.of(JsonPatch.replace(present.value(), written.path())))
            .fact("assumed: a Segment's domain replaces the default one")
            .about(written.host().value());
    return peering.segment().map(found::with).orElse(found);
  }

  private record Written(HostName host, FieldPath field, List<String> below) {

    String[] path() {
      return Stream.concat(Stream.of("spec"), below.stream()).toArray(String[]::new);
    }
  }
}
