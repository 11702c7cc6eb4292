package dev.lintel.topology;

import dev.lintel.resource.Resource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.organicdesign.fp.collections.PersistentHashMap;

/**
 * Objects by what they mention: a host, a backend, a parent.
 *
 * @param <K> what they mention
 * @param <R> the objects' type
 */
final class Index<K, R extends Resource> {

  private final Class<R> type;
  private final Function<? super R, ? extends Collection<K>> keys;
  private final PersistentHashMap<K, Table<R>> tables;
  private final Witness witness;

  private Index(
      Class<R> type,
      Function<? super R, ? extends Collection<K>> keys,
      PersistentHashMap<K, Table<R>> tables,
      Witness witness) {
    this.type = type;
    this.keys = keys;
    this.tables = tables;
    this.witness = witness;
  }

  static <K, R extends Resource> Index<K, R> of(
      Class<R> type, Function<? super R, ? extends Collection<K>> keys) {
    return new Index<>(type, keys, PersistentHashMap.empty(), Witness.NOBODY);
  }

  /** Returns the same index, which tells a witness when it is looked at. */
  Index<K, R> seenBy(Witness other) {
    return new Index<>(type, keys, tables, other);
  }

  /**
   * Replaces an object by a newer one with the same identity; either may be absent. Objects of
   * another type leave the index as it is.
   */
  Index<K, R> replace(@Nullable Resource old, @Nullable Resource now) {
    R typedOld = type.isInstance(old) ? type.cast(old) : null;
    R typedNow = type.isInstance(now) ? type.cast(now) : null;
    return typedOld == null && typedNow == null ? this : replaceTyped(typedOld, typedNow);
  }

  private Index<K, R> replaceTyped(@Nullable R old, @Nullable R now) {
    Collection<K> oldKeys = old == null ? Set.of() : quick(keys.apply(old));
    Collection<K> newKeys = now == null ? Set.of() : quick(keys.apply(now));
    PersistentHashMap<K, Table<R>> next = tables;
    if (old != null) {
      for (K key : oldKeys) {
        if (!newKeys.contains(key)) {
          next = without(next, key, old);
        }
      }
    }
    if (now != null) {
      for (K key : newKeys) {
        next = next.assoc(key, table(next, key).put(now));
      }
    }
    return new Index<>(type, keys, next, witness);
  }

  /** A list of many is slow to look something up in. */
  private static <K> Collection<K> quick(Collection<K> keys) {
    return keys instanceof Set || keys.size() <= 4 ? keys : new LinkedHashSet<>(keys);
  }

  /** Returns the objects that mention the key. */
  Table<R> get(K key) {
    witness.sees(type);
    return table(tables, key);
  }

  /** Returns the objects that mention the key, in no particular order. */
  Stream<R> find(K key) {
    return get(key).all();
  }

  /** Returns every key that some object mentions, in no particular order. */
  Stream<K> keys() {
    witness.sees(type);
    Iterable<K> all = tables::keyIterator;
    return StreamSupport.stream(all.spliterator(), false);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Index<?, ?> index && tables.equals(index.tables);
  }

  @Override
  public int hashCode() {
    return tables.hashCode();
  }

  private static <K, R extends Resource> Table<R> table(
      PersistentHashMap<K, Table<R>> tables, K key) {
    Table<R> table = tables.get(key);
    return table == null ? Table.empty() : table;
  }

  private static <K, R extends Resource> PersistentHashMap<K, Table<R>> without(
      PersistentHashMap<K, Table<R>> tables, K key, R old) {
    Table<R> rest = table(tables, key).remove(old.ref());
    return rest.isEmpty() ? tables.without(key) : tables.assoc(key, rest);
  }
}
