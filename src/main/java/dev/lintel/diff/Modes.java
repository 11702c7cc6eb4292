package dev.lintel.diff;

import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.topology.Backend;
import dev.lintel.topology.Displacement;
import dev.lintel.topology.EffectiveTrafficDistribution.Source;
import dev.lintel.topology.Picker;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding;
import java.util.List;
import java.util.Optional;

/** Tells by which mode somebody picks (docs/domain.md, 1.3). */
public final class Modes {

  private Modes() {}

  /** Returns the mode of one who picks; nothing where something else takes its place. */
  public static Possible<TrafficDistribution> of(Topology topology, Picker picker) {
    Optional<Displacement> displacement = picker.displacement();
    return displacement.isEmpty()
        ? asRead(topology, picker)
        : switch (displacement.get()) {
          case Displacement.ByNodeLocality local -> Possible.nothing();
          case Displacement.ByBackendPolicy policy -> Possible.known(TrafficDistribution.ANY);
          case Displacement.ByRule rule ->
              rule.isCertain()
                  ? Possible.nothing()
                  : asRead(topology, picker).orNothing(rule.applies().reason());
        };
  }

  /** Whether istiod asks the Namespace depends on its version. */
  private static Possible<TrafficDistribution> asRead(Topology topology, Picker picker) {
    boolean isInDoubt =
        !picker.reader().isKgateway()
            && picker.reading().source() == Source.NAMESPACE
            && picker.mode() != TrafficDistribution.ANY
            && topology.dialect().istioVersion().isEmpty();
    return isInDoubt
        ? Possible.oneOf(
            List.of(picker.mode(), TrafficDistribution.ANY),
            "whether istiod reads the traffic distribution of a Namespace, as it does from 1.30"
                + " on: its version is not visible")
        : Possible.known(picker.mode());
  }

  /** Tells whether Istio's own Gateways send to the waypoint, which picks in their place. */
  static boolean passesWaypoint(Topology topology, Backend backend) {
    return topology.ingress().labelIsTrueForIstiod(backend)
        && topology.ingress().hasVip(backend)
        && topology.waypoints().of(backend) instanceof WaypointBinding.Bound;
  }
}
