package dev.lintel.policy;

import dev.lintel.resource.LabelSelector;
import dev.lintel.rule.Action;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What holds for some namespaces instead of the rest of the document.
 *
 * @param namespaces names; empty for any
 * @param selector what the namespace's labels must satisfy; empty for any
 * @param enforcement the ceiling there; empty for the document's own
 * @param actions what single rules do there, by code
 */
public record NamespaceOverride(
    List<Glob> namespaces,
    Optional<LabelSelector> selector,
    Optional<Action> enforcement,
    Map<String, Action> actions) {

  /** Copies the collections, so that the record is immutable. */
  public NamespaceOverride {
    namespaces = List.copyOf(namespaces);
    actions = Map.copyOf(actions);
  }

  boolean fits(Target target) {
    return (namespaces.isEmpty()
            || namespaces.stream().anyMatch(glob -> glob.matches(target.namespace())))
        && selector.map(s -> s.matches(target.namespaceLabels())).orElse(true);
  }
}
