package dev.lintel.policy;

import java.util.Locale;

/** What an answer to a write names. */
public enum Disclosure {
  /** Every object that a finding rests on. */
  ALL,
  /**
   * Objects of the written object's own namespace, of Istio's root namespace, and those that the
   * own namespace names itself; of others only the kind.
   */
  OWN_NAMESPACE;

  /** Returns the word that stands in the document. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
