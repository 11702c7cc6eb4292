package dev.lintel.resource;

import dev.lintel.resource.Gateway.Listener;
import dev.lintel.resource.Gateway.NamespacePolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the listeners of a Gateway or of a set of listeners, and who may attach. */
final class ListenerReader {

  private static final String GATEWAY_API = "gateway.networking.k8s.io";

  private ListenerReader() {}

  static List<Listener> readAll(Cursor in) throws IOException, MalformedObjectException {
    return in.list(Most.PARENTS, ListenerReader::read);
  }

  /**
   * Reads {@code allowedRoutes} or {@code allowedListeners}.
   *
   * @param otherwise which namespaces may attach where the object does not say
   * @param kinds gets the kinds that may attach
   * @return which namespaces may attach
   */
  static NamespacePolicy readAllowed(Cursor in, NamespacePolicy otherwise, List<String> kinds)
      throws IOException, MalformedObjectException {
    NamespacePolicy namespaces = otherwise;
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "namespaces" -> namespaces = readNamespaces(in, otherwise);
        case "kinds" -> in.into(kinds, Most.REFERENCES, ListenerReader::readKind);
        default -> in.skip();
      }
    }
    return namespaces;
  }

  private static Listener read(Cursor in) throws IOException, MalformedObjectException {
    String name = "";
    int port = 0;
    String protocol = "";
    String hostname = "";
    NamespacePolicy namespaces = NamespacePolicy.SAME;
    List<String> kinds = new ArrayList<>();
    boolean terminatesTls = false;
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "name" -> name = in.name();
        case "port" -> port = in.number();
        case "protocol" -> protocol = in.name();
        case "hostname" -> hostname = in.host();
        case "allowedRoutes" -> namespaces = readAllowed(in, NamespacePolicy.SAME, kinds);
        case "tls" -> terminatesTls = !in.isNull() && readTerminates(in);
        default -> in.skip();
      }
    }
    return new Listener(name, port, protocol, hostname, namespaces, kinds, terminatesTls);
  }

  private static boolean readTerminates(Cursor in) throws IOException, MalformedObjectException {
    String mode = "Terminate";
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "mode" -> mode = in.optionalText().orElse(mode);
        default -> in.skip();
      }
    }
    return mode.equals("Terminate");
  }

  private static String readKind(Cursor in) throws IOException, MalformedObjectException {
    String group = GATEWAY_API;
    String kind = "";
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "group" -> group = in.optionalText().orElse(group);
        case "kind" -> kind = in.name();
        default -> in.skip();
      }
    }
    return group.equals(GATEWAY_API) ? kind : group + "/" + kind;
  }

  private static NamespacePolicy readNamespaces(Cursor in, NamespacePolicy otherwise)
      throws IOException, MalformedObjectException {
    String from = otherwise.from();
    LabelSelector selector = otherwise.selector();
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "from" -> from = in.optionalText().orElse(from);
        case "selector" -> selector = LabelSelectorReader.read(in);
        default -> in.skip();
      }
    }
    return new NamespacePolicy(from, selector);
  }
}
