package dev.lintel.rule.trafficdistribution;

import dev.lintel.mesh.Keys;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Service;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.JsonPatch;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.Topology;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A field and an annotation that name different modes. Every reader takes the field, so the
 * annotation is dead.
 *
 * <p>Restricted: {@code metadata.annotations[networking.istio.io/traffic-distribution]} of Service
 * beside {@code spec.trafficDistribution}. Allowed: the same mode under any of its names; and any
 * mode on a peered Service, whose generated ServiceEntry takes the annotation (docs/domain.md, 1.3
 * and 5.3).
 */
final class ContradictingTrafficDistribution {

  static final Rule RULE =
      Rule.warns("TD-003", "traffic-distribution-field-and-annotation-differ")
          .summary("The field wins over the annotation that names another traffic distribution")
          .reads(
              Set.of(
                  Kind.SERVICE, Kind.NAMESPACE, Kind.GATEWAY_CLASS, Kind.GATEWAY, Kind.DEPLOYMENT))
          .ofServices(ContradictingTrafficDistribution::judge);

  private ContradictingTrafficDistribution() {}

  private static Stream<Finding> judge(Topology topology, OfService subject) {
    Service service = subject.resource();
    return topology.scopes().mayBePeered(service)
        ? Stream.empty()
        : compare(topology, service).stream();
  }

  private static Optional<Finding> compare(Topology topology, Service service) {
    Optional<String> spec =
        service.trafficDistribution().filter(value -> isReadByIstiod(topology, value));
    Optional<String> annotation =
        service
            .metadata()
            .annotation(Keys.TRAFFIC_DISTRIBUTION)
            .filter(value -> Settings.isKnown(topology, value));
    if (spec.isEmpty() || annotation.isEmpty() || mode(spec).equals(mode(annotation))) {
      return Optional.empty();
    }
    return Optional.of(finding(topology, spec.get(), annotation.get()));
  }

  /** A field that istiod does not know does not win there: istiod goes on to the annotation. */
  private static boolean isReadByIstiod(Topology topology, String spec) {
    return TrafficDistribution.ofSpec(spec).isPresent()
        && topology.dialect().readByIstiod(spec).isPresent();
  }

  private static Optional<TrafficDistribution> mode(Optional<String> value) {
    return value.flatMap(TrafficDistribution::named);
  }

  private static Finding finding(Topology topology, String spec, String annotation) {
    Finding finding =
        Finding.at(FieldPath.TRAFFIC_DISTRIBUTION)
            .says(
                "spec.trafficDistribution `%s` wins over the annotation `%s` at every proxy",
                spec, annotation)
            .because(
                "istiod and kgateway look at the annotation only where the field is not set, so the"
                    + " annotation has no effect.")
            .about(spec)
            .about(annotation);
    if (isBeyondTheField(annotation) && !topology.dialect().isUpstream()) {
      return finding.fix(
          "remove the field if `%s` is meant, for the field cannot express it; else remove the"
              + " annotation",
          annotation);
    }
    return finding
        .fix("remove one of the two")
        .patch(
            JsonPatch.of(JsonPatch.remove("metadata", "annotations", Keys.TRAFFIC_DISTRIBUTION)));
  }

  private static boolean isBeyondTheField(String annotation) {
    return TrafficDistribution.named(annotation)
        .filter(
            mode ->
                switch (mode) {
                  case ANY, PREFER_NETWORK, PREFER_REGION -> true;
                  case PREFER_SAME_ZONE, PREFER_SAME_NODE -> false;
                })
        .isPresent();
  }
}
