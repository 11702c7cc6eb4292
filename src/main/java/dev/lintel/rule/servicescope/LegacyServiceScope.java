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
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A service scope by an older name.
 *
 * <p>Restricted: {@code solo.io/service-scope} of Service, as label and as annotation. Allowed:
 * {@code global}, {@code segment} and {@code cluster} (docs/domain.md, 5.1).
 */
final class LegacyServiceScope {

  static final Rule RULE =
      Rule.warns("SC-006", "service-scope-legacy-value")
          .summary("This service scope has been superseded")
          .reads(Solo.KINDS)
          .ofServices(LegacyServiceScope::judge);

  private LegacyServiceScope() {}

  private static Stream<Finding> judge(Topology topology, OfService subject) {
    if (Solo.isExcluded(topology)) {
      return Stream.empty();
    }
    return Solo.asFarAsKnown(
        topology,
        Written.intended(topology, subject.metadata(), Keys.SERVICE_SCOPE)
            .flatMap(written -> superseded(topology, subject.metadata(), written))
            .stream());
  }

  private static Optional<Finding> superseded(Topology topology, Metadata metadata, Written scope) {
    return ServiceScope.parse(scope.value())
        .flatMap(
            named ->
                switch (named) {
                  case GLOBAL, SEGMENT, CLUSTER -> Optional.empty();
                  case LOCAL -> Optional.of(local(scope));
                  case GLOBAL_ONLY ->
                      Optional.of(
                          globalOnly(
                              scope, Written.intended(topology, metadata, Keys.SERVICE_TAKEOVER)));
                });
  }

  private static Finding local(Written scope) {
    Finding finding =
        Finding.at(scope.field())
            .says("scope `local` is an older name for `cluster`")
            .because("Both leave the Service in its own cluster; the older name is deprecated.")
            .fix("use `cluster`")
            .about(scope.value());
    return scope.isLabel()
        ? finding.patch(JsonPatch.of(scope.replaceBy(ServiceScope.CLUSTER.spelling())))
        : finding;
  }

  private static Finding globalOnly(Written scope, Optional<Written> takeover) {
    Finding finding =
        Finding.at(scope.field())
            .says("scope `global-only` has been superseded by `global` with a takeover")
            .because(
                "It peers the Service and lets the endpoints of all clusters answer to the local"
                    + " name, which are two settings today.")
            .about(scope.value());
    JsonPatch.Operation replace = scope.replaceBy(ServiceScope.GLOBAL.spelling());
    if (takeover.isPresent()) {
      Finding fixed =
          finding.fix(
              "use `global` and keep `%s: \"%s\"`", Keys.SERVICE_TAKEOVER, takeover.get().value());
      return scope.isLabel() ? fixed.patch(JsonPatch.of(replace)) : fixed;
    }
    Finding fixed = finding.fix("use `global` and `%s: \"true\"`", Keys.SERVICE_TAKEOVER);
    return scope.isLabel()
        ? fixed.patch(
            JsonPatch.of(
                replace, JsonPatch.add("true", "metadata", "labels", Keys.SERVICE_TAKEOVER)))
        : fixed;
  }
}
