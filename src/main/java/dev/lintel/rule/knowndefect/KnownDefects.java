package dev.lintel.rule.knowndefect;

import dev.lintel.mesh.AffectedReleases;
import dev.lintel.rule.knowndefect.KnownDefect.Component;
import java.util.List;
import java.util.stream.Stream;

/**
 * The table of known defects: a line for each. What has a rule of its own is not in it.
 *
 * <p>To add one: a line here, a {@link Trigger} if none fits, and a sample whose expectation names
 * the source.
 */
final class KnownDefects {

  private static final String TABLE =
      """
      istiod   | 0.0-1.23.999                | 1.24.0            | PORT_LEVEL_SETTINGS_AT_WAYPOINT           | waypoints ignore them                                                             | istio/istio#52532
      istiod   | 1.29.0-1.29.3, 1.30.0       | 1.29.4 and 1.30.1 | PUBLISH_NOT_READY_ADDRESSES               | Pods of other Services get requests before they are ready, too                    | istio/istio#60422
      istiod   | 1.29.0-1.29.6, 1.30.0-1.30.3 | 1.31.0            | INGRESS_USE_WAYPOINT_OF_SEVERAL_CLUSTERS  | with a second cluster Istio's own gateways bypass the waypoint                    | istio/istio#61092
      istiod   | 1.30.0                      | 1.30.1            | CONSISTENT_HASH                           | new endpoints get no requests until something else changes                        | istio/istio#60312
      kgateway | 0.0-2.3.5                   | 2.3.6             | INGRESS_USE_WAYPOINT_BEFORE_ADDRESS       | an entry whose address is allocated later stays empty (503) until it changes again | kgateway-dev/kgateway#14390
      """;

  /** The rows, by component and age. */
  static final List<KnownDefect> ALL = TABLE.lines().map(KnownDefects::row).toList();

  private KnownDefects() {}

  private static KnownDefect row(String line) {
    String[] cells = Stream.of(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
    return new KnownDefect(
        Component.named(cells[0]),
        AffectedReleases.fixedAfter(cells[1].split(", ", -1)),
        cells[2],
        Trigger.valueOf(cells[3]),
        cells[4],
        cells[5]);
  }
}
