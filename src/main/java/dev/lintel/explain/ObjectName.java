package dev.lintel.explain;

import dev.lintel.mesh.HostName;
import dev.lintel.resource.Kind;
import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.Spelling;
import dev.lintel.topology.Backend;
import dev.lintel.topology.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An object as people name it: kind, namespace and name.
 *
 * @param kind its kind
 * @param namespace its namespace; empty for whichever has it
 * @param name its name
 */
public record ObjectName(Kind kind, Optional<String> namespace, String name) {

  private static final int MAX_SUGGESTIONS = 3;

  /**
   * Finds a kind by its name, its plural or its short name, in any letter case, with its group or
   * without.
   *
   * @return empty if no kind that can be explained is called so
   */
  public static Optional<Kind> kind(String written) {
    String word = written.toLowerCase(Locale.ROOT);
    int dot = word.indexOf('.');
    String plain = dot < 0 ? word : word.substring(0, dot);
    return Explainer.KINDS.stream()
        .filter(
            kind ->
                kind.objectKind().toLowerCase(Locale.ROOT).equals(plain)
                    || kind.plural().equals(plain)
                    || shortNames(kind).contains(plain))
        .findFirst();
  }

  private static Set<String> shortNames(Kind kind) {
    return switch (kind) {
      case SERVICE -> Set.of("svc");
      case SERVICE_ENTRY -> Set.of("se");
      case DESTINATION_RULE -> Set.of("dr");
      case GATEWAY -> Set.of("gw", "gtw");
      case NAMESPACE,
          GATEWAY_CLASS,
          HTTP_ROUTE,
          GRPC_ROUTE,
          TCP_ROUTE,
          TLS_ROUTE,
          REFERENCE_GRANT,
          LISTENER_SET,
          X_LISTENER_SET,
          BACKEND_CONFIG_POLICY,
          BACKEND_TLS_POLICY,
          VIRTUAL_SERVICE,
          WORKLOAD_ENTRY,
          SEGMENT,
          ENDPOINT_SLICE,
          NODE,
          POD,
          DEPLOYMENT,
          CONFIG_MAP ->
          Set.of();
    };
  }

  /** Returns the objects that are meant, by namespace: several only if no namespace is named. */
  public List<Resource> find(Topology topology) {
    return all(topology)
        .filter(object -> object.name().equals(name))
        .filter(object -> namespace.isEmpty() || namespace.get().equals(object.namespace()))
        .sorted(Comparator.comparing(Resource::key))
        .toList();
  }

  /** Tells whether an object is meant; without a namespace, one of any. */
  public boolean means(ResourceRef ref) {
    return ref.kind() == kind
        && ref.name().equals(name)
        && (namespace.isEmpty() || namespace.get().equals(ref.namespace()));
  }

  /** Returns objects with a similar name, the likeliest first, as a command line takes them. */
  public List<String> suggestions(Topology topology) {
    List<NamespacedName> keys = all(topology).map(Resource::key).sorted().toList();
    List<String> names = keys.stream().map(NamespacedName::name).distinct().toList();
    Optional<String> nearest = Spelling.nearest(name, names);
    Optional<String> nearestKey =
        namespace.flatMap(
            own ->
                Spelling.nearest(own + "/" + name, keys.stream().map(Object::toString).toList()));
    Set<String> found = new LinkedHashSet<>();
    keys.stream().filter(key -> key.name().equals(name)).map(Object::toString).forEach(found::add);
    nearestKey.ifPresent(found::add);
    keys.stream()
        .filter(key -> nearest.filter(key.name()::equals).isPresent())
        .map(Object::toString)
        .forEach(found::add);
    return found.stream().limit(MAX_SUGGESTIONS).map(key -> kind.objectKind() + "/" + key).toList();
  }

  /** Returns the object as a sentence names it. */
  public String spoken() {
    return kind.objectKind() + " " + namespace.map(own -> own + "/" + name).orElse(name);
  }

  /**
   * Returns the backends that define a host: exactly, or else by the most specific wildcard that
   * covers it.
   */
  public static List<Backend> host(Topology topology, String written) {
    HostName host = new HostName(written);
    return Stream.concat(Stream.of(host), host.wildcards().stream())
        .map(topology::backendsWithHost)
        .filter(found -> !found.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  /** Returns hosts that a host may have been meant for: it begins them, or it is near to one. */
  public static List<String> hostSuggestions(Topology topology, String written) {
    String start = new HostName(written).value() + ".";
    List<String> hosts = hosts(topology);
    List<String> found =
        new ArrayList<>(hosts.stream().filter(host -> host.startsWith(start)).toList());
    Spelling.nearest(written, hosts).ifPresent(found::add);
    return found.stream().distinct().limit(MAX_SUGGESTIONS).toList();
  }

  private static List<String> hosts(Topology topology) {
    Stream<Resource> objects = Stream.concat(topology.services(), topology.serviceEntries());
    return objects
        .flatMap(object -> topology.backendsOf(object).stream())
        .map(backend -> backend.host().value())
        .distinct()
        .sorted()
        .toList();
  }

  private Stream<Resource> all(Topology topology) {
    return topology.resources().filter(object -> object.kind() == kind);
  }
}
