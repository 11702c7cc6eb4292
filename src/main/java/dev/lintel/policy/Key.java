package dev.lintel.policy;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A key of the document. It reads its own value of what has been read.
 *
 * @param form how its value is written
 * @param value its value in a T
 * @param comparison says what changing it means
 * @param isRequired whether it must be there
 * @param description one sentence for people
 */
record Key<T, V>(
    Form<V> form,
    Function<T, V> value,
    Comparison<T> comparison,
    boolean isRequired,
    String description)
    implements Entry<T> {

  @Override
  public Map<String, Object> schema() {
    return form.schema();
  }

  @Override
  public void read(Place place, Part<T> into) {
    form.read(place).ifPresent(found -> into.put(this, found));
  }

  @Override
  public Optional<Object> written(T whole) {
    return form.written(value.apply(whole));
  }

  @Override
  public Change between(String at, T old, T now) {
    return comparison.between(at, old, now);
  }
}
