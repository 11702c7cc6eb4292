package dev.lintel.explain;

import dev.lintel.topology.Attachment;
import dev.lintel.topology.RefusedParent;
import java.util.List;

/**
 * A route: who serves it, and where it leads.
 *
 * @param hostnames its host names; empty for every host
 * @param attachments how it comes to Gateways
 * @param refused the Gateways that it names and that do not take it
 * @param services the Services whose callers in the mesh it serves, in words
 * @param targets what its references lead to, in the order of the object
 */
public record RouteView(
    List<String> hostnames,
    List<Attachment> attachments,
    List<RefusedParent> refused,
    List<String> services,
    List<Target> targets) {

  /** Copies the lists, so that the record is immutable. */
  public RouteView {
    hostnames = List.copyOf(hostnames);
    attachments = List.copyOf(attachments);
    refused = List.copyOf(refused);
    services = List.copyOf(services);
    targets = List.copyOf(targets);
  }
}
