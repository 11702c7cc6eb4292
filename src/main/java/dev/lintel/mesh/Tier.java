package dev.lintel.mesh;

/** What may be the same for a client and an endpoint, from the farthest to the closest. */
public enum Tier {
  /** The network, which bounds who reaches whom directly. */
  NETWORK("network", Keys.NETWORK),
  /** The region. */
  REGION("region", Keys.REGION),
  /** The zone. */
  ZONE("zone", Keys.ZONE),
  /** The subzone. */
  SUBZONE("subzone", Keys.SUBZONE),
  /** The node. */
  NODE("node", Keys.NODE_HOSTNAME);

  private final String spelling;
  private final String label;

  Tier(String spelling, String label) {
    this.spelling = spelling;
    this.label = label;
  }

  /** Returns the tier's name as the policy spells it. */
  public String spelling() {
    return spelling;
  }

  /** Returns the label that carries its value. */
  public String label() {
    return label;
  }

  @Override
  public String toString() {
    return spelling;
  }
}
