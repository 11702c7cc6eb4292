package dev.lintel.rule.servicescope;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Resource;
import dev.lintel.rule.Action;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Solo;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.ServiceScopes;
import dev.lintel.topology.Topology;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A takeover of the local name by endpoints of other clusters, on a Service that has none there.
 *
 * <p>Restricted: {@code solo.io/service-takeover: "true"} of Service. Allowed: with a peered scope
 * on the Service, or on its Namespace where the Service has none (docs/domain.md, 5.2).
 */
final class TakeoverWithoutPeering {

  static final Rule RULE =
      Rule.denies("SC-004", "service-takeover-without-peering")
          .summary("A takeover has no effect on a Service that is not peered")
          .reads(Reads.and(Solo.KINDS, Kind.NAMESPACE))
          .ofServices(TakeoverWithoutPeering::judge);

  private TakeoverWithoutPeering() {}

  private static Stream<Finding> judge(Topology topology, OfService subject) {
    if (Solo.isExcluded(topology)) {
      return Stream.empty();
    }
    return Solo.asFarAsKnown(
        topology,
        Written.intended(topology, subject.metadata(), Keys.SERVICE_TAKEOVER)
            .filter(takeover -> takeover.value().equals("true"))
            .flatMap(takeover -> withoutPeering(topology, subject.metadata(), takeover))
            .stream());
  }

  private static Optional<Finding> withoutPeering(
      Topology topology, Metadata metadata, Written takeover) {
    Optional<Written> scope = Written.intended(topology, metadata, Keys.SERVICE_SCOPE);
    if (scope.isPresent()) {
      return scope
          .filter(written -> !ServiceScopes.isPeered(written.value()))
          .map(written -> contradiction(takeover, written.value()));
    }
    return topology
        .namespace(metadata.namespace())
        .flatMap(namespace -> missing(topology, takeover, namespace));
  }

  private static Finding contradiction(Written takeover, String scope) {
    return at(takeover)
        .says(
            "takeover `true` contradicts the %s on the same Service and has no effect",
            scope.isEmpty() ? "empty scope" : "scope `" + scope + "`")
        .fix("set %s to `global`, or remove the takeover", Keys.SERVICE_SCOPE)
        .about(scope);
  }

  /** The Namespace's label may arrive later, so this is no contradiction. */
  private static Optional<Finding> missing(
      Topology topology, Written takeover, Resource namespace) {
    Optional<String> scope = topology.scopes().ofNamespace(namespace.name());
    if (scope.filter(ServiceScopes::isPeered).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        at(takeover)
            .says(
                "takeover `true` has no effect: the Service has no scope, and Namespace %s %s",
                namespace.name(),
                scope.map(value -> "says `" + value + "`").orElse("has none either"))
            .fix("label the Service `%s: global`, or remove the takeover", Keys.SERVICE_SCOPE)
            .atMost(Action.WARN)
            .with(namespace));
  }

  private static Finding at(Written takeover) {
    return Finding.at(takeover.field())
        .because(
            "A takeover lets the endpoints of all clusters answer to the local name. A Service that"
                + " is not peered has endpoints in its own cluster only.");
  }
}
