package dev.lintel.topology;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.Service;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The namespaces to which a host is exported: proxies of others have no rules for it
 * (docs/domain.md, 2.1).
 *
 * @param home the namespace of the object
 * @param exportTo as written; empty for everywhere
 */
record Visibility(String home, List<String> exportTo) {

  static Visibility of(Backend backend) {
    return new Visibility(
        backend.namespace(),
        switch (backend) {
          case Backend.OfService(var service, var host) -> written(service);
          case Backend.OfEntry(var entry, var host, var canonical) -> entry.exportTo();
        });
  }

  boolean isIn(String namespace) {
    return exportTo.isEmpty()
        || exportTo.contains("*")
        || exportTo.contains(namespace)
        || (exportTo.contains(".") && home.equals(namespace));
  }

  private static List<String> written(Service service) {
    return service.metadata().annotation(Keys.EXPORT_TO).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::strip)
        .filter(namespace -> !namespace.isEmpty())
        .collect(Collectors.toUnmodifiableList());
  }
}
