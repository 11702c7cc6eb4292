package dev.lintel.topology;

/** What becomes of a route's reference at kgateway (docs/domain.md, 4.5). */
public enum ReferenceFate {
  /** It leads to a backend. */
  OK("ok"),
  /** There is no such object, host or port, or the controller does not see it. */
  BACKEND_NOT_FOUND("BackendNotFound"),
  /** No ReferenceGrant of the other namespace allows it. */
  REF_NOT_PERMITTED("RefNotPermitted"),
  /** The controller knows no backends of this group and kind. */
  INVALID_KIND("InvalidKind");

  private final String word;

  ReferenceFate(String word) {
    this.word = word;
  }

  /** Returns {@code ok}, or the reason that kgateway writes into the route's status. */
  public String word() {
    return word;
  }
}
