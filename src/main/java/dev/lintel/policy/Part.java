package dev.lintel.policy;

import java.util.Map;

/**
 * A mapping of the document whose keys have been read.
 *
 * @param place where it stands
 * @param otherwise has the values of keys that are left out
 * @param values what stands at the keys that are there
 */
record Part<T>(Place place, T otherwise, Map<Key<T, ?>, Object> values) {

  <V> void put(Key<T, V> key, V value) {
    values.put(key, value);
  }

  /** Returns the value of a key. */
  @SuppressWarnings("unchecked") // put took a value of the key's type
  <V> V of(Key<T, V> key) {
    Object found = values.get(key);
    return found == null ? key.value().apply(otherwise) : (V) found;
  }
}
