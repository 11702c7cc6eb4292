package dev.lintel.rule.serviceentry;

import dev.lintel.resource.ServiceEntry;

/** Reads {@code spec.exportTo} of ServiceEntries as sidecars do. */
final class Exports {

  private Exports() {}

  /** Tells whether some namespace sees both entries. */
  static boolean overlap(ServiceEntry one, ServiceEntry other) {
    return reachesOneOf(one, other) || reachesOneOf(other, one);
  }

  private static boolean reachesOneOf(ServiceEntry entry, ServiceEntry other) {
    return other.exportTo().isEmpty()
        || other.exportTo().contains("*")
        || other.exportTo().stream()
            .map(to -> to.equals(".") ? other.namespace() : to)
            .anyMatch(entry::isExportedTo);
  }
}
