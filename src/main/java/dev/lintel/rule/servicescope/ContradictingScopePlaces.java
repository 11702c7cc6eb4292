package dev.lintel.rule.servicescope;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.Metadata;
import dev.lintel.rule.Finding;
import dev.lintel.rule.JsonPatch;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Solo;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.Topology;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A label and an annotation of one key with different values, of which only one is read.
 *
 * <p>Restricted: {@code solo.io/service-scope} and {@code solo.io/service-takeover} of Service, as
 * label and as annotation. Allowed: the same value in both places, blanks around it aside
 * (docs/domain.md, 5.1).
 */
final class ContradictingScopePlaces {

  static final Rule RULE =
      Rule.denies("SC-003", "service-scope-label-and-annotation-differ")
          .summary("Label and annotation say different things about service scope or takeover")
          .reads(Solo.KINDS)
          .ofServices(ContradictingScopePlaces::judge);

  private ContradictingScopePlaces() {}

  private static Stream<Finding> judge(Topology topology, OfService subject) {
    if (Solo.isExcluded(topology)) {
      return Stream.empty();
    }
    return Solo.asFarAsKnown(
        topology,
        Stream.of(Keys.SERVICE_SCOPE, Keys.SERVICE_TAKEOVER)
            .flatMap(key -> compare(topology, subject.metadata(), key).stream()));
  }

  private static Optional<Finding> compare(Topology topology, Metadata metadata, String key) {
    Optional<Written> label = Written.label(metadata, key);
    Optional<Written> annotation = Written.annotation(metadata, key);
    if (label.isEmpty()
        || annotation.isEmpty()
        || label.get().value().strip().equals(annotation.get().value().strip())) {
      return Optional.empty();
    }
    return Optional.of(finding(topology, label.get(), annotation.get()));
  }

  private static Finding finding(Topology topology, Written label, Written annotation) {
    boolean annotationCounts = topology.scopes().readsAnnotations();
    Written dead = annotationCounts ? label : annotation;
    return Finding.at(dead.field())
        .says(
            "%s is `%s` as label and `%s` as annotation, and only the %s counts",
            label.key(),
            label.value(),
            annotation.value(),
            annotationCounts ? "annotation" : "label")
        .because(
            annotationCounts
                ? "The policy says that the installed release reads annotations."
                : "Solo's Istio reads the label. The annotation has no effect, but says otherwise"
                    + " to people.")
        .fix("remove the %s", annotationCounts ? "label" : "annotation")
        .patch(JsonPatch.of(dead.remove()))
        .about("label " + label.value())
        .about("annotation " + annotation.value());
  }
}
