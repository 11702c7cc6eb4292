package dev.lintel.diff;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What something is, or everything that it may be where a fact is not known.
 *
 * @param values what it may be, an empty one for nothing; never without any
 * @param reason what is not known; empty where there is one value
 */
public record Possible<T>(Set<Optional<T>> values, String reason) {

  /** Copies the set, so that the record is immutable. */
  public Possible {
    values = Set.copyOf(values);
  }

  /** It is not there. */
  static <T> Possible<T> nothing() {
    return new Possible<>(Set.of(Optional.empty()), "");
  }

  /** It is known. */
  static <T> Possible<T> known(T value) {
    return new Possible<>(Set.of(Optional.of(value)), "");
  }

  /** It is one of several. */
  static <T> Possible<T> oneOf(Collection<T> values, String reason) {
    return new Possible<>(
        values.stream().map(Optional::of).collect(Collectors.toUnmodifiableSet()), reason);
  }

  /** Returns the same, which may as well not be there. */
  Possible<T> orNothing(String why) {
    Set<Optional<T>> more = new LinkedHashSet<>(values);
    more.add(Optional.empty());
    return new Possible<>(more, why);
  }

  /** Tells whether it is known what it is. */
  public boolean isKnown() {
    return values.size() == 1;
  }

  /** Returns the value, where it is known; empty if there is none. */
  public Optional<T> value() {
    return values.iterator().next();
  }

  /** Tells whether it may be there. */
  public boolean mayBe() {
    return !there().isEmpty();
  }

  /** Returns what it may be where it is there. */
  public Set<T> there() {
    return values.stream().flatMap(Optional::stream).collect(Collectors.toUnmodifiableSet());
  }

  /** Returns the surer one of two. */
  static <T> Possible<T> surer(Possible<T> one, Possible<T> other) {
    return one.isKnown() ? one : other;
  }

  /** Returns what it may be in words, in an order of their own. */
  public String spoken() {
    return values.stream()
        .map(value -> value.map(Object::toString).orElse("none"))
        .sorted()
        .collect(Collectors.joining(" or "));
  }
}
