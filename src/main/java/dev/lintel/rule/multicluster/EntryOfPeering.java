package dev.lintel.rule.multicluster;

import dev.lintel.mesh.HostName;
import dev.lintel.mesh.Keys;
import dev.lintel.resource.Kind;
import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.rule.Action;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Solo;
import dev.lintel.rule.Subject.OfEntry;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A ServiceEntry that stands in the way of one that peering generates: under its name, with its
 * labels, or for its host.
 *
 * <p>Restricted: {@code metadata.name} beginning with {@code autogen.} and {@code
 * solo.io/parent-service} in Istio's root namespace, and {@code spec.hosts} with a global host, of
 * ServiceEntry. Allowed: to the control plane itself (docs/domain.md, 5.3).
 */
final class EntryOfPeering {

  static final Rule RULE =
      Rule.denies("MC-007", "service-entry-of-peering")
          .summary("This ServiceEntry, or its host, belongs to peering")
          .reads(
              Set.of(
                  Kind.SERVICE,
                  Kind.WORKLOAD_ENTRY,
                  Kind.SEGMENT,
                  Kind.NAMESPACE,
                  Kind.GATEWAY,
                  Kind.DEPLOYMENT))
          .ofServiceEntries(EntryOfPeering::judge);

  private EntryOfPeering() {}

  private static Stream<Finding> judge(Topology topology, OfEntry subject) {
    if (Solo.isExcluded(topology)) {
      return Stream.empty();
    }
    return Solo.asFarAsKnown(topology, find(topology, subject.resource()));
  }

  private static Stream<Finding> find(Topology topology, ServiceEntry entry) {
    boolean isLabelled = entry.metadata().label(Keys.PARENT_SERVICE).isPresent();
    if (entry.namespace().equals(topology.platform().rootNamespace())) {
      if (entry.name().startsWith("autogen.")) {
        return Stream.of(impersonation(entry, FieldPath.NAME));
      }
      if (isLabelled) {
        return Stream.of(impersonation(entry, FieldPath.label(Keys.PARENT_SERVICE)));
      }
    }
    return Stream.concat(
        isLabelled ? Stream.of(label()) : Stream.empty(), collisions(topology, entry));
  }

  private static Finding impersonation(ServiceEntry entry, FieldPath field) {
    return Finding.at(field)
        .says(
            "%s has the %s of the entries that peering generates: its controller overwrites or"
                + " removes it",
            entry.ref().spoken(), field.equals(FieldPath.NAME) ? "name" : "labels")
        .because(
            "Peering computes these entries from the Services of all clusters and writes them again"
                + " whenever they differ. Until then what is written here takes the place of the"
                + " real endpoints.")
        .fix(
            "change the Service that it stands for, or give a ServiceEntry of your own another name"
                + " and host")
        .about("impersonates");
  }

  private static Finding label() {
    return Finding.at(FieldPath.label(Keys.PARENT_SERVICE))
        .says(
            "`%s` marks what peering generates in its own namespace; here nothing reads or keeps"
                + " it",
            Keys.PARENT_SERVICE)
        .because(
            "Objects with this label are taken for generated ones, which nobody maintains by hand.")
        .fix("remove the label")
        .atMost(Action.WARN);
  }

  private static Stream<Finding> collisions(Topology topology, ServiceEntry entry) {
    List<String> hosts = entry.hosts();
    return IntStream.range(0, hosts.size())
        .boxed()
        .flatMap(
            i ->
                owner(topology, entry, new HostName(hosts.get(i))).stream()
                    .map(owner -> collision(topology, entry, i, owner)));
  }

  /** Returns the generated entry with the host, else the Service for which it will be generated. */
  private static Optional<? extends Resource> owner(
      Topology topology, ServiceEntry entry, HostName host) {
    Optional<ServiceEntry> generated =
        topology.entriesWithHost(host).stream()
            .filter(other -> !other.key().equals(entry.key()))
            .filter(other -> topology.scopes().parentOf(other).isPresent())
            .findFirst();
    return generated.isPresent()
        ? generated
        : topology
            .scopes()
            .globalName(host)
            .filter(name -> topology.scopes().globalService(name).host().equals(host))
            .flatMap(name -> service(topology, name));
  }

  private static Optional<? extends Resource> service(Topology topology, NamespacedName name) {
    return topology
        .service(name.namespace(), name.name())
        .filter(service -> !service.isExternalName())
        .filter(service -> topology.scopes().isPeered(service));
  }

  private static Finding collision(
      Topology topology, ServiceEntry entry, int position, Resource owner) {
    String host = entry.hosts().get(position);
    return Finding.at(FieldPath.of("spec.hosts").index(position))
        .says(
            "host %s belongs to peering (%s): %s",
            host, owner.ref().spoken(), effect(topology, entry, new HostName(host)))
        .because(
            "Of several entries for one host, ztunnel takes that of the client's own namespace,"
                + " else the oldest; kgateway takes the oldest with the port that a route names. A"
                + " waypoint takes the oldest, but for its own namespace.")
        .fix("use a host outside the global domain, or change %s", owner.ref().spoken())
        .atMost(Action.WARN)
        .with(owner)
        .about(host);
  }

  private static String effect(Topology topology, ServiceEntry entry, HostName host) {
    boolean isOldest = topology.entriesWithHost(host).getFirst().key().equals(entry.key());
    if (isOldest) {
      return "this entry takes the place of what is generated";
    }
    return entry.namespace().equals(topology.platform().rootNamespace())
        ? "this entry is ignored"
        : "only callers in Namespace " + entry.namespace() + " are sent to this entry";
  }
}
