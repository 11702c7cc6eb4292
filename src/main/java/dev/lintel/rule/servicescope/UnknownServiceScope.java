package dev.lintel.rule.servicescope;

import dev.lintel.mesh.Keys;
import dev.lintel.mesh.ServiceScope;
import dev.lintel.resource.Metadata;
import dev.lintel.rule.Action;
import dev.lintel.rule.Finding;
import dev.lintel.rule.JsonPatch;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Solo;
import dev.lintel.rule.Spelling;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A service scope that does not exist: the Service is not peered, whatever its Namespace says.
 *
 * <p>Restricted: {@code solo.io/service-scope} of Service, as label, else as annotation. Allowed:
 * {@code global}, {@code segment}, {@code cluster} and the older {@code global-only} and {@code
 * local}, in these letters; an empty value is another matter (docs/domain.md, 5.1).
 */
final class UnknownServiceScope {

  /** The values to choose from today. */
  private static final List<String> CURRENT =
      List.of(
          ServiceScope.GLOBAL.spelling(),
          ServiceScope.SEGMENT.spelling(),
          ServiceScope.CLUSTER.spelling());

  static final Rule RULE =
      Rule.denies("SC-002", "service-scope-unknown-value")
          .summary("There is no such service scope")
          .reads(Solo.KINDS)
          .ofServices(UnknownServiceScope::judge);

  private UnknownServiceScope() {}

  private static Stream<Finding> judge(Topology topology, OfService subject) {
    if (Solo.isExcluded(topology)) {
      return Stream.empty();
    }
    return Solo.asFarAsKnown(
        topology,
        Written.intended(topology, subject.metadata(), Keys.SERVICE_SCOPE).stream()
            .filter(written -> !written.value().isEmpty())
            .filter(written -> ServiceScope.parse(written.value()).isEmpty())
            .map(written -> asFarAsRead(topology, subject.metadata(), written)));
  }

  /** What stands where nothing reads it does no more harm by its value. */
  private static Finding asFarAsRead(Topology topology, Metadata metadata, Written written) {
    Finding finding = finding(written);
    return Written.read(topology, metadata, Keys.SERVICE_SCOPE).isPresent()
        ? finding
        : finding.atMost(Action.WARN);
  }

  private static Finding finding(Written written) {
    Finding finding =
        Finding.at(written.field())
            .says("`%s` is not a service scope, so the Service is not peered", written.value())
            .because(
                "The value is compared letter for letter. One that is not known leaves the Service"
                    + " in its own cluster, and its Namespace is not asked.")
            .about(written.value());
    Optional<String> meant = Spelling.nearest(written.value(), CURRENT);
    if (meant.isEmpty()) {
      return finding.fix("use one of %s", String.join(", ", CURRENT));
    }
    Finding fixed = finding.fix("use `%s`", meant.get());
    return Spelling.isSameWord(written.value(), meant.get())
        ? fixed.patch(JsonPatch.of(written.replaceBy(meant.get())))
        : fixed;
  }
}
