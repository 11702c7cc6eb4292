package dev.lintel.impact;

import dev.lintel.diff.PathDiff;
import dev.lintel.diff.PathDiff.PathChange;
import dev.lintel.diff.PathDiff.ReaderChange;
import dev.lintel.diff.PathDiff.ReferenceChange;
import dev.lintel.diff.PathDiff.WaypointChange;
import dev.lintel.diff.Row;
import dev.lintel.judge.Judged;
import dev.lintel.judge.Verdict;
import dev.lintel.mesh.HostName;
import dev.lintel.resource.Kind;
import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.resource.Route;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Phrase;
import dev.lintel.state.Settled;
import dev.lintel.topology.Backend;
import dev.lintel.topology.Topology;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts differences into words for the one who writes: one line for each effect, and only what
 * others did not ask for. What the writer holds in hand is the writer's wish, and what others gain
 * is no news (docs/domain.md, 8.4).
 */
final class Told {

  /** Stands for any of the lines, where it is asked whether an object is exempt from them. */
  static final Finding ANY = Finding.at(FieldPath.NAME).says("what a write does to others");

  /** The names that a line has room for: it stays below 256 characters with an address. */
  private static final int ROOM = 110;

  private final Settled settled;
  private final BendingWrite write;
  private final List<ResourceRef> changed;
  private final Predicate<HostName> isExempt;
  private final Set<HostName> own = new HashSet<>();

  /**
   * Creates a teller.
   *
   * @param changed what is written or deleted
   * @param isExempt tells for which hosts nothing is to be said
   */
  Told(
      Settled settled,
      BendingWrite write,
      List<ResourceRef> changed,
      Predicate<HostName> isExempt) {
    this.settled = settled;
    this.write = write;
    this.changed = changed;
    this.isExempt = isExempt;
    for (Topology topology : List.of(settled.before(), settled.after())) {
      changed.stream()
          .flatMap(ref -> topology.find(ref).stream())
          .flatMap(object -> hostsInHand(topology, object))
          .forEach(own::add);
    }
  }

  private static Stream<HostName> hostsInHand(Topology topology, Resource object) {
    Stream<Backend> backends =
        object instanceof Route route
            ? route.backends().stream()
                .flatMap(ref -> topology.ingress().backendsNamed(route, ref).stream())
            : topology.backendsOf(object).stream();
    return backends.map(Backend::host);
  }

  /**
   * Returns what others lose, loudest first.
   *
   * @param found what rules find against others: it says more of a rule that nobody reads
   */
  List<Finding> losses(PathDiff diff, Verdict found) {
    List<Finding> lines = new ArrayList<>();
    paths(diff, Told::isLoss).forEach(lines::add);
    lines.addAll(lostWaypoints(diff));
    Set<ResourceRef> told =
        found.findings().stream().map(Judged::subject).collect(Collectors.toSet());
    lines.addAll(brokenReferences(diff, told));
    lines.addAll(lostReaders(diff, told));
    return lines;
  }

  /** Returns what becomes of others that is no loss. */
  List<Finding> changes(PathDiff diff) {
    List<Finding> lines = new ArrayList<>();
    paths(diff, change -> !isLoss(change)).forEach(lines::add);
    lines.addAll(newWaypoints(diff));
    lines.addAll(distributions(diff));
    return lines;
  }

  private boolean isOthers(HostName host) {
    return !own.contains(host) && !isExempt.test(host);
  }

  private Stream<Finding> paths(PathDiff diff, Predicate<PathChange> wanted) {
    return grouped(
        diff.paths().stream()
            .filter(change -> isOthers(change.host()))
            .filter(Told::isNews)
            .filter(wanted)
            .toList(),
        change -> List.of(change.gateway(), change.after(), waypointOn(change)),
        this::path);
  }

  /** A path that was none before takes nothing from anyone. */
  private static boolean isNews(PathChange change) {
    return change.before().filter(row -> row != Row.P7).isPresent()
        && !isPicked(change.before(), change.after());
  }

  /** A label that does nothing changes nothing. */
  private static boolean isPicked(Optional<Row> before, Optional<Row> after) {
    return Stream.of(before, after)
        .allMatch(row -> row.filter(is -> is == Row.P2 || is == Row.P4).isPresent());
  }

  private static boolean isLoss(PathChange change) {
    return change
        .after()
        .map(
            after ->
                switch (after) {
                  case P1, P7 -> true;
                  case P2, P3, P4, P6 -> change.before().filter(is -> is == Row.P5).isPresent();
                  case P5 -> false;
                })
        .orElse(true);
  }

  private Finding path(PathChange first, List<PathChange> group) {
    NamespacedName key = first.gateway();
    boolean isWritten =
        write.ref().equals(new ResourceRef(Kind.GATEWAY, key.namespace(), key.name()));
    String hosts = names(group.stream().map(PathChange::host).toList());
    if (first.after().isEmpty()) {
      return line(
          "%s: %s%s no longer reached: %s",
          counted(group),
          (isWritten ? "" : " of Gateway " + key) + (group.size() == 1 ? " is" : " are"),
          hosts);
    }
    Row after = first.after().get();
    return line(
        "%s: requests %sto %s go " + way(after) + " (%s -> %s): %s",
        isWritten ? "" : "from Gateway " + key + " ",
        counted(group),
        waypointOn(first),
        rowsBefore(group),
        after.name(),
        hosts);
  }

  private static String rowsBefore(List<PathChange> group) {
    return group.stream()
        .map(change -> change.before().orElseThrow().name())
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /** Each has one gap, for the waypoint. */
  private static String way(Row row) {
    return switch (row) {
      case P1 -> "in clear to the Pod, past the mesh%s";
      case P2, P4 -> "to the Pod that the Gateway picks%s";
      case P3 -> "past waypoint %s";
      case P5 -> "through waypoint %s";
      case P6 -> "to the Pod that ztunnel picks, past any waypoint%s";
      case P7 -> "to no address, and end with 503%s";
    };
  }

  /** Returns the waypoint that the path is told by; empty where it is told without. */
  private String waypointOn(PathChange change) {
    return change.after().filter(row -> row == Row.P3 || row == Row.P5).isPresent()
        ? waypoint(change)
        : "";
  }

  private String waypoint(PathChange change) {
    return Stream.of(settled.after(), settled.before())
        .flatMap(
            topology ->
                topology.canonicalBackend(change.host()).stream()
                    .flatMap(backend -> topology.waypoints().of(backend).boundWaypoint().stream()))
        .findFirst()
        .map(waypoint -> waypoint.key().toString())
        .orElse("");
  }

  private List<Finding> lostWaypoints(PathDiff diff) {
    return grouped(
            diff.waypoints().stream()
                .filter(change -> isOthers(change.host()))
                .filter(change -> change.before().isPresent() && change.after().isEmpty())
                .toList(),
            WaypointChange::before,
            (first, group) ->
                line(
                    "%s: %s no longer behind waypoint %s, whose policies and routes act no more: %s",
                    are(group.size(), "host", "hosts"),
                    first.before().orElseThrow().toString(),
                    names(group.stream().map(WaypointChange::host).toList())))
        .toList();
  }

  private List<Finding> newWaypoints(PathDiff diff) {
    Set<HostName> told = new HashSet<>();
    diff.paths().stream()
        .filter(change -> change.after().filter(row -> row == Row.P5 || row == Row.P3).isPresent())
        .map(PathChange::host)
        .forEach(told::add);
    return grouped(
            diff.waypoints().stream()
                .filter(change -> isOthers(change.host()) && !told.contains(change.host()))
                .filter(change -> change.after().isPresent())
                .toList(),
            change -> List.of(change.before(), change.after()),
            (first, group) ->
                line(
                    "%s: %s behind waypoint %s now: %s",
                    are(group.size(), "host", "hosts"),
                    first.after().orElseThrow().toString(),
                    names(group.stream().map(WaypointChange::host).toList())))
        .toList();
  }

  private List<Finding> brokenReferences(PathDiff diff, Set<ResourceRef> told) {
    return grouped(
            diff.references().stream()
                .filter(change -> change.before().equals("ok"))
                .filter(change -> told.stream().noneMatch(ref -> names(change, ref)))
                .toList(),
            ReferenceChange::after,
            (first, group) ->
                line(
                    "%s: %s: %s (%s)",
                    counted(group.size(), "reference breaks", "references break"),
                    listed(
                        group.stream()
                            .map(change -> change.route().spoken() + " to " + spoken(change))
                            .toList()),
                    first.after()))
        .toList();
  }

  private static boolean names(ReferenceChange change, ResourceRef ref) {
    return change.backend().equals(ref.toString());
  }

  private static String spoken(ReferenceChange change) {
    return change.backend().replaceFirst("/", " ");
  }

  private List<Finding> lostReaders(PathDiff diff, Set<ResourceRef> told) {
    List<ReaderChange> lost =
        diff.readers().stream()
            .filter(change -> !change.lost().isEmpty())
            .filter(change -> isOthers(change.host()))
            .filter(change -> !isInHand(change.rule()))
            .filter(
                change ->
                    !told.contains(
                        new ResourceRef(
                            Kind.DESTINATION_RULE,
                            change.rule().namespace(),
                            change.rule().name())))
            .toList();
    return grouped(
            lost,
            ReaderChange::lost,
            (first, group) ->
                line(
                    "%s: %s no longer read by %s: %s",
                    are(
                        (int) group.stream().map(ReaderChange::rule).distinct().count(),
                        "DestinationRule",
                        "DestinationRules"),
                    String.join(", ", first.lost()),
                    listed(
                        group.stream()
                            .map(change -> change.rule().toString())
                            .distinct()
                            .toList())))
        .toList();
  }

  private boolean isInHand(NamespacedName rule) {
    return changed.contains(new ResourceRef(Kind.DESTINATION_RULE, rule.namespace(), rule.name()));
  }

  private List<Finding> distributions(PathDiff diff) {
    return grouped(
            diff.distributions().stream().filter(change -> isOthers(change.host())).toList(),
            change -> List.of(change.picker(), change.before(), change.after()),
            (first, group) ->
                line(
                    "%s: %s picks endpoints of %s by %s, no longer by %s: %s",
                    first.picker(),
                    counted(group.size(), "host", "hosts"),
                    first.after().toString(),
                    first.before().toString(),
                    names(group.stream().map(PathDiff.DistributionChange::host).toList())))
        .toList();
  }

  /** The first gap is for the written object. */
  private Finding line(String template, Object... values) {
    List<Object> all = new ArrayList<>();
    all.add(write.ref().spoken());
    all.addAll(List.of(values));
    return Finding.at(FieldPath.NAME).says(new Phrase(template, all)).about(all.toString());
  }

  private static String counted(List<?> group) {
    return counted(group.size(), "host", "hosts");
  }

  private static String counted(int count, String one, String several) {
    return "%d %s".formatted(count, count == 1 ? one : several);
  }

  private static String are(int count, String one, String several) {
    return counted(count, one, several) + (count == 1 ? " is" : " are");
  }

  /** A Service is known by its name, other hosts by themselves. */
  private String names(List<HostName> hosts) {
    return listed(
        hosts.stream()
            .map(
                host ->
                    settled
                        .before()
                        .serviceNameOf(host)
                        .map(NamespacedName::toString)
                        .orElse(host.value()))
            .sorted()
            .distinct()
            .toList());
  }

  /** Returns as many names as there is room for, and one at least. */
  private static String listed(List<String> names) {
    StringBuilder listed = new StringBuilder(names.getFirst());
    int shown = 1;
    while (shown < names.size() && listed.length() + names.get(shown).length() < ROOM) {
      listed.append(", ").append(names.get(shown++));
    }
    return shown == names.size()
        ? listed.toString()
        : listed.append(" and ").append(names.size() - shown).append(" more").toString();
  }

  private static <T> Stream<Finding> grouped(
      List<T> entries, Function<T, ?> key, BiFunction<T, List<T>, Finding> say) {
    Map<Object, List<T>> groups = new LinkedHashMap<>();
    entries.forEach(
        entry -> groups.computeIfAbsent(key.apply(entry), same -> new ArrayList<>()).add(entry));
    return groups.values().stream().map(group -> say.apply(group.getFirst(), group));
  }
}
