package dev.lintel.cluster;

/** Is told what happens to watched objects, one event at a time. */
interface ObjectListener {

  /** An object was created or changed. The object is valid till this returns. */
  void put(WatchedObject object);

  /** An object is there, or was, and not even its name can be read. */
  default void unreadable(String problem) {}

  /** An object is gone. */
  void removed(ObjectId id);

  /** Every object that exists has been handed out once. */
  default void listed() {}
}
