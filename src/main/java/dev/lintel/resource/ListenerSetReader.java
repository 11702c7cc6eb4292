package dev.lintel.resource;

import dev.lintel.resource.Gateway.Listener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads a ListenerSet or an XListenerSet. */
final class ListenerSetReader {

  private ListenerSetReader() {}

  static ListenerSet read(Kind kind, Cursor in) throws IOException, MalformedObjectException {
    Metadata metadata = MetadataReader.NONE;
    NamespacedName gateway = new NamespacedName("", "");
    List<Listener> listeners = new ArrayList<>();
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "metadata" -> metadata = MetadataReader.read(in);
        case "spec" -> gateway = readSpec(in, listeners);
        default -> in.skip();
      }
    }
    NamespacedName parent =
        gateway.namespace().isEmpty()
            ? new NamespacedName(metadata.namespace(), gateway.name())
            : gateway;
    return new ListenerSet(metadata, kind, parent, listeners);
  }

  private static NamespacedName readSpec(Cursor in, List<Listener> listeners)
      throws IOException, MalformedObjectException {
    NamespacedName gateway = new NamespacedName("", "");
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "parentRef" -> gateway = readParent(in);
        case "listeners" -> listeners.addAll(ListenerReader.readAll(in));
        default -> in.skip();
      }
    }
    return gateway;
  }

  /** The API allows no parent but a Gateway. */
  private static NamespacedName readParent(Cursor in) throws IOException, MalformedObjectException {
    String namespace = "";
    String name = "";
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "namespace" -> namespace = in.name();
        case "name" -> name = in.name();
        default -> in.skip();
      }
    }
    return new NamespacedName(namespace, name);
  }
}
