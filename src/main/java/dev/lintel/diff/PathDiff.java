package dev.lintel.diff;

import dev.lintel.mesh.HostName;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.ResourceRef;
import dev.lintel.state.Settled;
import dev.lintel.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * What changes for requests between two states of a cluster, from the topology's own answers
 * (docs/domain.md, 8.4). Each list is in an order of its own that depends on its entries only.
 *
 * @param paths how Gateways of kgateway reach hosts
 * @param waypoints which waypoint istiod binds to hosts
 * @param readers who reads DestinationRules
 * @param distributions by which mode those pick who pick on both sides
 * @param references what becomes of the references that routes have on both sides
 * @param vanished the hosts that nothing defines any more
 * @param appeared the hosts that something defines now
 * @param findings what stands against objects on one side only; none unless they were judged
 * @param unknown what cannot be known on one side, in sentences
 * @param assumed what was taken for granted, in sentences
 * @param extent how much was looked at
 */
public record PathDiff(
    List<PathChange> paths,
    List<WaypointChange> waypoints,
    List<ReaderChange> readers,
    List<DistributionChange> distributions,
    List<ReferenceChange> references,
    List<HostName> vanished,
    List<HostName> appeared,
    FindingChanges findings,
    List<String> unknown,
    List<String> assumed,
    Extent extent) {

  /** Copies the lists, so that the record is immutable. */
  public PathDiff {
    paths = List.copyOf(paths);
    waypoints = List.copyOf(waypoints);
    readers = List.copyOf(readers);
    distributions = List.copyOf(distributions);
    references = List.copyOf(references);
    vanished = List.copyOf(vanished);
    appeared = List.copyOf(appeared);
    unknown = List.copyOf(unknown);
    assumed = List.copyOf(assumed);
  }

  /**
   * The path between a Gateway of kgateway and a host.
   *
   * @param before its row; empty where the Gateway does not reach the host
   * @param after the same
   */
  public record PathChange(
      HostName host, NamespacedName gateway, Optional<Row> before, Optional<Row> after) {}

  /**
   * The waypoint that istiod binds to a host.
   *
   * @param before the waypoint; empty if none is bound
   * @param after the same
   */
  public record WaypointChange(
      HostName host, Optional<NamespacedName> before, Optional<NamespacedName> after) {}

  /**
   * Who reads a DestinationRule for a host that it covers.
   *
   * @param lost who reads it no more, such as {@code waypoint shop/waypoint}
   * @param gained who reads it now
   */
  public record ReaderChange(
      NamespacedName rule, HostName host, List<String> lost, List<String> gained) {
    /** Copies the lists, so that the record is immutable. */
    public ReaderChange {
      lost = List.copyOf(lost);
      gained = List.copyOf(gained);
    }
  }

  /**
   * By which mode somebody picks endpoints of a host.
   *
   * @param picker who, such as {@code gateway edge/front} or {@code ztunnel}
   */
  public record DistributionChange(
      HostName host, String picker, TrafficDistribution before, TrafficDistribution after) {}

  /**
   * What becomes of a route's reference.
   *
   * @param backend what it names, such as {@code Service/shop/cart}
   * @param before {@code ok}, or kgateway's reason
   * @param after the same
   */
  public record ReferenceChange(ResourceRef route, String backend, String before, String after) {}

  /**
   * How much was looked at.
   *
   * @param hosts how many hosts there are to compare, 0 or more
   * @param unfinished how many of them were given up, for too much bears on each
   * @param cuts what else was left out, in words
   */
  public record Extent(int hosts, int unfinished, List<String> cuts) {
    /** Copies the list, so that the record is immutable. */
    public Extent {
      cuts = List.copyOf(cuts);
    }

    /** Tells whether everything was looked at. */
    public boolean isWhole() {
      return unfinished == 0 && cuts.isEmpty();
    }
  }

  /** Compares everything of two states, each as the mesh's controllers leave it. */
  public static PathDiff between(Topology before, Topology after) {
    Settled settled = Settled.of(before, after);
    return between(settled, Scope.everything(settled));
  }

  /**
   * Compares two states that are settled.
   *
   * @param scope what is compared; the cost grows with it and not with the cluster
   */
  public static PathDiff between(Settled settled, Scope scope) {
    return between(settled, scope, () -> false);
  }

  /**
   * Compares two states that are settled, as far as there is time.
   *
   * @param isOverdue asked between hosts; once true, the rest is counted and not compared
   */
  public static PathDiff between(Settled settled, Scope scope, BooleanSupplier isOverdue) {
    return new Comparison(settled, scope, isOverdue).compare();
  }

  /** Returns the same difference with that of the findings, and what of it was not looked at. */
  public PathDiff with(FindingChanges others) {
    List<String> cuts = new ArrayList<>(extent.cuts());
    cuts.addAll(others.cuts());
    return with(others, assumed, new Extent(extent.hosts(), extent.unfinished(), cuts));
  }

  /** Returns the same difference, which rests on more that is taken for granted. */
  public PathDiff assuming(List<String> sentences) {
    List<String> all = new ArrayList<>(sentences);
    all.addAll(assumed);
    return with(findings, all, extent);
  }

  private PathDiff with(FindingChanges others, List<String> taken, Extent looked) {
    return new PathDiff(
        paths,
        waypoints,
        readers,
        distributions,
        references,
        vanished,
        appeared,
        others,
        unknown,
        taken,
        looked);
  }

  /** Tells whether nothing changes, as far as it is known. */
  public boolean isEmpty() {
    return entries() == 0;
  }

  /** Returns how many differences there are, 0 or more. */
  public int entries() {
    return Stream.of(
            paths,
            waypoints,
            readers,
            distributions,
            references,
            vanished,
            appeared,
            findings.appeared(),
            findings.vanished())
        .mapToInt(List::size)
        .sum();
  }
}
