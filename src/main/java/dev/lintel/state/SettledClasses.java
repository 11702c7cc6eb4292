package dev.lintel.state;

import dev.lintel.resource.GatewayClass;
import dev.lintel.resource.Metadata;
import dev.lintel.topology.Change;
import dev.lintel.topology.Topology;
import java.util.List;

/**
 * Keeps what a deleted GatewayClass leaves behind: what runs keeps running, but for what the class
 * itself says of its Gateways (docs/domain.md, 8.4).
 */
final class SettledClasses {

  private SettledClasses() {}

  static Topology of(Topology after, Topology before, List<String> gone) {
    Topology settled = after;
    for (String name : gone) {
      GatewayClass deleted = before.gatewayClass(name).orElseThrow();
      Metadata bare = Metadata.of("", name).createdAt(deleted.metadata().created());
      settled = settled.apply(Change.put(deleted.withMetadata(bare)));
    }
    return settled;
  }
}
