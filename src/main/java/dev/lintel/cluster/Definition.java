package dev.lintel.cluster;

import dev.lintel.resource.Kind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads which versions a CustomResourceDefinition serves. */
final class Definition {

  private Definition() {}

  /** Returns the version to ask for: the first of the kind's that is served; empty if none is. */
  static Optional<String> version(Kind kind, GenericKubernetesResource definition) {
    if (!isEstablished(definition)) {
      return Optional.empty();
    }
    Set<String> served =
        maps(definition.get("spec", "versions"))
            .filter(version -> Boolean.TRUE.equals(version.get("served")))
            .map(version -> String.valueOf(version.get("name")))
            .collect(Collectors.toSet());
    return kind.versions().stream().filter(served::contains).findFirst();
  }

  private static boolean isEstablished(GenericKubernetesResource definition) {
    return maps(definition.get("status", "conditions"))
        .anyMatch(
            condition ->
                "Established".equals(condition.get("type"))
                    && "True".equals(condition.get("status")));
  }

  private static Stream<Map<?, ?>> maps(Object list) {
    return list instanceof List<?> elements
        ? elements.stream().filter(Map.class::isInstance).map(element -> (Map<?, ?>) element)
        : Stream.of();
  }
}
