package dev.lintel.diff;

import dev.lintel.mesh.HostName;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.state.Settled;
import dev.lintel.topology.Backend;
import dev.lintel.topology.Topology;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What of two states is compared.
 *
 * @param hosts the hosts
 * @param routes the routes whose references are compared
 * @param leftOut how many hosts and routes were counted and are not compared, 0 or more
 */
public record Scope(SortedSet<HostName> hosts, SortedSet<ResourceRef> routes, int leftOut) {

  private static final Comparator<ResourceRef> ORDER = Comparator.comparing(ResourceRef::toString);

  /** Returns every host and every route of both states. */
  public static Scope everything(Settled settled) {
    SortedSet<HostName> hosts = new TreeSet<>();
    SortedSet<ResourceRef> routes = new TreeSet<>(ORDER);
    Stream.of(settled.before(), settled.after())
        .forEach(
            topology -> {
              hosts.addAll(hostsOf(topology));
              topology.routes().map(Resource::ref).forEach(routes::add);
            });
    return new Scope(hosts, routes, 0);
  }

  /**
   * Returns what the write of objects can bear on, by what depends on each in either state.
   *
   * @param written the objects that are written or deleted
   * @param limit how many hosts, and how many routes, are compared; the others are counted
   */
  public static Scope of(Settled settled, Collection<ResourceRef> written, int limit) {
    Set<HostName> hosts = new HashSet<>();
    Set<ResourceRef> routes = new HashSet<>();
    List<Topology> states = List.of(settled.before(), settled.after());
    List<Resource> objects =
        written.stream()
            .flatMap(ref -> states.stream().flatMap(state -> state.find(ref).stream()))
            .distinct()
            .toList();
    for (Topology state : states) {
      Affected affected = new Affected(state, hosts, routes);
      objects.forEach(affected::add);
    }
    SortedSet<HostName> firstHosts = first(hosts, Comparator.naturalOrder(), limit);
    SortedSet<ResourceRef> firstRoutes = first(routes, ORDER, limit);
    int leftOut = hosts.size() - firstHosts.size() + routes.size() - firstRoutes.size();
    return new Scope(firstHosts, firstRoutes, leftOut);
  }

  private static <T> SortedSet<T> first(Set<T> all, Comparator<? super T> order, int limit) {
    SortedSet<T> first = new TreeSet<>(order);
    all.stream().sorted(order).limit(limit).forEach(first::add);
    return first;
  }

  private static Set<HostName> hostsOf(Topology topology) {
    Set<HostName> hosts = new TreeSet<>();
    Stream.concat(topology.services(), topology.serviceEntries())
        .flatMap(object -> topology.backendsOf(object).stream())
        .map(Backend::host)
        .forEach(hosts::add);
    return hosts;
  }
}
