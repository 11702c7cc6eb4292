package dev.lintel.webhook;

import java.util.Optional;
import java.util.stream.Stream;

/** What the request does with the object. */
enum Operation {
  CREATE,
  UPDATE,
  DELETE,
  CONNECT;

  /** Finds an operation by the word that the API server uses; empty if there is none. */
  static Optional<Operation> of(String word) {
    return Stream.of(values()).filter(operation -> operation.name().equals(word)).findFirst();
  }

  /** Tells whether the object is written as a whole. */
  boolean isWrite() {
    return this == CREATE || this == UPDATE;
  }
}
