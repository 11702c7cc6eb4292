package dev.lintel.rule.serviceentry;

import dev.lintel.resource.Kind;
import dev.lintel.resource.ResourceRef;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfEntry;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A host that several entries define, and that another one answers for.
 *
 * <p>Restricted: {@code spec.hosts} that an older entry of the same namespace has, or an entry of
 * another namespace that a gateway or the waypoint prefers. Allowed: the same host in several
 * namespaces, each for its own callers (docs/domain.md, 6.2).
 */
final class DuplicateHost {

  static final Rule RULE =
      Rule.warns("SE-006", "duplicate-host")
          .summary("Another ServiceEntry answers for this host")
          .reads(Reads.and(Reads.ROUTES, Kind.SERVICE, Kind.DEPLOYMENT, Kind.CONFIG_MAP))
          .ofServiceEntries(DuplicateHost::judge);

  private DuplicateHost() {}

  private static Stream<Finding> judge(Topology topology, OfEntry subject) {
    return Entries.writtenByHand(topology, subject)
        .flatMap(
            entry ->
                subject.hosts().stream()
                    .flatMap(host -> ofHost(topology, Owners.of(topology, entry, host))));
  }

  private static Stream<Finding> ofHost(Topology topology, Owners owners) {
    Optional<ServiceEntry> local = owners.entryIn(owners.entry().namespace());
    Map<ServiceEntry, Set<ResourceRef>> readersByWinner = readersByWinner(topology, owners);
    boolean isPruned = local.isPresent() && !owners.isMe(local.get());
    if (!isPruned) {
      return readersByWinner.entrySet().stream()
          .map(won -> preferred(owners, won.getKey(), won.getValue()));
    }
    boolean isRead =
        !readersByWinner.isEmpty()
            || Entries.servesAmbient(topology, owners.entry(), owners.waypoint());
    return isRead && !Entries.isGenerated(topology, local.get())
        ? Stream.of(pruned(owners, local.get()))
        : Stream.of();
  }

  /** Returns the entries that gateways and the waypoint prefer to this one, each with who does. */
  private static Map<ServiceEntry, Set<ResourceRef>> readersByWinner(
      Topology topology, Owners owners) {
    Map<ServiceEntry, Set<ResourceRef>> readers = new LinkedHashMap<>();
    owners.asking().stream()
        .filter(asking -> asking.means(owners.entry()))
        .forEach(asking -> add(readers, asking.taken(), asking.gateway().ref()));
    if (owners.waypoint() instanceof WaypointBinding.Bound(var waypoint, var level)) {
      owners.entryAt(waypoint).ifPresent(winner -> add(readers, winner, waypoint.ref()));
    }
    readers
        .keySet()
        .removeIf(winner -> owners.isMe(winner) || Entries.isGenerated(topology, winner));
    return readers;
  }

  private static void add(
      Map<ServiceEntry, Set<ResourceRef>> readers, ServiceEntry winner, ResourceRef reader) {
    readers.computeIfAbsent(winner, ignored -> new LinkedHashSet<>()).add(reader);
  }

  private static Finding pruned(Owners owners, ServiceEntry older) {
    return at(owners, older)
        .says(
            "`%s` belongs to the older %s of this namespace: istiod drops this entry, its ports"
                + " included",
            owners.written(), older.ref().spoken())
        .because(
            "For ztunnel and waypoints istiod keeps one entry for a host in each namespace, the"
                + " oldest. Sidecars alone see both.")
        .fix("add the ports and endpoints to %s, or use another host", older.name());
  }

  private static Finding preferred(Owners owners, ServiceEntry winner, Set<ResourceRef> readers) {
    Finding found =
        at(owners, winner)
            .says(
                "`%s` is also a host of %s, and %s that one, never this entry",
                owners.written(), winner.ref().spoken(), choose(readers))
            .because(
                "kgateway takes the oldest entry with the host and the port. A waypoint takes the"
                    + " entry of its own namespace, else the oldest. Only ztunnel prefers the entry"
                    + " of the caller's namespace, so one host has two answers.")
            .fix("keep one entry for `%s`, or give this one a host of its own", owners.written());
    for (ResourceRef reader : readers) {
      found = found.with(reader);
    }
    return found;
  }

  private static String choose(Set<ResourceRef> readers) {
    String names =
        readers.stream().map(ResourceRef::spoken).sorted().collect(Collectors.joining(" and "));
    return names + (readers.size() == 1 ? " takes" : " take");
  }

  private static Finding at(Owners owners, ServiceEntry other) {
    return Finding.at(owners.field()).about(other);
  }
}
