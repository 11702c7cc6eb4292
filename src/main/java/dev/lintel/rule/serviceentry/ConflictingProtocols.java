package dev.lintel.rule.serviceentry;

import dev.lintel.resource.Kind;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.resource.ServiceEntry.Port;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject;
import dev.lintel.rule.Subject.OfEntry;
import dev.lintel.topology.Backend;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A port that another entry with the same host gives another protocol.
 *
 * <p>Restricted: {@code spec.ports[].protocol} that differs from that of an older entry with the
 * same host and port. Allowed: a port without protocol, which is sniffed; HTTPS beside TLS, which
 * are the same on the wire; entries that no namespace sees together (docs/domain.md, 6.2).
 */
final class ConflictingProtocols {

  static final Rule RULE =
      Rule.warns("SE-008", "conflicting-protocols")
          .summary("Another ServiceEntry gives the same host and port another protocol")
          .reads(Set.of(Kind.NAMESPACE))
          .ofServiceEntries(ConflictingProtocols::judge);

  private ConflictingProtocols() {}

  private static Stream<Finding> judge(Topology topology, OfEntry subject) {
    return Entries.writtenByHand(topology, subject)
        .flatMap(
            entry ->
                subject.hosts().stream()
                    .map(Subject.Host::backend)
                    .flatMap(backend -> ofHost(topology, entry, backend)));
  }

  private static Stream<Finding> ofHost(Topology topology, ServiceEntry entry, Backend backend) {
    List<ServiceEntry> older =
        topology.entriesWithHost(backend.host()).stream()
            .takeWhile(other -> !other.key().equals(entry.key()))
            .filter(other -> !Entries.isGenerated(topology, other))
            .filter(other -> areSeenTogether(topology, entry, other))
            .toList();
    if (older.isEmpty()) {
      return Stream.empty();
    }
    older.forEach(other -> topology.work(entry.ports().size() * other.ports().size() / 8));
    return IntStream.range(0, entry.ports().size())
        .boxed()
        .flatMap(i -> conflict(older, entry, backend, i));
  }

  /** ztunnel and waypoints read every exportTo as {@code *}. */
  private static boolean areSeenTogether(
      Topology topology, ServiceEntry entry, ServiceEntry other) {
    boolean isAmbient =
        Stream.of(entry, other).allMatch(each -> topology.isAmbient(each.namespace()));
    return isAmbient || Exports.overlap(entry, other);
  }

  private static Stream<Finding> conflict(
      List<ServiceEntry> older, ServiceEntry entry, Backend backend, int index) {
    Port port = entry.ports().get(index);
    return older.stream()
        .flatMap(
            other ->
                other.ports().stream()
                    .filter(theirs -> differ(port, theirs))
                    .map(theirs -> finding(backend, index, port, other, theirs)))
        .limit(1);
  }

  private static boolean differ(Port mine, Port theirs) {
    return mine.number() == theirs.number()
        && !mine.protocol().isEmpty()
        && !theirs.protocol().isEmpty()
        && !onTheWire(mine).equals(onTheWire(theirs));
  }

  private static String onTheWire(Port port) {
    String protocol = port.protocol().toUpperCase(Locale.ROOT);
    return protocol.equals("HTTPS") ? "TLS" : protocol;
  }

  private static Finding finding(
      Backend backend, int index, Port mine, ServiceEntry other, Port theirs) {
    return Finding.at(FieldPath.of("spec.ports").index(index).field("protocol"))
        .says(
            "port %d of `%s` is %s here and %s in the older %s: its readers do not agree on one",
            mine.number(),
            backend.canonicalHost(),
            mine.protocol(),
            theirs.protocol(),
            other.ref().spoken())
        .because(
            "Each reader takes the protocol of the entry that it prefers, so the same request is"
                + " HTTP to one and an opaque stream to another. Between peered clusters such a"
                + " port becomes TCP.")
        .fix("use the same protocol in both entries")
        .with(other)
        .about(backend.canonicalHost() + " " + theirs.protocol());
  }
}
