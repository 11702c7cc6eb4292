package dev.lintel.topology;

import dev.lintel.mesh.HostName;
import dev.lintel.mesh.Kgateway;
import dev.lintel.mesh.Release;
import dev.lintel.mesh.Since;
import dev.lintel.resource.BackendConfigPolicy;
import dev.lintel.resource.BackendConfigPolicy.Selector;
import dev.lintel.resource.LabelSelector;
import dev.lintel.resource.Resource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds kgateway's BackendConfigPolicies for a backend (docs/domain.md, 4.4). */
final class BackendPolicies {

  private BackendPolicies() {}

  /** Tells whether a kgateway knows zone awareness: it does unless it is known to be too old. */
  static boolean knowsZoneAware(Kgateway kgateway) {
    return !Since.ZONE_AWARE_POLICY.isKnownToLack(kgateway.release().flatMap(Release::version));
  }

  static List<BackendConfigPolicy> of(Indexes indexes, Backend backend) {
    Stream<BackendConfigPolicy> named =
        keys(backend).flatMap(key -> indexes.policiesByTarget().find(key));
    Stream<BackendConfigPolicy> selecting =
        indexes
            .policiesBySelection()
            .find(backend.namespace())
            .filter(policy -> policy.selectors().stream().anyMatch(s -> maySelect(s, backend)));
    return Stream.concat(named, selecting)
        .distinct()
        .sorted(Comparator.comparing(Resource::key))
        .toList();
  }

  /** Tells whether a policy that may be for a backend certainly is: its labels are all known. */
  static boolean isCertain(Indexes indexes, BackendConfigPolicy policy, Backend backend) {
    return keys(backend)
            .flatMap(key -> indexes.policiesByTarget().find(key))
            .anyMatch(named -> named.key().equals(policy.key()))
        || policy.selectors().stream()
            .filter(selector -> maySelect(selector, backend))
            .anyMatch(
                selector ->
                    LabelSelector.containsAll(backend.metadata().labels(), selector.matchLabels()));
  }

  private static Stream<BackendKey> keys(Backend backend) {
    HostName host = backend.host();
    return switch (backend) {
      case Backend.OfService(var service, _) ->
          Stream.of(BackendKey.service(service.namespace(), service.name()));
      case Backend.OfEntry(var entry, _, _) ->
          Stream.of(
              BackendKey.entry(entry.namespace(), entry.name()), BackendKey.hostname(host.value()));
    };
  }

  /** Labels that the reader drops are not known to differ; a policy in doubt counts. */
  private static boolean maySelect(Selector selector, Backend backend) {
    Resource resource = backend.resource();
    Map<String, String> labels = resource.metadata().labels();
    return selector.group().equals(resource.kind().group())
        && selector.kind().equals(resource.kind().objectKind())
        && selector.matchLabels().entrySet().stream()
            .allMatch(
                wanted ->
                    wanted
                        .getValue()
                        .equals(labels.getOrDefault(wanted.getKey(), wanted.getValue())));
  }
}
