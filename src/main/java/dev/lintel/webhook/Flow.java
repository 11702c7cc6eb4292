package dev.lintel.webhook;

/**
 * Whose reviews these are: what one user does in one namespace.
 *
 * @param user the user's name; empty if it is not known
 * @param namespace the namespace; empty if it is not known
 */
record Flow(String user, String namespace) {

  /** What belongs to nobody in particular shares one flow. */
  static final Flow UNKNOWN = new Flow("", "");

  /** Returns the flow that a request belongs to. */
  static Flow of(AdmissionRequest request) {
    return new Flow(request.user(), request.namespace());
  }
}
