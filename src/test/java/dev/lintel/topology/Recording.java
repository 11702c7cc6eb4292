package dev.lintel.topology;

import dev.lintel.resource.Kind;
import dev.lintel.resource.Resource;
import dev.lintel.resource.Route;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** Records which kinds of objects are looked at in a topology. */
public final class Recording {

  private final Set<Kind> kinds = EnumSet.noneOf(Kind.class);
  private final Topology topology;

  /** Begins a recording. */
  public Recording(Topology topology) {
    this.topology =
        topology.seenBy(
            new Witness() {
              @Override
              public void sees(Kind kind) {
                kinds.add(kind);
              }

              @Override
              public void sees(Class<? extends Resource> type) {
                Arrays.stream(Kind.values()).filter(kind -> isOf(kind, type)).forEach(kinds::add);
              }
            });
  }

  /** Returns the topology that is recorded. */
  public Topology topology() {
    return topology;
  }

  /** Returns what was looked at so far. */
  public Set<Kind> kinds() {
    return kinds;
  }

  private static boolean isOf(Kind kind, Class<? extends Resource> type) {
    return type == Route.class
        ? kind.isRoute()
        : kind.objectKind().equalsIgnoreCase(type.getSimpleName());
  }
}
