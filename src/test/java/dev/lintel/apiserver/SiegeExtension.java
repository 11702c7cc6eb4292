package dev.lintel.apiserver;

import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.support.TypeBasedParameterResolver;

/** Hands out the one siege, which ends with the last test, and fixes it before each. */
final class SiegeExtension extends TypeBasedParameterResolver<Siege> implements BeforeEachCallback {

  @Override
  public Siege resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return siege(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    siege(context).recover();
  }

  private static Siege siege(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(Siege.class))
        .computeIfAbsent(Attempt.class, key -> Attempt.make(), Attempt.class)
        .result();
  }

  /** Made once: where it fails for the first test, the others need not wait for the same. */
  private record Attempt(Optional<Siege> siege, Optional<Throwable> failure)
      implements AutoCloseable {

    static Attempt make() {
      try {
        return new Attempt(Optional.of(Siege.begin()), Optional.empty());
      } catch (RuntimeException | AssertionError e) {
        return new Attempt(Optional.empty(), Optional.of(e));
      }
    }

    Siege result() {
      return siege.orElseThrow(
          () -> new AssertionError("the siege did not begin", failure.orElseThrow()));
    }

    @Override
    public void close() {
      siege.ifPresent(Siege::close);
    }
  }
}
