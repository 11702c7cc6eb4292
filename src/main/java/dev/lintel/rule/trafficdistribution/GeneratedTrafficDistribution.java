package dev.lintel.rule.trafficdistribution;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ResourceRef;
import dev.lintel.resource.Service;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.Topology;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An edit of the annotation of a waypoint's Service, which istiod generates and puts back.
 *
 * <p>Restricted: {@code metadata.annotations[networking.istio.io/traffic-distribution]} of a
 * Service with the label {@code gateway.istio.io/managed: istio.io-mesh-controller}. Allowed: what
 * istiod writes there itself, which is {@code PreferClose} unless the Gateway says otherwise
 * (docs/domain.md, 1.6).
 */
final class GeneratedTrafficDistribution {

  private static final String DEFAULT = "PreferClose";

  static final Rule RULE =
      Rule.warns("TD-009", "traffic-distribution-on-generated-service")
          .summary("istiod generates this Service and reverts the annotation")
          .reads(Set.of(Kind.SERVICE, Kind.GATEWAY))
          .ofServices(GeneratedTrafficDistribution::judge);

  private GeneratedTrafficDistribution() {}

  private static Stream<Finding> judge(Topology topology, OfService subject) {
    Service service = subject.resource();
    return isGenerated(service) ? finding(topology, service).stream() : Stream.empty();
  }

  /** Tells whether istiod generated the Service for a waypoint. */
  static boolean isGenerated(Service service) {
    return service
        .metadata()
        .label(Keys.MANAGED)
        .filter(Keys.MANAGED_BY_WAYPOINT_CONTROLLER::equals)
        .isPresent();
  }

  private static Optional<Finding> finding(Topology topology, Service service) {
    Optional<String> written = service.metadata().annotation(Keys.TRAFFIC_DISTRIBUTION);
    ResourceRef gateway =
        new ResourceRef(
            Kind.GATEWAY,
            service.namespace(),
            service.metadata().label(Keys.GATEWAY_NAME).orElse(service.name()));
    Optional<Gateway> known = topology.gateway(gateway.namespace(), gateway.name());
    Set<String> generated = generated(known);
    if (written.filter(generated::contains).isPresent()) {
      return Optional.empty();
    }
    Finding found =
        Finding.at(FieldPath.TRAFFIC_DISTRIBUTION)
            .says(
                "%s is generated from %s, and istiod puts the annotation back to `%s`",
                service.ref().spoken(), gateway.spoken(), generated.iterator().next())
            .because(
                "istiod renders the Service of a waypoint from its Gateway and applies it again"
                    + " whenever it changes. What callers prefer among the waypoint's Pods is set"
                    + " at the Gateway.")
            .fix("set it in spec.infrastructure.annotations of the Gateway")
            .about(written.orElse(""))
            .with(gateway)
            .onlyWhenNew();
    return Optional.of(
        known.isPresent()
            ? found
            : found.fact("%s is not known; it is assumed to exist", gateway.spoken()));
  }

  /**
   * Returns what istiod may write, the likeliest first: whether it copies metadata is a setting.
   */
  private static Set<String> generated(Optional<Gateway> gateway) {
    Set<String> values = new LinkedHashSet<>();
    gateway
        .flatMap(
            found ->
                found
                    .infrastructureAnnotations()
                    .map(set -> Optional.ofNullable(set.get(Keys.TRAFFIC_DISTRIBUTION)))
                    .orElseGet(() -> found.metadata().annotation(Keys.TRAFFIC_DISTRIBUTION)))
        .ifPresent(values::add);
    if (values.isEmpty()
        || gateway.filter(g -> g.infrastructureAnnotations().isEmpty()).isPresent()) {
      values.add(DEFAULT);
    }
    return values;
  }
}
