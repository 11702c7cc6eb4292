package dev.lintel.rule.waypoint;

import dev.lintel.mesh.HostName;
import java.util.regex.Pattern;

/** What may stand in {@code istio.io/use-waypoint}. */
final class WaypointName {

  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final Pattern SUBDOMAIN = Pattern.compile(LABEL + "(\\." + LABEL + ")*");

  private WaypointName() {}

  /** Tells whether a Gateway may bear the name: a DNS-1123 subdomain. */
  static boolean isValid(String name) {
    return name.length() <= HostName.MAX_LENGTH && SUBDOMAIN.matcher(name).matches();
  }

  /** Tells whether a value is {@code none} in another letter case, which opts nobody out. */
  static boolean isMisspeltNone(String value) {
    return value.equalsIgnoreCase("none") && !value.equals("none");
  }
}
