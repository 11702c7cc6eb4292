package dev.lintel.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.Keys;
import dev.lintel.mesh.Locality;
import dev.lintel.mesh.Platform;
import dev.lintel.mesh.Tier;
import dev.lintel.resource.Deployment;
import dev.lintel.resource.EndpointSlice;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Namespace;
import dev.lintel.resource.Node;
import dev.lintel.resource.Pod;
import dev.lintel.resource.Resource;
import dev.lintel.resource.Service;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.resource.WorkloadEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The counting of endpoints compared with a second, plain reading of docs/domain.md, 1.4, 1.5 and
 * 4.5: lists and loops over all objects, one part for each control plane.
 */
class EndpointModelPropertyTest {

  private static final String EAST = "east";

  @Property(tries = 2000)
  void aServiceHasTheEndpointsThatThePlainReadingFinds(
      @ForAll("worlds") World world, @ForAll("services") Service service) {
    Topology topology = world.topology(Stream.of(service));
    Backend cart = topology.backendOf(service);
    for (EndpointReader reader : EndpointReader.values()) {
      assertThat(seen(topology, cart, reader))
          .as("%s", reader)
          .containsExactlyInAnyOrderElementsOf(
              reader.isKgateway()
                  ? Kgateway.ofService(world, service)
                  : Istiod.ofService(world, service, reader));
    }
  }

  @Property(tries = 2000)
  void anEntryHasTheEndpointsThatThePlainReadingFinds(
      @ForAll("worlds") World world, @ForAll("selectors") Map<String, String> selector) {
    ServiceEntry entry =
        new ServiceEntry(
            Metadata.of("shop", "rates"),
            List.of("rates.example"),
            List.of(),
            Optional.empty(),
            List.of(),
            "MESH_EXTERNAL",
            "STATIC",
            List.of(),
            Optional.of(selector),
            List.of());
    Topology topology = world.topology(Stream.of(entry));
    Backend rates = topology.backendsOf(entry).getFirst();
    for (EndpointReader reader : EndpointReader.values()) {
      assertThat(seen(topology, rates, reader))
          .as("%s", reader)
          .containsExactlyInAnyOrderElementsOf(
              reader.isKgateway()
                  ? Kgateway.ofSelector(world, selector, reader)
                  : Istiod.ofSelector(world, selector, reader));
    }
  }

  private static List<Seen> seen(Topology topology, Backend backend, EndpointReader reader) {
    return topology.endpoints().of(backend, reader).known().stream()
        .map(found -> new Seen(found.place(), found.ready(), found.inUse()))
        .toList();
  }

  /** An endpoint as a reader sees it. */
  private record Seen(Place place, boolean ready, boolean inUse) {}

  /**
   * What there is beside the host.
   *
   * @param istiod istiod's version; empty if unknown
   * @param kgateway the tag of kgateway's image
   */
  private record World(
      Optional<String> istiod,
      String kgateway,
      List<Pod> pods,
      List<EndpointSlice> slices,
      List<WorkloadEntry> workloads) {

    static final Map<String, Locality> NODES =
        Map.of("n1", new Locality("eu", "eu-1", ""), "n2", new Locality("us", "us-1", "rack"));

    boolean istiodIsOlderThan(int minor) {
      return istiod.isPresent() && Integer.parseInt(istiod.get().split("\\.")[1]) < minor;
    }

    Topology topology(Stream<Resource> host) {
      List<Resource> all = new ArrayList<>(host.toList());
      all.addAll(pods);
      all.addAll(slices);
      all.addAll(workloads);
      NODES.forEach(
          (name, place) ->
              all.add(
                  new Node(
                      labelled(
                          "",
                          name,
                          Map.of(
                              Keys.REGION,
                              place.region(),
                              Keys.ZONE,
                              place.zone(),
                              Keys.SUBZONE,
                              place.subzone())))));
      all.add(new Namespace(labelled("", "istio-system", Map.of(Keys.NETWORK, EAST))));
      all.add(running("kgateway-system", "registry.example/kgateway:" + kgateway));
      istiod.ifPresent(tag -> all.add(running("istio-system", "registry.example/pilot:" + tag)));
      return Topology.of(Platform.AUTO, all);
    }

    private static Deployment running(String namespace, String image) {
      return new Deployment(
          Metadata.of(namespace, "controller"),
          List.of(new Deployment.Container("controller", image, Map.of(), false)));
    }
  }

  private static boolean has(Map<String, String> labels, Map<String, String> wanted) {
    for (Map.Entry<String, String> label : wanted.entrySet()) {
      if (!label.getValue().equals(labels.get(label.getKey()))) {
        return false;
      }
    }
    return true;
  }

  private static Place placeOf(String node, String zone, String network) {
    Place place = Place.UNKNOWN.with(Tier.NODE, node).with(Tier.NETWORK, network);
    if (node.isEmpty()) {
      return place.in(new Locality("", zone, ""));
    }
    if (World.NODES.containsKey(node)) {
      return place.in(World.NODES.get(node));
    }
    return zone.isEmpty() ? place : place.with(Tier.ZONE, zone);
  }

  private static Place placeOf(WorkloadEntry workload, String network) {
    return Place.UNKNOWN
        .in(Locality.parse(workload.locality()))
        .with(Tier.NODE, "")
        .with(Tier.NETWORK, network);
  }

  private static boolean isReady(Pod pod) {
    return pod.ready().orElse(true) && !pod.metadata().deleting();
  }

  /** kgateway: every address that is ready, places from Pods alone. */
  private static final class Kgateway {

    static List<Seen> ofService(World world, Service service) {
      List<Seen> found = new ArrayList<>();
      for (EndpointSlice slice : world.slices()) {
        for (EndpointSlice.Endpoint endpoint : slice.endpoints()) {
          boolean standsForPod = !endpoint.pod().isEmpty() || !service.selector().isEmpty();
          Place place =
              standsForPod
                  ? placeOf(endpoint.nodeName(), endpoint.zone(), "")
                  : placeOf("", "", "");
          for (int address = 0; address < endpoint.addresses(); address++) {
            found.add(new Seen(place, endpoint.ready(), endpoint.ready()));
          }
        }
      }
      if (world.slices().isEmpty()) {
        for (Pod pod : world.pods()) {
          if (!service.selector().isEmpty() && has(pod.metadata().labels(), service.selector())) {
            Place place = placeOf(pod.nodeName(), "", "");
            found.add(new Seen(place, isReady(pod), isReady(pod)));
          }
        }
      }
      return found;
    }

    static List<Seen> ofSelector(World world, Map<String, String> selector, EndpointReader reader) {
      List<Seen> found = new ArrayList<>();
      for (WorkloadEntry workload : world.workloads()) {
        if (!selector.isEmpty() && has(workload.metadata().labels(), selector)) {
          found.add(new Seen(placeOf(workload, ""), true, true));
        }
      }
      for (Pod pod : world.pods()) {
        if (!selector.isEmpty() && has(augmented(pod), selector)) {
          found.add(seen(world, pod, reader));
        }
      }
      return found;
    }

    private static Seen seen(World world, Pod pod, EndpointReader reader) {
      boolean drops =
          reader == EndpointReader.KGATEWAY
              && List.of("v2.4.0", "v2.5.1").contains(world.kgateway());
      return new Seen(placeOf(pod.nodeName(), "", ""), isReady(pod), isReady(pod) || !drops);
    }

    /** Where the Node is not known, nobody knows the zone. */
    private static Map<String, String> augmented(Pod pod) {
      Map<String, String> labels = new HashMap<>(pod.metadata().labels());
      if (World.NODES.containsKey(pod.nodeName())) {
        labels.put(Keys.ZONE, World.NODES.get(pod.nodeName()).zone());
      } else if (!pod.nodeName().isEmpty()) {
        labels.remove(Keys.ZONE);
      }
      if (!pod.nodeName().isEmpty()) {
        labels.put(Keys.NODE_HOSTNAME, pod.nodeName());
      }
      return labels;
    }
  }

  /** istiod: each Pod once, what is not ready since 1.31 or for the sake of a mode. */
  private static final class Istiod {

    static List<Seen> ofService(World world, Service service, EndpointReader reader) {
      boolean hasMode = service.trafficDistribution().isPresent();
      boolean sendsUnready =
          reader == EndpointReader.ISTIOD_PROXY && (hasMode || !world.istiodIsOlderThan(31));
      List<Seen> found = new ArrayList<>();
      if (world.slices().isEmpty()) {
        for (Pod pod : world.pods()) {
          if (!service.selector().isEmpty() && has(pod.metadata().labels(), service.selector())) {
            found.add(seen(pod, sendsUnready));
          }
        }
        return found;
      }
      for (EndpointSlice.Endpoint endpoint : eachPodOnce(world.slices())) {
        boolean inUse = !endpoint.terminating() && (endpoint.ready() || sendsUnready);
        Place place = placeOf(endpoint.nodeName(), endpoint.zone(), EAST);
        found.add(new Seen(place, endpoint.ready(), inUse));
      }
      return found;
    }

    /** The slices are in the order of their names; families in the order of theirs. */
    private static List<EndpointSlice.Endpoint> eachPodOnce(List<EndpointSlice> slices) {
      List<EndpointSlice.Endpoint> once = new ArrayList<>();
      List<EndpointSlice.Endpoint> mostNameless = new ArrayList<>();
      Set<String> pods = new HashSet<>();
      for (String family : List.of("IPv4", "IPv6")) {
        List<EndpointSlice.Endpoint> nameless = new ArrayList<>();
        for (EndpointSlice slice : slices) {
          for (EndpointSlice.Endpoint endpoint : slice.endpoints()) {
            if (!slice.addressType().equals(family)) {
              continue;
            }
            if (endpoint.pod().isEmpty()) {
              nameless.add(endpoint);
            } else if (pods.add(endpoint.pod())) {
              once.add(endpoint);
            }
          }
        }
        if (nameless.size() > mostNameless.size()) {
          mostNameless = nameless;
        }
      }
      once.addAll(mostNameless);
      return once;
    }

    static List<Seen> ofSelector(World world, Map<String, String> selector, EndpointReader reader) {
      List<Seen> found = new ArrayList<>();
      if (selector.isEmpty() && world.istiod().equals(Optional.of("1.30.5"))) {
        return found;
      }
      boolean sendsUnready = reader == EndpointReader.ISTIOD_PROXY && !world.istiodIsOlderThan(31);
      for (WorkloadEntry workload : world.workloads()) {
        Map<String, String> labels = new HashMap<>(workload.specLabels());
        labels.putAll(workload.metadata().labels());
        if (has(labels, selector)) {
          found.add(new Seen(placeOf(workload, EAST), true, true));
        }
      }
      for (Pod pod : world.pods()) {
        if (has(pod.metadata().labels(), selector)) {
          found.add(seen(pod, sendsUnready));
        }
      }
      return found;
    }

    private static Seen seen(Pod pod, boolean sendsUnready) {
      boolean inUse = !pod.metadata().deleting() && (isReady(pod) || sendsUnready);
      return new Seen(placeOf(pod.nodeName(), "", EAST), isReady(pod), inUse);
    }
  }

  @Provide
  Arbitrary<World> worlds() {
    return Combinators.combine(
            Arbitraries.of(
                Optional.<String>empty(),
                Optional.of("1.30.2"),
                Optional.of("1.30.5"),
                Optional.of("1.31.0")),
            Arbitraries.of("v2.3.0", "v2.3.9", "v2.4.0", "v2.5.1", "main"),
            pod().list().ofMaxSize(4).map(EndpointModelPropertyTest::namedPods),
            slice().list().ofMaxSize(4).map(EndpointModelPropertyTest::namedSlices),
            workload().list().ofMaxSize(3).map(EndpointModelPropertyTest::namedWorkloads))
        .as(World::new);
  }

  @Provide
  Arbitrary<Service> services() {
    return Combinators.combine(
            Arbitraries.of(Map.<String, String>of(), Map.of("app", "cart")),
            Arbitraries.of(Optional.<String>empty(), Optional.of("PreferClose")))
        .as(
            (selector, mode) ->
                new Service(
                    Metadata.of("shop", "cart"),
                    "ClusterIP",
                    List.of("10.96.0.1"),
                    selector,
                    List.of(),
                    mode,
                    Optional.empty(),
                    false));
  }

  @Provide
  Arbitrary<Map<String, String>> selectors() {
    return Arbitraries.of(
        Map.of(),
        Map.of("app", "cart"),
        Map.of("app", "cart", "v", "1"),
        Map.of(Keys.ZONE, "eu-1"),
        Map.of("app", "cart", Keys.ZONE, "eu-1"),
        Map.of(Keys.NODE_HOSTNAME, "n3"));
  }

  private static Arbitrary<Map<String, String>> labels() {
    return Arbitraries.of(
        Map.of(),
        Map.of("app", "cart"),
        Map.of("v", "1"),
        Map.of("app", "cart", "v", "1"),
        Map.of("app", "cart", Keys.ZONE, "eu-1"));
  }

  private static Arbitrary<Pod> pod() {
    return Combinators.combine(
            labels(),
            Arbitraries.of("", "n1", "n2", "n3"),
            Arbitraries.of(Optional.<Boolean>empty(), Optional.of(true), Optional.of(false)),
            Arbitraries.of(false, false, true))
        .as(
            (labels, node, ready, deleting) ->
                new Pod(
                    new Metadata(
                        "shop", "pod", labels, Map.of(), Instant.EPOCH, deleting, List.of()),
                    node,
                    List.of(),
                    ready));
  }

  private static Arbitrary<EndpointSlice> slice() {
    Arbitrary<EndpointSlice.Endpoint> endpoint =
        Combinators.combine(
                Arbitraries.of("", "n1", "n2", "n3"),
                Arbitraries.of("", "eu-9"),
                Arbitraries.of(true, true, false),
                Arbitraries.of(false, false, true),
                Arbitraries.of("", "pod-0", "pod-1", "pod-2", "gone"),
                Arbitraries.integers().between(1, 3))
            .as(EndpointSlice.Endpoint::new);
    return Combinators.combine(Arbitraries.of("IPv4", "IPv4", "IPv6"), endpoint.list().ofMaxSize(5))
        .as(
            (family, endpoints) ->
                new EndpointSlice(Metadata.of("shop", "slice"), "cart", family, endpoints));
  }

  private static Arbitrary<WorkloadEntry> workload() {
    return Combinators.combine(labels(), labels(), Arbitraries.of("", "eu/eu-1", "us"))
        .as(
            (own, spec, locality) ->
                new WorkloadEntry(labelled("shop", "vm", own), "192.0.2.1", "", locality, spec))
        .filter(found -> !found.locality().isEmpty() || !found.labels().containsKey(Keys.ZONE));
  }

  private static Metadata labelled(String namespace, String name, Map<String, String> labels) {
    return new Metadata(namespace, name, labels, Map.of(), Instant.EPOCH, false, List.of());
  }

  private static List<Pod> namedPods(List<Pod> pods) {
    return numbered(pods).map(i -> pods.get(i).withMetadata(named(pods.get(i), i))).toList();
  }

  private static List<EndpointSlice> namedSlices(List<EndpointSlice> slices) {
    return numbered(slices).map(i -> slices.get(i).withMetadata(named(slices.get(i), i))).toList();
  }

  private static List<WorkloadEntry> namedWorkloads(List<WorkloadEntry> workloads) {
    return numbered(workloads)
        .map(i -> workloads.get(i).withMetadata(named(workloads.get(i), i)))
        .toList();
  }

  private static Stream<Integer> numbered(List<?> list) {
    return IntStream.range(0, list.size()).boxed();
  }

  private static Metadata named(Resource resource, int number) {
    Metadata metadata = resource.metadata();
    return new Metadata(
        "shop",
        metadata.name() + "-" + number,
        metadata.labels(),
        Map.of(),
        Instant.EPOCH,
        metadata.deleting(),
        List.of());
  }
}
