package dev.lintel.rule.waypoint;

import dev.lintel.mesh.Keys;
import dev.lintel.rule.Finding;
import dev.lintel.rule.JsonPatch;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.topology.Topology;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A waypoint's name that no Gateway can bear, mostly an attempt to opt out or to name a namespace.
 * istiod waits for that Gateway for ever.
 *
 * <p>Restricted: {@code metadata.labels[istio.io/use-waypoint]} of Service and ServiceEntry.
 * Allowed: {@code none} in lower case, or a DNS-1123 subdomain (docs/domain.md, 3.2).
 */
final class InvalidWaypointName {

  static final Rule RULE =
      Rule.denies("WP-005", "waypoint-name-invalid")
          .summary("No Gateway can bear the waypoint's name")
          .reads(Waypointed.SUBJECTS)
          .ofHosts(InvalidWaypointName::judge);

  private InvalidWaypointName() {}

  private static Stream<Finding> judge(Topology topology, OfHosts subject) {
    return subject
        .metadata()
        .label(Keys.USE_WAYPOINT)
        .filter(value -> !WaypointName.isValid(value))
        .map(InvalidWaypointName::finding)
        .stream();
  }

  private static Finding finding(String value) {
    Finding found = Finding.at(Waypointed.USE_WAYPOINT).about(value);
    if (value.isEmpty()) {
      return found
          .says(
              "an empty `istio.io/use-waypoint` opts out of nothing: it names a waypoint without a name")
          .because("%s", because("An empty value counts as set"))
          .fix("write `none` to opt out, or remove the label to have the namespace's waypoint");
    }
    if (WaypointName.isMisspeltNone(value)) {
      return found
          .says(
              "`%s` does not opt out of the waypoint: istiod takes it for the name of a Gateway",
              value)
          .because("%s", because("Only `none` in lower case opts out"))
          .fix("write `istio.io/use-waypoint: none`")
          .patch(JsonPatch.of(JsonPatch.replace("none", "metadata", "labels", Keys.USE_WAYPOINT)));
    }
    return found
        .says(
            "`%s` cannot be the name of a waypoint: names of Gateways are DNS names in lower case",
            value)
        .because("%s", because("The value is compared with the names of Gateways as it is"))
        .fix("%s", fix(value));
  }

  private static String because(String reading) {
    return reading
        + ". istiod looks for a Gateway of this name, which can never exist, does not try the namespace's"
        + " waypoint, and lets traffic go straight to the Pods. kgateway only sees that a waypoint is named.";
  }

  private static String fix(String value) {
    int slash = value.indexOf('/');
    if (slash > 0 && slash < value.length() - 1) {
      return "write `istio.io/use-waypoint: %s` and `istio.io/use-waypoint-namespace: %s`"
          .formatted(value.substring(slash + 1), value.substring(0, slash));
    }
    String lower = value.toLowerCase(Locale.ROOT);
    return WaypointName.isValid(lower)
        ? "write the Gateway's name as it is, for example `%s`".formatted(lower)
        : "write the name of the waypoint's Gateway";
  }
}
