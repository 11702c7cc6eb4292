package dev.lintel.assertion;

import dev.lintel.assertion.Answer.Breached;
import dev.lintel.assertion.Answer.Kept;
import dev.lintel.assertion.Answer.Open;
import dev.lintel.diff.Arrival;
import dev.lintel.diff.Modes;
import dev.lintel.diff.Possible;
import dev.lintel.diff.Row;
import dev.lintel.mesh.Fact;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.policy.Claim;
import dev.lintel.policy.Glob;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Kind;
import dev.lintel.topology.Backend;
import dev.lintel.topology.IngressLabels;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.Picker;
import dev.lintel.topology.Pickers;
import dev.lintel.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells whether a claim is so of the path from one Gateway to a host. A claim is breached only if
 * it is on every path that is possible, and on those too that were possible if what is taken for
 * granted were not so.
 *
 * @param topology the state
 * @param arrival the Gateway, and how it comes to the host
 */
record PathClaims(Topology topology, Arrival arrival) {

  private static final Set<Kind> ENCRYPTED_BY_CLIENTS = Set.of(Kind.TCP_ROUTE, Kind.TLS_ROUTE);

  /**
   * A path that would be taken if something were not as it is taken to be.
   *
   * @param row the path; empty if it might be any
   * @param reason what is taken for granted
   */
  private record Alternative(Optional<Row> row, String reason) {}

  Answer answer(Claim claim) {
    List<Answer> answers =
        arrival.leg().paths().stream().map(Row::of).distinct().map(row -> at(row, claim)).toList();
    if (answers.stream().allMatch(Kept.class::isInstance)) {
      return new Kept(
          alternatives().stream()
              .filter(other -> !(at(other, claim) instanceof Kept))
              .map(Alternative::reason)
              .distinct()
              .toList());
    }
    for (Answer answer : answers) {
      if (answer instanceof Open open) {
        return open;
      }
    }
    if (answers.stream().anyMatch(Kept.class::isInstance)) {
      return new Open(arrival.path().reason());
    }
    for (Fact comes : List.of(arrival.leg().served(), arrival.resolved())) {
      if (!comes.isYes()) {
        return new Open("whether requests come at all: " + comes.reason());
      }
    }
    for (Alternative other : alternatives()) {
      if (!(at(other, claim) instanceof Breached)) {
        return new Open(
            "it is not so as far as is known, and that rests on this: " + other.reason());
      }
    }
    return answers.getFirst();
  }

  private List<Alternative> alternatives() {
    List<Alternative> alternatives = new ArrayList<>();
    if (arrival.leg().captured().isAssumed()) {
      alternatives.add(new Alternative(Optional.of(Row.P1), arrival.leg().captured().reason()));
    }
    for (IngressPath path : arrival.leg().paths()) {
      boolean isOfTheGateway =
          path instanceof IngressPath.GatewayPicksPod
              || path instanceof IngressPath.WaypointBypassed;
      if (isOfTheGateway
          && topology.namespace(backend().namespace()).isEmpty()
          && IngressLabels.own(backend()).isEmpty()) {
        alternatives.add(
            new Alternative(
                Optional.empty(),
                "Namespace %s is not known, and is taken to have no labels"
                    .formatted(backend().namespace())));
      }
      if (path instanceof IngressPath.ThroughWaypoint(var waypoint)
          && topology.waypoints().isProgrammed(waypoint).isAssumed()) {
        alternatives.add(
            new Alternative(
                Optional.of(Row.P6), topology.waypoints().isProgrammed(waypoint).reason()));
      }
    }
    return alternatives;
  }

  /** From where requests come is the same on every path. */
  private Answer at(Alternative other, Claim claim) {
    return other.row().isPresent() || claim instanceof Claim.OnlyFrom
        ? at(other.row().orElse(Row.P2), claim)
        : new Open(other.reason());
  }

  private Answer at(Row row, Claim claim) {
    return switch (claim) {
      case Claim.ThroughWaypoint(var waypoint) -> throughWaypoint(row, waypoint);
      case Claim.Encrypted encrypted -> encrypted(row);
      case Claim.OnlyFrom(var gateways) -> from(gateways);
      case Claim.ByTrafficDistribution(var mode) -> byMode(row, mode);
      case Claim.RuleIsRead read -> new Kept();
    };
  }

  private Answer throughWaypoint(Row row, Glob wanted) {
    if (row != Row.P5) {
      return new Breached(said(row));
    }
    return waypoint()
        .map(key -> wanted.matches(key) ? new Kept() : new Breached("it passes waypoint " + key))
        .orElseGet(() -> new Open("which waypoint is bound is not known"));
  }

  private Optional<String> waypoint() {
    return boundWaypoint().map(bound -> bound.key().toString());
  }

  private Optional<Gateway> boundWaypoint() {
    return topology.waypoints().of(backend()).boundWaypoint();
  }

  private Answer encrypted(Row row) {
    return switch (row) {
      case P1 ->
          mayBeEncryptedPastTheMesh()
              .<Answer>map(Open::new)
              .orElseGet(() -> new Breached(said(row)));
      case P2, P3, P4, P5, P6 -> whyNotInTheMesh().<Answer>map(Open::new).orElseGet(Kept::new);
      case P7 -> new Kept();
    };
  }

  /**
   * kgateway speaks TLS by its own policies, which are not read as a whole; the TLS of a
   * DestinationRule it ignores (docs/domain.md, 4.4).
   */
  private Optional<String> mayBeEncryptedPastTheMesh() {
    if (arrival.leg().routes().stream()
        .allMatch(route -> ENCRYPTED_BY_CLIENTS.contains(route.kind()))) {
      return Optional.of("its routes hand on what clients may have encrypted");
    }
    boolean hasPolicy =
        !topology.ingress().backendTlsPoliciesFor(backend()).isEmpty()
            || !topology.ingress().backendPoliciesFor(backend()).isEmpty();
    if (hasPolicy) {
      return Optional.of("a policy of kgateway for the backend may have it speak TLS");
    }
    return Optional.empty();
  }

  /** ztunnel speaks HBONE to what is in the mesh, and hands on to everything else as it is. */
  private Optional<String> whyNotInTheMesh() {
    String namespace = backend().namespace();
    return switch (backend()) {
      case Backend.OfEntry entry ->
          Optional.of(
              "whether the endpoints of %s are in the mesh is not known"
                  .formatted(entry.resource().ref().spoken()));
      case Backend.OfService(var service, var host) when service.isExternalName() ->
          Optional.of(service.ref().spoken() + " is an alias, whose endpoints are not known");
      case Backend.OfService service when topology.isAmbient(namespace) -> Optional.empty();
      case Backend.OfService service when topology.namespace(namespace).isEmpty() ->
          Optional.of("Namespace %s is not known".formatted(namespace));
      case Backend.OfService service ->
          Optional.of(
              "Namespace %s is not in ambient mode, and whether its Pods are in the mesh is not known"
                  .formatted(namespace));
    };
  }

  private Answer from(List<Glob> gateways) {
    String key = arrival.leg().gateway().key().toString();
    return gateways.stream().anyMatch(glob -> glob.matches(key))
        ? new Kept()
        : new Breached("Gateway %s reaches it".formatted(key));
  }

  private Answer byMode(Row row, TrafficDistribution wanted) {
    Optional<Picker> picker = picker(row);
    if (picker.isEmpty()) {
      return new Kept();
    }
    Possible<TrafficDistribution> mode = Modes.of(topology, picker.get());
    String who = picker.get().proxy().spoken();
    if (mode.isKnown()) {
      Optional<TrafficDistribution> found = mode.value();
      return found.filter(wanted::equals).isPresent()
          ? new Kept()
          : new Breached(
              found
                  .map(other -> "%s picks by %s".formatted(who, other.spelling()))
                  .orElse(who + " picks by something that takes the mode's place"));
    }
    return mode.there().contains(wanted)
        ? new Open("%s picks by %s: %s".formatted(who, mode.spoken(), mode.reason()))
        : new Breached("%s picks by %s".formatted(who, mode.spoken()));
  }

  /** Nobody picks where there is nothing to pick. */
  private Optional<Picker> picker(Row row) {
    return switch (row) {
      case P1, P2, P3, P4 -> Optional.of(pickers().atKgateway(arrival.leg()));
      case P5 -> boundWaypoint().map(pickers()::atWaypoint);
      case P6 -> Optional.of(pickers().atZtunnel(arrival.leg().gateway()));
      case P7 -> Optional.empty();
    };
  }

  private Pickers pickers() {
    return topology.endpoints().pickers(backend());
  }

  private Backend backend() {
    return arrival.backend();
  }

  private static String said(Row row) {
    return "%s, %s".formatted(row, row.spoken());
  }
}
