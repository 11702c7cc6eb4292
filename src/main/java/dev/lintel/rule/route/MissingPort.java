package dev.lintel.rule.route;

import dev.lintel.resource.Gateway;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Route.BackendRef;
import dev.lintel.resource.Service;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.topology.Backend;
import dev.lintel.topology.RouteReference;
import dev.lintel.topology.RouteReference.Standing;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A port that a route sends to and the object does not have.
 *
 * <p>Restricted: {@code spec.ports} of Service and ServiceEntry where a route of a kgateway Gateway
 * refers to them. Allowed: every port that routes name; how ports are called does not matter. A
 * host that another ServiceEntry serves on the port is served there (docs/domain.md, 4.5).
 */
final class MissingPort {

  private static final FieldPath PORTS = FieldPath.of("spec.ports");

  static final Rule RULE =
      Rule.warns("RT-002", "route-port-missing")
          .summary("A route sends to a port that this object does not have")
          .reads(Reads.and(Reads.ROUTES, Reads.PEERING.toArray(Kind[]::new)))
          .ofHosts(MissingPort::judge);

  private MissingPort() {}

  private static Stream<Finding> judge(Topology topology, OfHosts subject) {
    Stream<Finding> own =
        subject.hosts().stream()
            .filter(host -> !isPassthrough(host.backend()))
            .flatMap(host -> missing(topology, host, host.backend()));
    return Stream.concat(own, missingGlobally(topology, subject)).distinct();
  }

  /** The global host has the Service's ports, and those of other clusters that export it. */
  private static Stream<Finding> missingGlobally(Topology topology, OfHosts subject) {
    return subject.service().stream()
        .filter(
            service -> !topology.scopes().globalService(service.key()).exportedElsewhere().isYes())
        .flatMap(
            service ->
                subject.globalHosts().stream()
                    .flatMap(host -> missing(topology, host, topology.backendOf(service))))
        .map(finding -> finding.fact("assumed: no other cluster exports the Service"));
  }

  /** kgateway makes no backend of such an entry, on whatever port. */
  private static boolean isPassthrough(Backend backend) {
    return backend.resource() instanceof ServiceEntry entry && entry.isPassthrough();
  }

  private static Stream<Finding> missing(Topology topology, Subject.Host host, Backend backend) {
    return host.references().stream()
        .filter(reference -> reference.standing() == Standing.RESOLVED)
        .filter(reference -> !isServed(backend, reference.ref()))
        .flatMap(reference -> finding(topology, host, backend, reference).stream());
  }

  private static boolean isServed(Backend backend, BackendRef ref) {
    return ref.port()
        .map(port -> backend.ports().contains(port))
        .orElse(ref.kind().equals("Service"));
  }

  private static Optional<Finding> finding(
      Topology topology, Subject.Host host, Backend backend, RouteReference reference) {
    List<Gateway> gateways =
        KgatewayReferences.gateways(topology, reference, host.backend().resource());
    if (gateways.isEmpty()) {
      return Optional.empty();
    }
    Finding finding =
        reference
            .ref()
            .port()
            .map(port -> withoutPort(backend, reference, port))
            .orElseGet(() -> unnamed(backend, reference))
            .because(
                "kgateway finds a backend by its name and the port of the Service or ServiceEntry,"
                    + " never by the port of the Pods. What it does not find counts as"
                    + " BackendNotFound, and the requests are answered with an error.");
    return Optional.of(KgatewayReferences.about(reference, gateways, finding));
  }

  private static Finding withoutPort(Backend backend, RouteReference reference, int port) {
    String route = reference.route().ref().spoken();
    String object = backend.resource().ref().spoken();
    Optional<Target> target = target(backend, port);
    if (target.isPresent()) {
      return Finding.at(target.get().field())
          .says("%s sends to port %d, which is only a targetPort of %s", route, port, object)
          .fix("name port %d in the route", target.get().port())
          .about(Integer.toString(port));
    }
    return Finding.at(PORTS)
        .says("%s sends to port %d, which %s does not have", route, port, object)
        .fix("add the port%s", others(backend))
        .about(Integer.toString(port));
  }

  private static Finding unnamed(Backend backend, RouteReference reference) {
    return Finding.at(PORTS)
        .says(
            "%s names no port of %s, and without one nothing is found",
            reference.route().ref().spoken(), backend.resource().ref().spoken())
        .fix("name one in the route%s", list(backend).map(": "::concat).orElse(""));
  }

  private static String others(Backend backend) {
    return list(backend).map(", or name another in the route: "::concat).orElse("");
  }

  private static Optional<String> list(Backend backend) {
    return Optional.of(
            backend.ports().stream().map(String::valueOf).collect(Collectors.joining(", ")))
        .filter(ports -> !ports.isEmpty());
  }

  /** Finds the port behind which Pods listen on the one that the route names. */
  private static Optional<Target> target(Backend backend, int port) {
    return switch (backend) {
      case Backend.OfService(var service, var host) ->
          first(
              service.ports(),
              p -> p.targetPort().equals(Integer.toString(port)),
              Service.ServicePort::number,
              "port");
      case Backend.OfEntry(var entry, var host, var written) ->
          first(entry.ports(), p -> p.targetPort() == port, ServiceEntry.Port::number, "number");
    };
  }

  private static <P> Optional<Target> first(
      List<P> ports, Predicate<P> isTarget, ToIntFunction<P> number, String field) {
    return IntStream.range(0, ports.size())
        .filter(i -> isTarget.test(ports.get(i)))
        .mapToObj(i -> new Target(PORTS.index(i).field(field), number.applyAsInt(ports.get(i))))
        .findFirst();
  }

  private record Target(FieldPath field, int port) {}
}
