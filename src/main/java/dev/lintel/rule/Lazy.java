package dev.lintel.rule;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is worked out when it is first asked for. For one thread.
 *
 * @param <T> the value's type
 */
final class Lazy<T> {

  private final Supplier<T> source;
  private @Nullable T value;

  Lazy(Supplier<T> source) {
    this.source = source;
  }

  T get() {
    if (value == null) {
      value = source.get();
    }
    return value;
  }
}
