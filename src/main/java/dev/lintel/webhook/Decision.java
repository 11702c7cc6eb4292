package dev.lintel.webhook;

import java.util.Locale;

/** What came of a request, as the metrics tell it. */
enum Decision {
  /** Judged, and nothing to say. */
  ALLOW,
  /** Judged, and allowed with warnings. */
  WARN,
  /** Judged, and refused. */
  DENY,
  /** Not judged, because such requests always pass. */
  PASS,
  /** Not judged, because Lintel does not read such objects. */
  UNKNOWN_KIND,
  /** Not judged, because the object could not be read; allowed with a warning. */
  UNREADABLE,
  /** Not judged, because the cluster has not been read yet; allowed with a warning. */
  NOT_READY,
  /** Not judged, because its user or namespace has too much under way; allowed with a warning. */
  SHED,
  /** Not judged, because there was no time left; allowed with a warning. */
  DEADLINE,
  /** Not judged, because Lintel failed; allowed with a warning. */
  ERROR;

  /** Returns the value of the metrics' label, for example {@code unknown-kind}. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
