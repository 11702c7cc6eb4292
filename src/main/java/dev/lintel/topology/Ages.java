package dev.lintel.topology;

import dev.lintel.resource.Resource;
import java.util.Comparator;

/** Orders that make answers repeatable. */
final class Ages {

  private Ages() {}

  /** By time of creation, then by name, then by namespace: how istiod and kgateway break ties. */
  static <R extends Resource> Comparator<R> oldestFirst() {
    return Comparator.<R, java.time.Instant>comparing(resource -> resource.metadata().created())
        .thenComparing(Resource::name)
        .thenComparing(Resource::namespace);
  }

  /** By text. */
  static Comparator<Object> byText() {
    return Comparator.comparing(Object::toString);
  }
}
