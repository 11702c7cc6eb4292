package dev.lintel.rule.servicescope;

import dev.lintel.mesh.Keys;
import dev.lintel.mesh.ServiceScope;
import dev.lintel.resource.Metadata;
import dev.lintel.rule.Finding;
import dev.lintel.rule.JsonPatch;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Solo;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.Topology;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A service scope or takeover that is written as an annotation, where a label is read.
 *
 * <p>Restricted: {@code metadata.annotations[solo.io/service-scope]} and {@code
 * metadata.annotations[solo.io/service-takeover]} of Service. Allowed: beside a label of the same
 * key, and where the policy says that the installed release reads annotations (docs/domain.md, 5.1
 * and 5.2).
 */
final class ScopeAsAnnotation {

  static final Rule RULE =
      Rule.warns("SC-001", "service-scope-as-annotation")
          .summary("Service scope and takeover are read as labels, not as annotations")
          .reads(Solo.KINDS)
          .ofServices(ScopeAsAnnotation::judge);

  private ScopeAsAnnotation() {}

  private static Stream<Finding> judge(Topology topology, OfService subject) {
    if (Solo.isExcluded(topology) || topology.scopes().readsAnnotations()) {
      return Stream.empty();
    }
    Metadata metadata = subject.metadata();
    return Solo.asFarAsKnown(
        topology,
        Stream.of(Keys.SERVICE_SCOPE, Keys.SERVICE_TAKEOVER)
            .filter(key -> metadata.label(key).isEmpty())
            .flatMap(key -> Written.annotation(metadata, key).stream())
            .filter(written -> !written.value().isBlank())
            .map(written -> finding(metadata, written)));
  }

  private static Finding finding(Metadata metadata, Written written) {
    Finding finding =
        Finding.at(written.field())
            .says(
                "`%s: %s` is an annotation, but Solo's Istio reads the label",
                written.key(), written.value())
            .because(
                "The annotation does nothing: the Service's label counts, else its Namespace's,"
                    + " else the Service is known in its own cluster only.")
            .fix("move it to metadata.labels")
            .about(written.value());
    return metadata.labels().isEmpty() || !isKnown(written)
        ? finding
        : finding.patch(
            JsonPatch.of(
                JsonPatch.add(written.value(), "metadata", "labels", written.key()),
                written.remove()));
  }

  /** What is not a good value would not be a good label either. */
  private static boolean isKnown(Written written) {
    return written.key().equals(Keys.SERVICE_SCOPE)
        ? ServiceScope.parse(written.value()).isPresent()
        : Set.of("true", "false").contains(written.value());
  }
}
