package dev.lintel.diff;

import dev.lintel.mesh.HostName;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.state.Settled;
import dev.lintel.topology.Backend;
import dev.lintel.topology.Topology;
import java.util.Comparator;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What of two states is compared.
 *
 * @param hosts the hosts
 * @param routes the routes whose references are compared
 */
public record Scope(SortedSet<HostName> hosts, SortedSet<ResourceRef> routes) {

  private static final Comparator<ResourceRef> ORDER = Comparator.comparing(ResourceRef::toString);

  /** Returns what a write is known to touch. */
  public static Scope of(Set<HostName> hosts, Set<ResourceRef> routes) {
    SortedSet<ResourceRef> sorted = new TreeSet<>(ORDER);
    sorted.addAll(routes);
    return new Scope(new TreeSet<>(hosts), sorted);
  }

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
    return new Scope(hosts, routes);
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
