package dev.lintel.topology;

import dev.lintel.resource.Route.ParentRef;

/**
 * A Gateway or a set of listeners that a route names and that does not take it (docs/domain.md,
 * 4.5).
 *
 * @param parent what the route names
 * @param reason why it does not take the route
 */
public record RefusedParent(ParentRef parent, Reason reason) {

  /** Why a parent does not take a route. */
  public enum Reason {
    /** There is no such object, or a set of listeners names a Gateway that does not exist. */
    NOT_FOUND,
    /** No listener has the name or the port. */
    NO_SUCH_LISTENER,
    /** No listener left serves routes of this kind. */
    KIND_NOT_SERVED,
    /** No listener left serves one of the route's host names. */
    HOST_NOT_SERVED,
    /** No listener left allows routes of the namespace. */
    NAMESPACE_NOT_ALLOWED,
    /** The Gateway does not allow the set of listeners. */
    SET_NOT_ALLOWED,
    /** An older TCPRoute has the listener, and kgateway serves no other beside it. */
    OLDER_ROUTE,
    /** kgateway serves no TCPRoute or TLSRoute without a rule, or with more than one. */
    SEVERAL_RULES
  }
}
