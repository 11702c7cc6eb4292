package dev.lintel.webhook;

import java.util.Locale;

/** Why a request was turned away, or a write let through unjudged, without any work on it. */
enum Shed {
  /** There was no room for its body. */
  BYTES,
  /** Its body was not complete in time. */
  UNFINISHED,
  /** Its user, or its namespace, had its share of the queue already. */
  FLOW,
  /** The queue was full. */
  QUEUE;

  /** Returns the value of the metrics' label, for example {@code bytes}. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
