package dev.lintel.rule.route;

import dev.lintel.mesh.HostName;
import dev.lintel.mesh.KgatewayDistribution;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Resource;
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
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A route that means this object and names it under a group and kind by which kgateway does not
 * know it.
 *
 * <p>Restricted: routes of kgateway Gateways to a Service, its global host, or a ServiceEntry.
 * Allowed: group {@code ""} and kind {@code Service} with a Service's name; group {@code
 * networking.istio.io} and kind {@code Hostname} with a ServiceEntry's host, or kind {@code
 * ServiceEntry} with its name (docs/domain.md, 4.5).
 */
final class MistypedReference {

  private static final String ISTIO = "networking.istio.io";

  static final Rule RULE =
      Rule.warns("RT-001", "route-reference-of-wrong-kind")
          .summary(
              "A route names this object under a group and kind that kgateway does not resolve")
          .reads(Reads.and(Reads.ROUTES, Kind.SEGMENT, Kind.DEPLOYMENT))
          .ofHosts(MistypedReference::judge);

  private MistypedReference() {}

  private static Stream<Finding> judge(Topology topology, OfHosts subject) {
    Stream<RouteReference> own =
        subject.hosts().stream().flatMap(host -> host.references().stream());
    Stream<RouteReference> global =
        globalHost(topology, subject).stream()
            .flatMap(host -> topology.ingress().referencesToHost(host).stream());
    return Stream.concat(own, global)
        .filter(reference -> !reference.isWellWritten())
        .distinct()
        .flatMap(reference -> finding(topology, subject, reference).stream());
  }

  private static Optional<HostName> globalHost(Topology topology, OfHosts subject) {
    return subject.service().flatMap(topology.scopes()::globalHostOf);
  }

  private static Optional<Finding> finding(
      Topology topology, OfHosts subject, RouteReference reference) {
    List<Gateway> gateways =
        KgatewayReferences.gateways(topology, reference, subject.resource()).stream()
            .filter(gateway -> !mayResolve(topology, gateway, subject, reference.ref()))
            .toList();
    if (gateways.isEmpty()) {
      return Optional.empty();
    }
    Finding finding =
        reference.standing() == Standing.WRONG_NAME
            ? ofName(subject, reference, gateways)
            : ofKind(topology, subject, reference, gateways);
    return Optional.of(KgatewayReferences.about(reference, gateways, finding));
  }

  /** kgateway looks for the name as a whole, and for one without a namespace. */
  private static Finding ofName(OfHosts subject, RouteReference reference, List<Gateway> gateways) {
    BackendRef ref = reference.ref();
    boolean hasNamespace = !ref.namespace().isEmpty();
    Finding finding =
        hasNamespace
            ? Finding.at(FieldPath.NAME)
                .says(
                    "%s names Hostname `%s` with namespace %s, which %s does not resolve",
                    reference.route().ref().spoken(),
                    ref.name(),
                    ref.namespace(),
                    gateways.getFirst().ref().spoken())
                .fix("leave out the namespace of the backendRef")
            : Finding.at(FieldPath.NAME)
                .says(
                    "%s names Hostname `%s`, which %s does not resolve: the host is `%s`",
                    reference.route().ref().spoken(),
                    ref.name(),
                    gateways.getFirst().ref().spoken(),
                    written(subject, ref))
                .fix("write the host in the backendRef as it is written here");
    return finding
        .because(
            "A Hostname has no namespace, and kgateway compares it letter for letter with the hosts"
                + " of ServiceEntries. What it does not find counts as BackendNotFound or"
                + " RefNotPermitted, and the requests are answered with an error.")
        .about(ref.namespace() + "/" + ref.name());
  }

  private static String written(OfHosts subject, BackendRef ref) {
    HostName meant = new HostName(ref.name()).folded();
    return subject.hosts().stream()
        .map(Subject.Host::backend)
        .filter(backend -> backend.host().folded().equals(meant))
        .map(Backend::canonicalHost)
        .findFirst()
        .orElse(meant.value());
  }

  private static Finding ofKind(
      Topology topology, OfHosts subject, RouteReference reference, List<Gateway> gateways) {
    BackendRef ref = reference.ref();
    return Finding.at(FieldPath.NAME)
        .says(
            "%s names `%s` as kind %s of %s, which %s does not resolve",
            reference.route().ref().spoken(),
            ref.name(),
            ref.kind(),
            ref.group().isEmpty() ? "the core group" : "group " + ref.group(),
            gateways.getFirst().ref().spoken())
        .because(
            "kgateway knows a Service by its name, and a ServiceEntry by its name or, as kind"
                + " Hostname, by each of its hosts. Any other reference counts as InvalidKind"
                + " or BackendNotFound, and the requests are answered with an error.")
        .fix("in the backendRef write %s", meant(topology, subject, ref))
        .about(ref.group() + "/" + ref.kind() + "/" + ref.name());
  }

  /** What the closed source makes of the host of a Service is not known. */
  private static boolean mayResolve(
      Topology topology, Gateway gateway, OfHosts subject, BackendRef ref) {
    return subject.service().isPresent()
        && ref.group().equals(ISTIO)
        && ref.kind().equals("Hostname")
        && topology
            .ingress()
            .kgatewayOf(gateway)
            .filter(k -> k.distribution() == KgatewayDistribution.ENTERPRISE)
            .isPresent();
  }

  private static String meant(Topology topology, OfHosts subject, BackendRef ref) {
    String written = ref.name().toLowerCase(Locale.ROOT);
    if (globalHost(topology, subject).filter(host -> host.value().equals(written)).isPresent()) {
      return "group " + ISTIO + " and kind Hostname";
    }
    Resource resource = subject.resource();
    return switch (resource) {
      case ServiceEntry entry ->
          ref.name().equals(entry.name())
              ? "group " + ISTIO + " and kind ServiceEntry"
              : "group " + ISTIO + " and kind Hostname";
      case Service service ->
          "group `\"\"`, kind Service, name %s and namespace %s"
              .formatted(service.name(), service.namespace());
      default -> resource.ref().toString();
    };
  }
}
