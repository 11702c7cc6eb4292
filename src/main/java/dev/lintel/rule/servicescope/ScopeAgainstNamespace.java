package dev.lintel.rule.servicescope;

import dev.lintel.mesh.Keys;
import dev.lintel.mesh.ServiceScope;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Namespace;
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
 * A scope that takes a Service out of, or into, the set of peered services against what its
 * Namespace says.
 *
 * <p>Restricted: {@code solo.io/service-scope} of Service beside that of its Namespace. Allowed:
 * two scopes that both peer the Service or both do not; and any scope that the Service had before
 * (docs/domain.md, 5.1).
 */
final class ScopeAgainstNamespace {

  static final Rule RULE =
      Rule.warns("SC-005", "service-scope-against-namespace")
          .summary("The Service's scope wins over its Namespace's and changes whether it is peered")
          .reads(Reads.and(Solo.KINDS, Kind.NAMESPACE))
          .ofServices(ScopeAgainstNamespace::judge);

  private ScopeAgainstNamespace() {}

  private static Stream<Finding> judge(Topology topology, OfService subject) {
    if (Solo.isExcluded(topology)) {
      return Stream.empty();
    }
    Optional<Finding> finding =
        Written.read(topology, subject.metadata(), Keys.SERVICE_SCOPE)
            .filter(own -> own.value().isEmpty() || ServiceScope.parse(own.value()).isPresent())
            .flatMap(
                own ->
                    topology
                        .namespace(subject.metadata().namespace())
                        .flatMap(namespace -> compare(topology, own, namespace)));
    return Solo.asFarAsKnown(topology, finding.stream());
  }

  private static Optional<Finding> compare(Topology topology, Written own, Namespace namespace) {
    boolean isPeered = ServiceScopes.isPeered(own.value());
    return topology
        .scopes()
        .ofNamespace(namespace.name())
        .filter(scope -> ServiceScopes.isPeered(scope) != isPeered)
        .map(scope -> finding(own, scope, namespace, isPeered));
  }

  private static Finding finding(Written own, String scope, Namespace namespace, boolean isPeered) {
    Finding found =
        Finding.at(own.field())
            .because(
                "Where a Service has a scope of its own, its Namespace's is not looked at. Only a"
                    + " peered Service has a global host and endpoints in other clusters.")
            .with(namespace)
            .about(isPeered ? "joins" : "leaves");
    if (own.value().isEmpty()) {
      return found
          .says(
              "the empty scope hides Namespace %s's scope `%s`, so the Service is not peered",
              namespace.name(), scope)
          .fix("remove the %s, or say `cluster` if that is meant", own.place())
          .fact("assumed: an empty scope counts as `cluster`")
          .about("empty");
    }
    return found
        .says(
            "scope `%s` wins over Namespace %s's `%s`, so the Service is %s",
            own.value(),
            namespace.name(),
            scope,
            isPeered ? "peered with other clusters" : "not peered")
        .fix("remove the %s, unless just that is meant", own.place())
        .onlyWhenNew();
  }
}
