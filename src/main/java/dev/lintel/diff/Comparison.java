package dev.lintel.diff;

import dev.lintel.diff.HostReading.Picked;
import dev.lintel.diff.PathDiff.DistributionChange;
import dev.lintel.diff.PathDiff.Extent;
import dev.lintel.diff.PathDiff.PathChange;
import dev.lintel.diff.PathDiff.ReaderChange;
import dev.lintel.diff.PathDiff.ReferenceChange;
import dev.lintel.diff.PathDiff.WaypointChange;
import dev.lintel.mesh.Fact;
import dev.lintel.mesh.HostName;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.ResourceRef;
import dev.lintel.state.Settled;
import dev.lintel.topology.ReferenceFate;
import dev.lintel.topology.TooMuchWorkException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** Compares what two states say, host by host and route by route. */
final class Comparison {

  private static final Comparator<Picked> PICKED =
      Comparator.comparing(Picked::host).thenComparing(Picked::picker);

  private final Settled settled;
  private final Scope scope;
  private final List<PathChange> paths = new ArrayList<>();
  private final List<WaypointChange> waypoints = new ArrayList<>();
  private final List<ReaderChange> readers = new ArrayList<>();
  private final SortedMap<Picked, DistributionChange> distributions = new TreeMap<>(PICKED);
  private final Set<ReferenceChange> references = new LinkedHashSet<>();
  private final List<HostName> vanished = new ArrayList<>();
  private final List<HostName> appeared = new ArrayList<>();
  private final SortedSet<String> unknown = new TreeSet<>();
  private final BooleanSupplier isOverdue;
  private int unfinished;
  private int late;

  Comparison(Settled settled, Scope scope, BooleanSupplier isOverdue) {
    this.settled = settled;
    this.scope = scope;
    this.isOverdue = isOverdue;
  }

  PathDiff compare() {
    for (HostName host : scope.hosts()) {
      if (isLate()) {
        continue;
      }
      try {
        compare(
            host, HostReader.read(settled.before(), host), HostReader.read(settled.after(), host));
      } catch (TooMuchWorkException e) {
        unfinished++;
      }
    }
    for (ResourceRef route : scope.routes()) {
      if (isLate()) {
        continue;
      }
      try {
        compare(
            route,
            RouteReferences.read(settled.before(), route),
            RouteReferences.read(settled.after(), route));
      } catch (TooMuchWorkException e) {
        unknown.add("too much bears on the references of " + route.spoken());
      }
    }
    settled.goneClasses().forEach(this::sayGone);
    return new PathDiff(
        paths,
        waypoints,
        readers,
        List.copyOf(distributions.values()),
        List.copyOf(references),
        vanished,
        appeared,
        FindingChanges.NONE,
        List.copyOf(unknown),
        settled.assumed(),
        new Extent(scope.hosts().size(), unfinished, cuts()));
  }

  private boolean isLate() {
    boolean isLate = late > 0 || isOverdue.getAsBoolean();
    late += isLate ? 1 : 0;
    return isLate;
  }

  private List<String> cuts() {
    List<String> cuts = new ArrayList<>();
    if (scope.leftOut() > 0) {
      cuts.add(
          "%d more hosts and routes were counted and not looked at".formatted(scope.leftOut()));
    }
    if (late > 0) {
      cuts.add("the deadline came before %d hosts and routes were compared".formatted(late));
    }
    return cuts;
  }

  private void compare(HostName host, HostReading before, HostReading after) {
    if (before.equals(after)) {
      return;
    }
    if (before.defined() && !after.defined()) {
      vanished.add(host);
    }
    if (!before.defined() && after.defined()) {
      appeared.add(host);
    }
    if (!before.waypoint().equals(after.waypoint())) {
      waypoints.add(new WaypointChange(host, before.waypoint(), after.waypoint()));
    }
    both(before.paths(), after.paths())
        .forEach(gateway -> comparePath(host, gateway, before, after));
    both(before.readers(), after.readers())
        .forEach(
            rule ->
                compareReaders(
                    host,
                    rule,
                    before.readers().getOrDefault(rule, Map.of()),
                    after.readers().getOrDefault(rule, Map.of())));
    before
        .modes()
        .forEach(
            (picked, was) ->
                compareModes(picked, was, after.modes().getOrDefault(picked, Possible.nothing())));
  }

  private void comparePath(
      HostName host, NamespacedName gateway, HostReading before, HostReading after) {
    Possible<Row> was = before.paths().getOrDefault(gateway, Possible.nothing());
    Possible<Row> is = after.paths().getOrDefault(gateway, Possible.nothing());
    if (was.values().equals(is.values())) {
      return;
    }
    if (was.isKnown() && is.isKnown()) {
      paths.add(new PathChange(host, gateway, was.value(), is.value()));
    } else {
      unknown.add(
          "the path from Gateway %s to %s is %s before and %s after: %s"
              .formatted(gateway, host.value(), was.spoken(), is.spoken(), reason(was, is)));
    }
  }

  private void compareReaders(
      HostName host, NamespacedName rule, Map<String, Fact> before, Map<String, Fact> after) {
    List<String> lost = new ArrayList<>();
    List<String> gained = new ArrayList<>();
    for (String reader : both(before, after)) {
      Fact was = before.getOrDefault(reader, Fact.no());
      Fact is = after.getOrDefault(reader, Fact.no());
      if (was.isYes() && is.isNo()) {
        lost.add(reader);
      } else if (was.isNo() && is.isYes()) {
        gained.add(reader);
      } else if (was.isUnknown() != is.isUnknown()) {
        unknown.add(
            "whether %s reads DestinationRule %s for %s %s: %s"
                .formatted(
                    reader,
                    rule,
                    host.value(),
                    was.isUnknown() ? "before" : "after",
                    was.isUnknown() ? was.reason() : is.reason()));
      }
    }
    if (!lost.isEmpty() || !gained.isEmpty()) {
      readers.add(new ReaderChange(rule, host, lost, gained));
    }
  }

  /** Who picks on one side only has no mode to change. */
  private void compareModes(
      Picked picked, Possible<TrafficDistribution> was, Possible<TrafficDistribution> is) {
    if (was.there().equals(is.there()) || !was.mayBe() || !is.mayBe()) {
      return;
    }
    if (was.isKnown() && is.isKnown()) {
      distributions.put(
          picked,
          new DistributionChange(
              picked.host(), picked.picker(), was.value().get(), is.value().get()));
    } else {
      unknown.add(
          "by which traffic distribution %s picks endpoints of %s, %s before and %s after: %s"
              .formatted(
                  picked.picker(),
                  picked.host().value(),
                  was.spoken(),
                  is.spoken(),
                  reason(was, is)));
    }
  }

  private void compare(ResourceRef route, RouteReferences before, RouteReferences after) {
    for (String backend : before.fates().keySet()) {
      Map<Integer, Optional<ReferenceFate>> was = before.of(backend);
      Map<Integer, Optional<ReferenceFate>> is = after.of(backend);
      if (Collections.disjoint(was.keySet(), is.keySet())) {
        compareFates(route, backend, single(was), single(is));
      }
      was.forEach(
          (port, fate) ->
              compareFates(route, backend, fate, is.getOrDefault(port, Optional.empty())));
    }
  }

  /** A port that the route names in another's stead is the same reference still. */
  private static Optional<ReferenceFate> single(Map<Integer, Optional<ReferenceFate>> fates) {
    return fates.values().stream().distinct().count() == 1
        ? fates.values().iterator().next()
        : Optional.empty();
  }

  private void compareFates(
      ResourceRef route, String backend, Optional<ReferenceFate> was, Optional<ReferenceFate> is) {
    if (was.isPresent() && is.isPresent() && was.get() != is.get()) {
      references.add(new ReferenceChange(route, backend, was.get().word(), is.get().word()));
    }
  }

  private void sayGone(String className) {
    unknown.add(
        "GatewayClass %s is gone: what runs keeps running, and whether its controller goes on"
                .formatted(className)
            + " serving its Gateways is not known");
  }

  private static String reason(Possible<?> was, Possible<?> is) {
    return is.isKnown() ? was.reason() : is.reason();
  }

  private static <K extends Comparable<? super K>> SortedSet<K> both(
      Map<K, ?> before, Map<K, ?> after) {
    SortedSet<K> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    return keys;
  }
}
