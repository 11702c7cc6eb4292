package dev.lintel.topology;

import dev.lintel.resource.Gateway;
import dev.lintel.resource.Route;
import java.util.List;

/**
 * A route's reference that means a backend, whether or not it leads there (docs/domain.md, 4.5).
 *
 * @param route the route
 * @param ref the reference as written, with its port
 * @param standing what becomes of it; whether the backend has the port is not looked at
 * @param gateways the Gateways that serve the route, of any class, by namespace and name; empty for
 *     a route that is attached to none
 */
public record RouteReference(
    Route route, Route.BackendRef ref, Standing standing, List<Gateway> gateways) {

  /** Copies the list, so that the record is immutable. */
  public RouteReference {
    gateways = List.copyOf(gateways);
  }

  /** Tells whether the reference is written in a way in which a backend can be found. */
  public boolean isWellWritten() {
    return standing != Standing.WRONG_KIND && standing != Standing.WRONG_NAME;
  }

  /** What becomes of a reference. */
  public enum Standing {
    /** It leads to the backend. */
    RESOLVED,
    /** It would, with a ReferenceGrant in the backend's namespace. */
    NOT_PERMITTED,
    /** Group and kind are not those under which the name is known. */
    WRONG_KIND,
    /**
     * Group and kind are those of a host, but it is written in another way than the ServiceEntry
     * does, or with a namespace.
     */
    WRONG_NAME,
    /** Group and kind are right, but no object has the host. */
    NOT_FOUND,
    /** It means a ServiceEntry with resolution NONE, of which kgateway makes no backend. */
    NO_BACKEND
  }
}
