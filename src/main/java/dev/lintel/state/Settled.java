package dev.lintel.state;

import dev.lintel.resource.Gateway;
import dev.lintel.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Two states of the cluster, before and after a change, each with what the mesh's controllers make
 * of it: Pods captured or let go, the Services of waypoints annotated, the entries of peering
 * generated. Whoever compares the two compares what comes of a write, and not what the controllers
 * have not got round to yet (docs/domain.md, 8.4).
 *
 * <p>What the garbage collector would take is still there.
 *
 * @param before the state before
 * @param after the state after
 * @param goneClasses the GatewayClasses that are gone and still have Gateways, by name
 * @param assumed what manifests leave open and is taken for granted, in words
 */
public record Settled(
    Topology before, Topology after, List<String> goneClasses, List<String> assumed) {

  /** Copies the lists, so that the record is immutable. */
  public Settled {
    goneClasses = List.copyOf(goneClasses);
    assumed = List.copyOf(assumed);
  }

  /** Settles two states of one cluster, whatever of it has changed. */
  public static Settled of(Topology before, Topology after) {
    return of(before, after, namespace -> true);
  }

  /**
   * Settles two states of a cluster whose controllers have settled it but for one change.
   *
   * @param isConcerned tells in which namespaces the change may bear on what peering generates
   */
  public static Settled of(Topology before, Topology after, Predicate<String> isConcerned) {
    List<String> gone = goneClasses(before, after);
    List<String> assumed = new ArrayList<>();
    Topology settledBefore = settle(before, after, isConcerned, assumed);
    Topology settledAfter =
        settle(SettledClasses.of(after, before, gone), before, isConcerned, assumed);
    return new Settled(
        settledBefore, settledAfter, gone, assumed.stream().distinct().sorted().toList());
  }

  private static List<String> goneClasses(Topology before, Topology after) {
    return after
        .gateways()
        .map(Gateway::className)
        .distinct()
        .filter(name -> after.gatewayClass(name).isEmpty())
        .filter(name -> before.gatewayClass(name).isPresent())
        .sorted()
        .toList();
  }

  private static Topology settle(
      Topology own, Topology other, Predicate<String> isConcerned, List<String> assumed) {
    Topology withPods = SettledPods.of(own, other, assumed);
    Topology withServices = SettledServices.of(withPods);
    return SettledEntries.of(withServices, other, isConcerned);
  }
}
