package dev.lintel.rule.servicescope;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.Metadata;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Solo;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.ServiceScopes;
import dev.lintel.topology.Topology;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Service that is only another name, but is to be known in other clusters. The mesh's registry
 * does not hold it, so there is nothing to share.
 *
 * <p>Restricted: {@code spec.type: ExternalName} of Service beside {@code solo.io/service-scope} or
 * {@code istio.io/global}. Allowed: a headless Service, and a scope that only the Namespace sets
 * (docs/domain.md, 1.5 and 5.1).
 */
final class GlobalExternalName {

  static final Rule RULE =
      Rule.warns("SC-009", "global-external-name")
          .summary("A Service of type ExternalName cannot be global")
          .reads(Solo.KINDS)
          .ofServices(GlobalExternalName::judge);

  private GlobalExternalName() {}

  private static Stream<Finding> judge(Topology topology, OfService subject) {
    return subject.resource().isExternalName()
        ? asked(topology, subject.metadata()).map(GlobalExternalName::finding).stream()
        : Stream.empty();
  }

  /** Returns where the Service asks to be global, in words that its mesh may read. */
  private static Optional<Asked> asked(Topology topology, Metadata metadata) {
    Optional<Asked> scope =
        Written.intended(topology, metadata, Keys.SERVICE_SCOPE)
            .filter(written -> !topology.dialect().isUpstream())
            .filter(written -> ServiceScopes.isPeered(written.value()))
            .map(written -> new Asked(written.field(), "scope `" + written.value() + "`"));
    return scope.or(
        () ->
            Optional.of(new Asked(FieldPath.label(Keys.GLOBAL), "`" + Keys.GLOBAL + ": true`"))
                .filter(ignored -> !topology.dialect().isSolo())
                .filter(ignored -> ServiceScopes.isGlobalUpstream(metadata)));
  }

  private static Finding finding(Asked asked) {
    return Finding.at(asked.field())
        .says(
            "%s on a Service of type ExternalName: the mesh does not know the Service, so nothing"
                + " is shared",
            asked.words())
        .because(
            "A Service of type ExternalName is an alias in DNS. istiod does not put it into the"
                + " mesh's registry, so it has neither address nor endpoints that another cluster"
                + " could use.")
        .fix(
            "remove it, or define the host with a ServiceEntry in every cluster that calls" + " it")
        .about(asked.words());
  }

  private record Asked(FieldPath field, String words) {}
}
