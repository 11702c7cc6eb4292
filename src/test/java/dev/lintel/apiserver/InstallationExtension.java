package dev.lintel.apiserver;

import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.support.TypeBasedParameterResolver;

/** Hands out the one complete installation, which ends with the last test. */
final class InstallationExtension extends TypeBasedParameterResolver<Installation> {

  @Override
  public Installation resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(Installation.class))
        .computeIfAbsent(Attempt.class, key -> Attempt.make(), Attempt.class)
        .result();
  }

  /** Made once: where it fails for the first test, the others need not wait for the same. */
  private record Attempt(Optional<Installation> installation, Optional<Throwable> failure)
      implements AutoCloseable {

    static Attempt make() {
      try {
        return new Attempt(Optional.of(Installation.complete("shared")), Optional.empty());
      } catch (RuntimeException | AssertionError e) {
        return new Attempt(Optional.empty(), Optional.of(e));
      }
    }

    Installation result() {
      return installation.orElseThrow(
          () -> new AssertionError("the installation failed", failure.orElseThrow()));
    }

    @Override
    public void close() {
      installation.ifPresent(Installation::close);
    }
  }
}
