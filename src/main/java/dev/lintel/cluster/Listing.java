package dev.lintel.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.resource.Kind;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.Resource;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Lists objects kind by kind, page by page, and keeps what rules read of them. */
final class Listing {

  private static final long PAGE = 500;

  private final KubernetesClient client;
  private final ObjectReader reader = new ObjectReader(new ObjectMapper());
  private final Map<String, Set<String>> served = new HashMap<>();
  private final List<Resource> resources = new ArrayList<>();
  private final List<String> unreadable = new ArrayList<>();

  Listing(KubernetesClient client) {
    this.client = client;
  }

  /** Returns what has been listed so far. */
  List<Resource> resources() {
    return resources;
  }

  /** Returns what is wrong with the objects that cannot be read. */
  List<String> unreadable() {
    return unreadable;
  }

  /**
   * Lists the objects of a kind; none if it is not installed.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException if the API server refuses, or
   *     does not answer
   */
  void list(Kind kind) {
    selections(kind).forEach(selection -> list(kind, selection));
  }

  private List<Selection> selections(Kind kind) {
    return Selection.isBuiltIn(kind)
        ? Selection.of(kind, kind.versions().getFirst())
        : kind.versions().stream()
            .filter(version -> served(kind.group() + "/" + version).contains(kind.plural()))
            .findFirst()
            .map(version -> Selection.of(kind, version))
            .orElse(List.of());
  }

  /** Everybody may ask what is served; who may read a definition is another matter. */
  private Set<String> served(String groupVersion) {
    return served.computeIfAbsent(
        groupVersion,
        key -> {
          APIResourceList found = client.getApiResources(key);
          return found == null
              ? Set.of()
              : found.getResources().stream().map(APIResource::getName).collect(Collectors.toSet());
        });
  }

  private void list(Kind kind, Selection selection) {
    String next = "";
    do {
      GenericKubernetesResourceList page =
          selection
              .in(client)
              .list(
                  new ListOptionsBuilder()
                      .withLimit(PAGE)
                      .withContinue(next.isEmpty() ? null : next)
                      .build());
      for (GenericKubernetesResource object : page.getItems()) {
        try {
          resources.add(reader.read(kind, object));
        } catch (MalformedObjectException e) {
          unreadable.add(
              "%s cannot be read and does not count: %s"
                  .formatted(ObjectReader.ref(kind, object).spoken(), e.getMessage()));
        }
      }
      String token = page.getMetadata().getContinue();
      next = token == null ? "" : token;
    } while (!next.isEmpty());
  }
}
