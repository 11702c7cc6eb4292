package dev.lintel.mesh;

import java.util.Optional;

/** How far a Service is known in a mesh of Solo's Istio (docs/domain.md, 5.1). */
public enum ServiceScope {
  /** Peered with every cluster. */
  GLOBAL("global", true),
  /** Peered with the clusters of the same segment. */
  SEGMENT("segment", true),
  /** Not peered. */
  CLUSTER("cluster", false),
  /** Peered, and the local name reaches every cluster too; superseded by global with takeover. */
  GLOBAL_ONLY("global-only", true),
  /** Not peered; an older name for cluster. */
  LOCAL("local", false);

  private final String spelling;
  private final boolean isPeered;

  ServiceScope(String spelling, boolean isPeered) {
    this.spelling = spelling;
    this.isPeered = isPeered;
  }

  /**
   * Finds the scope that a value names; letter case counts, and blanks do.
   *
   * @return empty if the value names none, in which case the Service is not peered
   */
  public static Optional<ServiceScope> parse(String value) {
    for (ServiceScope scope : values()) {
      if (scope.spelling.equals(value)) {
        return Optional.of(scope);
      }
    }
    return Optional.empty();
  }

  /** Returns the value as the label spells it. */
  public String spelling() {
    return spelling;
  }

  /** Tells whether Services of this scope have endpoints in other clusters. */
  public boolean isPeered() {
    return isPeered;
  }

  @Override
  public String toString() {
    return spelling;
  }
}
