package dev.lintel.rule;

/** The families of the catalogue. */
public enum Family {
  TRAFFIC_DISTRIBUTION("TD", "Traffic distribution"),
  SERVICE_SCOPE("SC", "Service scope"),
  MULTICLUSTER("MC", "Multicluster"),
  DESTINATION_RULE("DR", "DestinationRule"),
  WAYPOINT("WP", "Waypoint"),
  SERVICE_ENTRY("SE", "ServiceEntry"),
  ROUTE("RT", "Routes"),
  GATEWAY("GW", "Gateway"),
  CONTROL_PLANE("CP", "Control plane"),
  KNOWN_DEFECT("DX", "Known defects"),
  /** Of no rule: what a write does to others, see {@link Impact}. */
  IMPACT("impact", "Impact on others");

  private final String prefix;
  private final String title;

  Family(String prefix, String title) {
    this.prefix = prefix;
    this.title = title;
  }

  /** Returns the first two letters of the family's codes. */
  public String prefix() {
    return prefix;
  }

  /** Returns the family's name as a heading. */
  public String title() {
    return title;
  }

  /**
   * Returns the family of a code.
   *
   * @throws IllegalArgumentException if the code begins with none
   */
  static Family of(String code) {
    for (Family family : values()) {
      if (code.startsWith(family.prefix + "-")) {
        return family;
      }
    }
    throw new IllegalArgumentException("no family has the code " + code);
  }
}
