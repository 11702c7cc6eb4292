package dev.lintel.rule.servicescope;

import dev.lintel.resource.Metadata;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.JsonPatch;
import dev.lintel.topology.Topology;
import java.util.Optional;

/**
 * A scope or takeover setting as it stands on an object.
 *
 * @param key the key
 * @param value the value; may be empty
 * @param isLabel whether it is a label; else it is an annotation
 */
record Written(String key, String value, boolean isLabel) {

  static Optional<Written> label(Metadata metadata, String key) {
    return metadata.label(key).map(value -> new Written(key, value, true));
  }

  static Optional<Written> annotation(Metadata metadata, String key) {
    return metadata.annotation(key).map(value -> new Written(key, value, false));
  }

  /** Returns the one that the installation reads first, else the other, which is meant just so. */
  static Optional<Written> intended(Topology topology, Metadata metadata, String key) {
    return topology.scopes().readsAnnotations()
        ? annotation(metadata, key).or(() -> label(metadata, key))
        : label(metadata, key).or(() -> annotation(metadata, key));
  }

  /** Returns the one that the installation reads; empty if it reads none on the object. */
  static Optional<Written> read(Topology topology, Metadata metadata, String key) {
    return topology.scopes().readsAnnotations()
        ? annotation(metadata, key).or(() -> label(metadata, key))
        : label(metadata, key);
  }

  FieldPath field() {
    return isLabel ? FieldPath.label(key) : FieldPath.annotation(key);
  }

  /** Returns the word for where it stands. */
  String place() {
    return isLabel ? "label" : "annotation";
  }

  JsonPatch.Operation remove() {
    return JsonPatch.remove("metadata", isLabel ? "labels" : "annotations", key);
  }

  JsonPatch.Operation replaceBy(String other) {
    return JsonPatch.replace(other, "metadata", isLabel ? "labels" : "annotations", key);
  }
}
