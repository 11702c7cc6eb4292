package dev.lintel.apiserver;

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
        .computeIfAbsent(
            Installation.class, key -> Installation.complete("shared"), Installation.class);
  }
}
