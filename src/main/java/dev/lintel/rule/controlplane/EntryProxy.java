package dev.lintel.rule.controlplane;

import dev.lintel.resource.Gateway;
import java.util.Optional;

/**
 * Proxies for which istiod builds a cluster of a ServiceEntry (docs/domain.md, 2.7).
 *
 * @param role what they are
 * @param namespace where they run
 * @param gateway the Gateway that they belong to; empty for sidecars
 */
record EntryProxy(Role role, String namespace, Optional<Gateway> gateway) {

  /** What proxies are to an entry. */
  enum Role {
    /** The waypoint that serves the entry: its cluster is an inbound one. */
    WAYPOINT,
    /** A waypoint of another host, whose routes send to the entry. */
    ROUTING_WAYPOINT,
    /** A gateway of Istio's own. */
    ISTIO_GATEWAY,
    /** Sidecars, and gateways that no Gateway stands for. */
    SIDECARS,
    /** Sidecars that nobody can see and that may be there. */
    SUPPOSED_SIDECARS
  }

  static EntryProxy of(Role role, Gateway gateway) {
    return new EntryProxy(role, gateway.namespace(), Optional.of(gateway));
  }

  boolean isServing() {
    return role == Role.WAYPOINT;
  }

  /** Tells whether a rule with a selector may act on them: none does on an inbound cluster. */
  boolean knowsSelectors() {
    return role != Role.WAYPOINT;
  }

  boolean isSupposed() {
    return role == Role.SUPPOSED_SIDECARS;
  }

  String spoken() {
    return switch (role) {
      case WAYPOINT, ROUTING_WAYPOINT -> "waypoint " + named();
      case ISTIO_GATEWAY -> "Gateway " + named();
      case SIDECARS -> "the sidecars of namespace " + namespace;
      case SUPPOSED_SIDECARS -> "sidecars, if there are any";
    };
  }

  private String named() {
    return gateway.map(found -> found.key().toString()).orElse(namespace);
  }
}
