package dev.lintel.topology;

import dev.lintel.mesh.Fact;
import dev.lintel.mesh.Since;
import dev.lintel.resource.MeshConfig;
import dev.lintel.resource.MeshConfig.EntryVisibility;
import dev.lintel.resource.MeshConfig.Visibility;
import dev.lintel.resource.MeshConfig.VisibilityPolicy;
import java.util.List;
import java.util.Optional;

/** Tells to whom istiod tells of the ServiceEntries of a namespace (docs/domain.md, 6.2). */
final class EntryVisibilities {

  private EntryVisibilities() {}

  /**
   * Returns what the first policy that matches says. Releases without the setting tell everybody.
   *
   * @return empty if it hangs on labels of a Namespace that is not known
   */
  static Optional<Visibility> of(Topology topology, String namespace) {
    return topology
        .meshConfig()
        .flatMap(MeshConfig::entryVisibility)
        .filter(setting -> !topology.dialect().istiodLacks(Since.ENTRY_VISIBILITY))
        .map(setting -> of(topology, setting, namespace))
        .orElseGet(() -> Optional.of(Visibility.PUBLIC));
  }

  private static Optional<Visibility> of(
      Topology topology, EntryVisibility setting, String namespace) {
    for (VisibilityPolicy policy : setting.policies()) {
      Fact matches = matches(topology, policy, namespace);
      if (!matches.isNo()) {
        return matches.isYes() ? Optional.of(policy.visibility()) : Optional.empty();
      }
    }
    return Optional.of(setting.byDefault());
  }

  private static Fact matches(Topology topology, VisibilityPolicy policy, String namespace) {
    List<Fact> rules =
        policy.namespaces().stream()
            .map(
                rule ->
                    rule.map(selector -> MeshScopes.selects(topology, selector, namespace))
                        .orElseGet(Fact::no))
            .toList();
    return rules.stream()
        .filter(Fact::isNo)
        .findFirst()
        .or(() -> rules.stream().filter(Fact::isUnknown).findFirst())
        .orElseGet(Fact::yes);
  }
}
