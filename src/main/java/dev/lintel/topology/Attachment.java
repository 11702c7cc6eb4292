package dev.lintel.topology;

import dev.lintel.mesh.Fact;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.ResourceRef;
import java.util.List;
import java.util.Optional;

/**
 * How a route comes to a Gateway (docs/domain.md, 4.5).
 *
 * @param gateway the Gateway
 * @param listeners the names of the listeners that take the route, in the order of the object;
 *     never empty
 * @param listenerSet the set in which they stand; empty if they are the Gateway's own
 * @param delegation the routes that delegate to it, beginning with the one that names the Gateway;
 *     empty if the route names it itself
 * @param served whether requests really come this way: never known not to; unknown where kgateway
 *     serves one of several routes of the same age, and may serve another
 */
public record Attachment(
    Gateway gateway,
    List<String> listeners,
    Optional<ResourceRef> listenerSet,
    List<ResourceRef> delegation,
    Fact served) {

  /** Copies the lists, so that the record is immutable. */
  public Attachment {
    listeners = List.copyOf(listeners);
    delegation = List.copyOf(delegation);
  }
}
