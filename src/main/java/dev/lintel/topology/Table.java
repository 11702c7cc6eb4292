package dev.lintel.topology;

import dev.lintel.resource.Kind;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.organicdesign.fp.collections.PersistentHashMap;

/**
 * Objects by namespace and name. Two levels keep each map small, so that a change copies little,
 * and give the objects of a namespace for free.
 *
 * @param <R> the objects' type
 */
final class Table<R extends Resource> {

  private final PersistentHashMap<String, PersistentHashMap<String, R>> namespaces;

  private Table(PersistentHashMap<String, PersistentHashMap<String, R>> namespaces) {
    this.namespaces = namespaces;
  }

  static <R extends Resource> Table<R> empty() {
    return new Table<>(PersistentHashMap.empty());
  }

  /**
   * Finds an object.
   *
   * @param name its name; routes and sets of listeners are found by {@link #find} only
   */
  Optional<R> get(String namespace, String name) {
    PersistentHashMap<String, R> names = namespaces.get(namespace);
    return names == null ? Optional.empty() : Optional.ofNullable(names.get(name));
  }

  Optional<R> find(ResourceRef ref) {
    return get(ref.namespace(), id(ref.kind(), ref.name()));
  }

  Table<R> put(R resource) {
    PersistentHashMap<String, R> names = namespaces.get(resource.namespace());
    PersistentHashMap<String, R> base = names == null ? PersistentHashMap.empty() : names;
    return new Table<>(
        namespaces.assoc(
            resource.namespace(), base.assoc(id(resource.kind(), resource.name()), resource)));
  }

  Table<R> remove(ResourceRef ref) {
    String id = id(ref.kind(), ref.name());
    PersistentHashMap<String, R> names = namespaces.get(ref.namespace());
    if (names == null || !names.containsKey(id)) {
      return this;
    }
    PersistentHashMap<String, R> rest = names.without(id);
    return new Table<>(
        rest.isEmpty()
            ? namespaces.without(ref.namespace())
            : namespaces.assoc(ref.namespace(), rest));
  }

  boolean isEmpty() {
    return namespaces.isEmpty();
  }

  /** Returns how many objects a namespace has. */
  int sizeIn(String namespace) {
    PersistentHashMap<String, R> names = namespaces.get(namespace);
    return names == null ? 0 : names.size();
  }

  /** Returns every object, in no particular order. */
  Stream<R> all() {
    return stream(new Walk<>(namespaces.valIterator()));
  }

  /** Returns the objects of a namespace, in no particular order. */
  Stream<R> inNamespace(String namespace) {
    PersistentHashMap<String, R> names = namespaces.get(namespace);
    return names == null ? Stream.empty() : stream(names.valIterator());
  }

  /**
   * Returns the objects of a name, whatever their namespace, by namespace. It asks every namespace,
   * and none of their objects.
   */
  List<R> named(String name) {
    return namespaces()
        .flatMap(namespace -> get(namespace, name).stream())
        .sorted(Comparator.comparing(Resource::namespace))
        .toList();
  }

  /** Returns the namespaces that have objects, in no particular order. */
  Stream<String> namespaces() {
    return stream(namespaces.keyIterator());
  }

  /** Returns every object, by namespace and name. */
  List<R> sorted() {
    return all().sorted(Comparator.comparing(Resource::key)).toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Table<?> table && namespaces.equals(table.namespaces);
  }

  @Override
  public int hashCode() {
    return namespaces.hashCode();
  }

  @Override
  public String toString() {
    return namespaces.toString();
  }

  /** Walks through the objects of every namespace, and no further than it is asked to. */
  private static final class Walk<R> implements Iterator<R> {

    private final Iterator<PersistentHashMap<String, R>> namespaces;
    private Iterator<R> objects = Collections.emptyIterator();

    Walk(Iterator<PersistentHashMap<String, R>> namespaces) {
      this.namespaces = namespaces;
    }

    @Override
    public boolean hasNext() {
      while (!objects.hasNext() && namespaces.hasNext()) {
        objects = namespaces.next().valIterator();
      }
      return objects.hasNext();
    }

    @Override
    public R next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return objects.next();
    }
  }

  /** Objects of kinds that an index holds side by side may share a name. */
  private static String id(Kind kind, String name) {
    return kind.isRoute() || kind.isListenerSet() ? kind.plural() + "/" + name : name;
  }

  private static <T> Stream<T> stream(Iterator<T> iterator) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(iterator, Spliterator.NONNULL), false);
  }
}
