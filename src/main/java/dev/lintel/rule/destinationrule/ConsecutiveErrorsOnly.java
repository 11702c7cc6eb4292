package dev.lintel.rule.destinationrule;

import dev.lintel.resource.Kind;
import dev.lintel.resource.TrafficPolicy.OutlierDetection;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.topology.Topology;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Outlier detection that counts by a field no proxy reads any more.
 *
 * <p>Restricted: {@code outlierDetection.consecutiveErrors} of a DestinationRule. Allowed: beside
 * {@code consecutive5xxErrors} or {@code consecutiveGatewayErrors} (docs/domain.md, 2.2).
 */
final class ConsecutiveErrorsOnly {

  private static final String OLD = "consecutiveErrors";
  private static final String ANY_5XX = "consecutive5xxErrors";
  private static final String GATEWAY_ERRORS = "consecutiveGatewayErrors";

  static final Rule RULE =
      Rule.warns("DR-026", "consecutive-errors-only")
          .summary("No proxy reads consecutiveErrors any more")
          .reads(Set.of(Kind.DESTINATION_RULE))
          .ofDestinationRules(ConsecutiveErrorsOnly::judge);

  private ConsecutiveErrorsOnly() {}

  private static Stream<Finding> judge(Topology topology, OfRule subject) {
    return PlacedPolicy.all(subject.resource())
        .filter(
            placed ->
                placed.policy().outlierDetection().filter(ConsecutiveErrorsOnly::isOld).isPresent())
        .map(ConsecutiveErrorsOnly::finding);
  }

  private static boolean isOld(OutlierDetection detection) {
    return detection.sets(OLD) && !detection.sets(ANY_5XX) && !detection.sets(GATEWAY_ERRORS);
  }

  private static Finding finding(PlacedPolicy placed) {
    return Finding.at(placed.field().field("outlierDetection").field(OLD))
        .says(
            "no proxy reads `consecutiveErrors`: endpoints are ejected after the default of 5"
                + " errors in a row")
        .because(
            "The field was replaced long ago; neither istiod nor kgateway hands it to Envoy, whose"
                + " defaults apply instead.")
        .fix("write `consecutive5xxErrors` or `consecutiveGatewayErrors` instead");
  }
}
