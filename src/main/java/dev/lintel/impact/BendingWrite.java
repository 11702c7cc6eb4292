package dev.lintel.impact;

import dev.lintel.resource.Kind;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.topology.Change;
import dev.lintel.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A write or a deletion that is about to happen.
 *
 * @param ref which object
 * @param old the object as it is; empty if it is created
 * @param object the object as it will be; empty if it is deleted
 * @param user who writes; empty if unknown
 * @param groups the groups of the one who writes
 */
public record BendingWrite(
    ResourceRef ref,
    Optional<Resource> old,
    Optional<Resource> object,
    String user,
    Set<String> groups) {

  /** Copies the groups, so that the record is immutable. */
  public BendingWrite {
    groups = Set.copyOf(groups);
  }

  /** Returns the written object in the form that is known: as it will be, else as it was. */
  public Optional<Resource> known() {
    return object.or(() -> old);
  }

  /** Tells whether nothing that Lintel reads is changed. */
  boolean changesNothing() {
    return object.isPresent() && object.equals(old);
  }

  /** Returns the state of before; the API server's own word on the object counts. */
  Topology before(Topology state) {
    if (old.isPresent()) {
      return state.apply(Change.put(old.get()));
    }
    return object.isPresent() ? state.apply(Change.remove(ref)) : state;
  }

  /** Returns what is written or deleted: of a Namespace that goes, all that lives in it. */
  List<ResourceRef> changed(Topology before) {
    List<ResourceRef> changed = new ArrayList<>();
    changed.add(ref);
    if (object.isEmpty() && ref.kind() == Kind.NAMESPACE) {
      Stream.of(Kind.values())
          .filter(Kind::isNamespaced)
          .flatMap(kind -> before.resourcesIn(kind, ref.name()))
          .map(Resource::ref)
          .forEach(changed::add);
    }
    return changed;
  }

  /** Tells in which namespaces peering may generate something else: its own decides about all. */
  Predicate<String> isConcerned(String rootNamespace) {
    String own = ref.kind() == Kind.NAMESPACE ? ref.name() : ref.namespace();
    return own.equals(rootNamespace) ? namespace -> true : own::equals;
  }

  /** Returns the state of after. */
  Topology after(Topology before, List<ResourceRef> changed) {
    if (object.isPresent()) {
      return before.apply(Change.put(object.get()));
    }
    Topology after = before;
    for (ResourceRef gone : changed) {
      after = after.apply(Change.remove(gone));
    }
    return after;
  }
}
