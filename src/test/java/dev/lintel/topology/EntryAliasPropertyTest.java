package dev.lintel.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.ServiceEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/**
 * Which DestinationRules a Gateway of kgateway applies to the hosts of ServiceEntries, compared
 * with a second, plain reading of docs/domain.md, 4.4 and 4.5: from the routes downwards, with
 * lists and loops, where the topology goes upwards from the rule.
 */
class EntryAliasPropertyTest {

  /** What is reached: a host by its name, or an entry by its number. */
  private record Ref(boolean isHost, String name) {}

  /** The older is first in each list; an object's number is its name. */
  private record World(List<List<String>> entries, List<Ref> refs, List<String> rules) {}

  @Property(tries = 1000)
  void theRulesThatAGatewayAppliesAreThoseOfThePlainReading(@ForAll("worlds") World world) {
    Topology topology = topology(world);
    Set<String> found = new TreeSet<>();
    for (DestinationRule rule : topology.destinationRules().toList()) {
      for (Backend backend : topology.rules().backendsCoveredBy(rule, 50)) {
        if (!topology.rules().readersOf(rule, backend).applyingLegs().isEmpty()) {
          found.add(rule.name());
        }
      }
    }
    Set<String> expected = applied(world);
    assertThat(found).isEqualTo(expected);
    Statistics.label("applied").collect(!expected.isEmpty());
  }

  @Property(tries = 300)
  void everyHostOfAnEntryIsTakenForTheFirst(@ForAll("worlds") World world) {
    Topology topology = topology(world);
    for (ServiceEntry entry : topology.serviceEntries().toList()) {
      List<String> sorted = new ArrayList<>(entry.hosts());
      sorted.sort(Comparator.naturalOrder());
      for (Backend backend : topology.backendsOf(entry)) {
        assertThat(topology.rules().hostAtKgateway(backend)).isEqualTo(sorted.getFirst());
      }
    }
  }

  /** Each reference leads to one entry; its first host gives the cluster's name, and its rule. */
  private static Set<String> applied(World world) {
    Set<String> applied = new TreeSet<>();
    for (Ref ref : world.refs()) {
      Optional<List<String>> meant = meant(world, ref);
      if (meant.isPresent()) {
        String first = meant.get().getFirst();
        for (String host : meant.get()) {
          first = host.compareTo(first) < 0 ? host : first;
        }
        for (int i = 0; i < world.rules().size(); i++) {
          if (world.rules().get(i).equals(first)) {
            applied.add("rule-" + i);
            break;
          }
        }
      }
    }
    return applied;
  }

  private static Optional<List<String>> meant(World world, Ref ref) {
    for (int i = 0; i < world.entries().size(); i++) {
      List<String> hosts = world.entries().get(i);
      if (ref.isHost() ? hosts.contains(ref.name()) : ref.name().equals("" + i)) {
        return Optional.of(hosts);
      }
    }
    return Optional.empty();
  }

  private static Topology topology(World world) {
    List<String> objects = new ArrayList<>(List.of(Clusters.INGRESS));
    for (int i = 0; i < world.entries().size(); i++) {
      objects.add(
          """
          apiVersion: networking.istio.io/v1
          kind: ServiceEntry
          metadata: {name: entry-%d, namespace: shop, creationTimestamp: "2026-01-0%dT00:00:00Z"}
          spec:
            hosts: %s
            ports: [{number: 80, name: http, protocol: HTTP}]
            resolution: STATIC
            endpoints: [{address: 198.51.100.21}]
          """
              .formatted(i, i + 1, world.entries().get(i)));
    }
    for (int i = 0; i < world.rules().size(); i++) {
      objects.add(
          """
          apiVersion: networking.istio.io/v1
          kind: DestinationRule
          metadata: {name: rule-%d, namespace: shop, creationTimestamp: "2026-01-0%dT00:00:00Z"}
          spec: {host: %s, trafficPolicy: {outlierDetection: {consecutive5xxErrors: 5}}}
          """
              .formatted(i, i + 1, world.rules().get(i)));
    }
    for (int i = 0; i < world.refs().size(); i++) {
      Ref ref = world.refs().get(i);
      objects.add(
          """
          apiVersion: gateway.networking.k8s.io/v1
          kind: HTTPRoute
          metadata: {name: route-%d, namespace: shop}
          spec:
            parentRefs: [{name: front, namespace: edge}]
            rules:
              - backendRefs: [{group: networking.istio.io, kind: %s, name: %s, port: 80}]
          """
              .formatted(
                  i,
                  ref.isHost() ? "Hostname" : "ServiceEntry",
                  ref.isHost() ? ref.name() : "entry-" + ref.name()));
    }
    return Clusters.of(objects.toArray(String[]::new));
  }

  @Provide
  Arbitrary<World> worlds() {
    Arbitrary<String> host = Arbitraries.of("a.example", "b.example", "c.example", "B.example");
    Arbitrary<Ref> refs =
        Arbitraries.oneOf(
            host.map(name -> new Ref(true, name)),
            Arbitraries.of("0", "1", "2").map(name -> new Ref(false, name)));
    return Combinators.combine(
            host.list().uniqueElements().ofMinSize(1).ofMaxSize(3).list().ofMaxSize(3),
            refs.list().ofMaxSize(3),
            host.list().ofMaxSize(4))
        .as(World::new);
  }
}
