package dev.lintel.resource;

import java.util.List;

/**
 * Listeners that are added to a Gateway from outside: a ListenerSet, or an XListenerSet as earlier
 * releases of the Gateway API call it.
 *
 * @param metadata its metadata
 * @param kind which of the two it is
 * @param gateway the Gateway that it extends; its own namespace if the object does not say
 * @param listeners its listeners; a port is 0 where the object leaves it to the controller
 */
public record ListenerSet(
    Metadata metadata, Kind kind, NamespacedName gateway, List<Gateway.Listener> listeners)
    implements Resource {

  /** Copies the listeners, so that the record is immutable. */
  public ListenerSet {
    if (!kind.isListenerSet()) {
      throw new IllegalArgumentException(kind + " is not a set of listeners");
    }
    listeners = List.copyOf(listeners);
  }

  @Override
  public ListenerSet withMetadata(Metadata other) {
    return new ListenerSet(other, kind, gateway, listeners);
  }
}
