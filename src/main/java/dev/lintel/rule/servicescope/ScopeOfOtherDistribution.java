package dev.lintel.rule.servicescope;

import dev.lintel.mesh.Keys;
import dev.lintel.mesh.ServiceScope;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Service;
import dev.lintel.rule.FieldPath;
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
 * A scope in the words of the other distribution of Istio, which this one does not read.
 *
 * <p>Restricted: {@code solo.io/service-scope} and {@code solo.io/service-takeover} of Service in a
 * mesh of upstream Istio; {@code istio.io/global} in a mesh of Solo's. Allowed: where the Service
 * is as far known as they say all the same, and where the distribution is not known
 * (docs/domain.md, 5.1).
 */
final class ScopeOfOtherDistribution {

  static final Rule RULE =
      Rule.warns("SC-010", "service-scope-of-other-distribution")
          .summary("The installed Istio does not read this label of the other distribution")
          .reads(Reads.and(Solo.KINDS, Kind.NAMESPACE))
          .ofServices(ScopeOfOtherDistribution::judge);

  private ScopeOfOtherDistribution() {}

  private static Stream<Finding> judge(Topology topology, OfService subject) {
    return switch (topology.dialect().istio()) {
      case UPSTREAM -> inUpstream(topology, subject.metadata()).stream();
      case SOLO -> inSolo(topology, subject.resource()).stream();
      case UNKNOWN -> Stream.of();
    };
  }

  private static Optional<Finding> inUpstream(Topology topology, Metadata metadata) {
    boolean isGlobal = ServiceScopes.isGlobalUpstream(metadata);
    Optional<Written> scope = Written.intended(topology, metadata, Keys.SERVICE_SCOPE);
    Optional<Written> dead =
        scope.isPresent()
            ? scope.filter(written -> saysOtherwise(written.value(), isGlobal))
            : Written.intended(topology, metadata, Keys.SERVICE_TAKEOVER)
                .filter(written -> written.value().equals("true"));
    return dead.map(written -> inUpstream(written, isGlobal));
  }

  /** A value that is no scope at all was meant to do something. */
  private static boolean saysOtherwise(String scope, boolean isGlobal) {
    return ServiceScope.parse(scope)
        .map(parsed -> parsed.isPeered() != isGlobal)
        .orElse(!scope.isEmpty());
  }

  private static Finding inUpstream(Written dead, boolean isGlobal) {
    Finding found =
        Finding.at(dead.field())
            .says(
                "%s `%s` is not read by upstream Istio: the Service %s",
                dead.key(),
                dead.value(),
                isGlobal ? "is global by its label " + Keys.GLOBAL : "is known in its cluster only")
            .because(
                "Upstream Istio takes the scope from MeshConfig.serviceScopeConfigs, which usually"
                    + " selects the label istio.io/global. The keys of solo.io mean something to"
                    + " Solo's Istio only.")
            .about(dead.key())
            .about(dead.value());
    return isGlobal
        ? found.fix("remove the one of the two that is not meant")
        : found.fix(
            "use the label `%s: \"true\"` if it is to be global, else remove this one",
            Keys.GLOBAL);
  }

  private static Optional<Finding> inSolo(Topology topology, Service service) {
    boolean isPeered = topology.scopes().isPeered(service);
    return service
        .metadata()
        .label(Keys.GLOBAL)
        .filter(value -> value.equals("true") != isPeered)
        .map(value -> inSolo(value, isPeered));
  }

  private static Finding inSolo(String value, boolean isPeered) {
    Finding found =
        Finding.at(FieldPath.label(Keys.GLOBAL))
            .says(
                "%s `%s` is not read by Solo's Istio: the Service %s",
                Keys.GLOBAL,
                value,
                isPeered ? "is peered by its scope" : "is known in its cluster only")
            .because(
                "Solo's Istio peers Services by the label solo.io/service-scope. The label"
                    + " istio.io/global belongs to upstream Istio's multi-network mesh.")
            .about(value);
    return isPeered
        ? found.fix(
            "use the label `%s: cluster` if it is to stay in its cluster", Keys.SERVICE_SCOPE)
        : found.fix("use the label `%s: global` instead", Keys.SERVICE_SCOPE);
  }
}
