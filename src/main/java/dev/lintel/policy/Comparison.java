package dev.lintel.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Says what it means that a value of the document changed. */
@FunctionalInterface
interface Comparison<V> {

  /**
   * Compares two values.
   *
   * @param path where they stand, in dotted notation
   */
  Change between(String path, V old, V now);

  /** Returns the comparison of wholes that have such a value. */
  default <T> Comparison<T> of(Function<T, V> value) {
    return (path, old, now) -> between(path, value.apply(old), value.apply(now));
  }

  /** Returns the comparison of a part of what is compared as a whole. */
  static <V> Comparison<V> withItsWhole() {
    return (path, old, now) -> Change.NONE;
  }

  /**
   * Returns the comparison of numbers of which a lower one is weaker.
   *
   * @param sentence what is said, with places for the new and the old number
   */
  static Comparison<Integer> lowered(String sentence) {
    return (path, old, now) ->
        Change.weaker(now < old ? List.of(sentence.formatted(now, old)) : List.of());
  }

  /**
   * Returns the comparison of collections of which more elements are weaker.
   *
   * @param sentence what is said of each new one
   */
  static <E, C extends Collection<E>> Comparison<C> added(Function<E, String> sentence) {
    return (path, old, now) -> {
      Set<E> before = new HashSet<>(old);
      return Change.weaker(
          now.stream().filter(each -> !before.contains(each)).map(sentence).sorted().toList());
    };
  }

  /** Returns the same comparison, by which whatever is not there any more may deny more. */
  static <C extends Collection<?>> Comparison<C> stricterWithout(Comparison<C> comparison) {
    return (path, old, now) ->
        comparison.between(path, old, now).stricterIf(!new HashSet<>(now).containsAll(old));
  }

  /** Returns the comparison of facts, about which no more can be said than that they differ. */
  static <V> Comparison<V> restated(Form<V> form) {
    return (path, old, now) -> {
      if (now.equals(old)) {
        return Change.NONE;
      }
      List<String> sentences = new ArrayList<>();
      restate(sentences, path, form.written(old), form.written(now));
      return new Change(List.of(), sentences, List.of(), true);
    };
  }

  private static void restate(
      List<String> sentences, String path, Optional<?> old, Optional<?> now) {
    if (old.orElse(null) instanceof Map<?, ?> before
        && now.orElse(null) instanceof Map<?, ?> after) {
      Set<Object> keys = new TreeSet<>(before.keySet());
      keys.addAll(after.keySet());
      for (Object key : keys) {
        restate(
            sentences,
            path + "." + key,
            Optional.ofNullable(before.get(key)),
            Optional.ofNullable(after.get(key)));
      }
    } else if (!now.equals(old)) {
      sentences.add("%s goes from %s to %s".formatted(path, spoken(old), spoken(now)));
    }
  }

  private static String spoken(Optional<?> written) {
    return written.map(Object::toString).orElse("the default");
  }
}
