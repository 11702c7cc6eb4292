package dev.lintel.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that an informer has to remember: which objects it has seen, and in which version. The
 * objects themselves are in the topology, reduced to what rules read.
 */
final class VersionStore implements ItemStore<GenericKubernetesResource> {

  private final Map<String, String> versions = new ConcurrentHashMap<>();

  @Override
  public String getKey(GenericKubernetesResource object) {
    return Cache.metaNamespaceKeyFunc(object);
  }

  @Override
  public @Nullable GenericKubernetesResource put(String key, GenericKubernetesResource object) {
    String version = object.getMetadata().getResourceVersion();
    return restore(key, versions.put(key, version == null ? "" : version));
  }

  @Override
  public @Nullable GenericKubernetesResource remove(String key) {
    return restore(key, versions.remove(key));
  }

  @Override
  public Stream<String> keySet() {
    return versions.keySet().stream();
  }

  @Override
  public Stream<GenericKubernetesResource> values() {
    return versions.entrySet().stream().map(entry -> reduced(entry.getKey(), entry.getValue()));
  }

  @Override
  public int size() {
    return versions.size();
  }

  @Override
  public @Nullable GenericKubernetesResource get(String key) {
    return restore(key, versions.get(key));
  }

  /** With only a part of the state, the informer hands on what it receives and not what is here. */
  @Override
  public boolean isFullState() {
    return false;
  }

  private static @Nullable GenericKubernetesResource restore(String key, @Nullable String version) {
    return version == null ? null : reduced(key, version);
  }

  private static GenericKubernetesResource reduced(String key, String version) {
    int slash = key.indexOf('/');
    ObjectMetaBuilder metadata =
        new ObjectMetaBuilder().withName(key.substring(slash + 1)).withResourceVersion(version);
    if (slash >= 0) {
      metadata.withNamespace(key.substring(0, slash));
    }
    GenericKubernetesResource object = new GenericKubernetesResource();
    object.setMetadata(metadata.build());
    return object;
  }
}
