package dev.lintel.apiserver;

/** What Lintel says of the Services that the tests write, to the letter. */
final class Messages {

  /** Where the traffic distribution is. */
  static final String FIELD = "metadata.annotations[networking.istio.io/traffic-distribution]";

  /** Of the traffic distribution PreferClosest. */
  static final String MISSPELT =
      "[lintel TD-001] `PreferClosest` is not a traffic distribution, so every proxy reads it as"
          + " Any; use `PreferClose` (allowed: PreferSameZone, PreferClose, PreferSameNode)";

  /** Of the traffic distribution Any. */
  static final String ANY =
      "[lintel TD-001] no proxy knows `Any` by name; it means Any only as every unknown word does;"
          + " leave the annotation out, unless it is to keep off the namespace's default";

  /** Of the waypoint Way_Point. */
  static final String NO_NAME =
      "[lintel WP-005] `Way_Point` cannot be the name of a waypoint: names of Gateways are DNS"
          + " names in lower case; write the name of the waypoint's Gateway";

  private Messages() {}

  /** Returns a warning as kubectl prints it. */
  static String warning(String message) {
    return "Warning: " + linked("%s (%s)".formatted(message, FIELD));
  }

  /** Returns a denial as kubectl prints it. */
  static String denial(String kind, String name, String message) {
    return "The %s \"%s\" is invalid: %s: %s".formatted(kind, name, FIELD, cause(message));
  }

  /** Returns the cause of a denial, which always says where to read on. */
  static String cause(String message) {
    return "%s; see %s".formatted(message, page(message));
  }

  /** A warning says where to read on if that fits into 256 characters. */
  static String linked(String warning) {
    String linked = warning + "; see " + page(warning);
    return linked.length() <= 256 ? linked : warning;
  }

  private static String page(String message) {
    String code = message.substring(message.indexOf(' ') + 1, message.indexOf(']'));
    return "http://lintel.lintel-system.svc:9000/rules/" + code;
  }
}
