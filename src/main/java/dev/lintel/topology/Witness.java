package dev.lintel.topology;

import dev.lintel.resource.Kind;
import dev.lintel.resource.Resource;

/**
 * Is told which objects an answer of the topology rests on. In production nobody listens; a test
 * does, to compare what a rule reads with what it declares.
 */
interface Witness {

  /** Does not listen. */
  Witness NOBODY =
      new Witness() {
        @Override
        public void sees(Kind kind) {}

        @Override
        public void sees(Class<? extends Resource> type) {}
      };

  /** The objects of a kind were looked at, whether or not one was found. */
  void sees(Kind kind);

  /** An index of objects was looked at, whether or not one was found. */
  void sees(Class<? extends Resource> type);
}
