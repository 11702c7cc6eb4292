package dev.lintel.state;

import dev.lintel.mesh.HostName;
import dev.lintel.mesh.Keys;
import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.Service;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.topology.Change;
import dev.lintel.topology.GlobalService;
import dev.lintel.topology.Topology;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Generates what peering generates for the Services of a state, and takes away what it generated
 * for those of the other side, unless another cluster exports the same (docs/domain.md, 5.3).
 */
final class SettledEntries {

  private static final String OF_PEERING = "solo.io/";

  private final Topology own;
  private final Topology other;
  private final Predicate<String> isConcerned;

  private SettledEntries(Topology own, Topology other, Predicate<String> isConcerned) {
    this.own = own;
    this.other = other;
    this.isConcerned = isConcerned;
  }

  /**
   * Returns a state with its generated entries settled.
   *
   * @param other the state on the other side of the change
   * @param isConcerned tells in which namespaces the change may bear on what is generated
   */
  static Topology of(Topology own, Topology other, Predicate<String> isConcerned) {
    if (own.dialect().isUpstream()) {
      return own;
    }
    SettledEntries entries = new SettledEntries(own, other, isConcerned);
    Topology settled = own;
    for (ServiceEntry entry : own.serviceEntries().filter(entries::isGone).toList()) {
      settled = settled.apply(Change.remove(entry.ref()));
    }
    for (Service service : other.services().filter(entries::isLeftToOthers).toList()) {
      settled = settled.apply(Change.put(entryOf(other, service)));
    }
    for (Service service : own.services().filter(entries::isGenerating).toList()) {
      settled = settled.apply(Change.put(entries.settled(service)));
    }
    return settled;
  }

  private boolean isGenerating(Service service) {
    return isConcerned.test(service.namespace()) && own.scopes().globalHostOf(service).isPresent();
  }

  private static ServiceEntry entryOf(Topology topology, Service service) {
    return (ServiceEntry) topology.scopes().globalBackendOf(service).resource();
  }

  /** Returns the host that a topology's own Service of a name has in all clusters. */
  private static Optional<HostName> hostOf(Topology topology, NamespacedName key) {
    return topology.service(key.namespace(), key.name()).flatMap(topology.scopes()::globalHostOf);
  }

  /** Tells whether an entry was generated for what the other side has and this one has not. */
  private boolean isGone(ServiceEntry entry) {
    return own.scopes()
        .parentOf(entry)
        .filter(key -> isConcerned.test(key.namespace()))
        .filter(
            key ->
                (writes(entry, hostOf(other, key)) && !writes(entry, hostOf(own, key)))
                    || hasLostItsWorkloads(key))
        .filter(key -> !isExportedElsewhere(key))
        .isPresent();
  }

  private static boolean writes(ServiceEntry entry, Optional<HostName> host) {
    return host.filter(name -> entry.hosts().contains(name.value())).isPresent();
  }

  private boolean hasLostItsWorkloads(NamespacedName key) {
    return hostOf(own, key).isEmpty()
        && own.scopes().globalService(key).workloads().isEmpty()
        && !other.scopes().globalService(key).workloads().isEmpty();
  }

  /** An entry that selects what other clusters have proves nothing once that is gone. */
  private boolean isExportedElsewhere(NamespacedName key) {
    GlobalService global = own.scopes().globalService(key);
    return !global.workloads().isEmpty()
        || (global.exportedElsewhere().isYes() && !hasLostItsWorkloads(key));
  }

  /** Tells whether a Service of the other side lives on in other clusters, and only there. */
  private boolean isLeftToOthers(Service service) {
    if (!isConcerned.test(service.namespace())) {
      return false;
    }
    Optional<HostName> host = other.scopes().globalHostOf(service);
    return host.isPresent()
        && hostOf(own, service.key()).isEmpty()
        && own.entriesWithHost(host.get()).isEmpty()
        && isExportedElsewhere(service.key());
  }

  /** What other clusters brought into an entry stays in it. */
  private ServiceEntry settled(Service service) {
    ServiceEntry generated = entryOf(own, service);
    return own.find(generated.ref())
        .filter(ServiceEntry.class::isInstance)
        .map(ServiceEntry.class::cast)
        .map(existing -> merged(existing, generated, service))
        .orElse(generated);
  }

  private ServiceEntry merged(ServiceEntry existing, ServiceEntry generated, Service service) {
    return new ServiceEntry(
        existing
            .metadata()
            .with(labels(existing, generated), annotations(existing, generated, service)),
        existing.hosts(),
        existing.addresses(),
        existing.allocatedAddresses(),
        isExportedElsewhere(service.key()) ? ports(existing, generated) : generated.ports(),
        existing.location(),
        existing.resolution(),
        existing.endpoints(),
        existing.workloadSelector(),
        existing.exportTo());
  }

  private static Map<String, String> labels(ServiceEntry existing, ServiceEntry generated) {
    Map<String, String> labels = new HashMap<>(generated.metadata().labels());
    existing
        .metadata()
        .labels()
        .forEach(
            (key, value) -> {
              if (key.startsWith(OF_PEERING)) {
                labels.putIfAbsent(key, value);
              }
            });
    return labels;
  }

  /** Where neither side of the Service says a mode, the entry tells peering's default. */
  private Map<String, String> annotations(
      ServiceEntry existing, ServiceEntry generated, Service service) {
    Map<String, String> annotations = new HashMap<>(generated.metadata().annotations());
    boolean isSaid =
        saysMode(service)
            || other
                .service(service.namespace(), service.name())
                .filter(SettledEntries::saysMode)
                .isPresent();
    if (!isSaid) {
      existing
          .metadata()
          .annotation(Keys.TRAFFIC_DISTRIBUTION)
          .ifPresent(mode -> annotations.put(Keys.TRAFFIC_DISTRIBUTION, mode));
    }
    return annotations;
  }

  private static boolean saysMode(Service service) {
    return service.trafficDistribution().isPresent()
        || service.metadata().annotation(Keys.TRAFFIC_DISTRIBUTION).isPresent();
  }

  private static List<ServiceEntry.Port> ports(ServiceEntry existing, ServiceEntry generated) {
    List<Integer> known = generated.ports().stream().map(ServiceEntry.Port::number).toList();
    return Stream.concat(
            generated.ports().stream(),
            existing.ports().stream().filter(port -> !known.contains(port.number())))
        .toList();
  }
}
