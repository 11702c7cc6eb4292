package dev.lintel.policy;

import java.util.Map;
import java.util.Optional;

/** What may stand under a name in the document and says something of a T. */
sealed interface Entry<T> extends Comparison<T> permits Key, Section {

  /** Returns the keywords of JSON Schema. */
  Map<String, Object> schema();

  /** Returns one sentence for people. */
  String description();

  /** Tells whether it must be there. */
  boolean isRequired();

  /** Reads what stands at a place. */
  void read(Place place, Part<T> into);

  /** Writes what it says of a T; empty to leave it out. */
  Optional<Object> written(T whole);
}
