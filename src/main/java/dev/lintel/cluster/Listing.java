package dev.lintel.cluster;

import com.fasterxml.jackson.core.JsonParser;
import dev.lintel.report.Lines;
import dev.lintel.resource.JsonBody;
import dev.lintel.resource.Kind;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.resource.Resources;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Lists objects kind by kind, page by page, and keeps what rules read of them. */
final class Listing {

  private static final long PAGE = 500;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final KubernetesClient client;
  private final ApiServer api;
  private final Map<String, Set<String>> served = new HashMap<>();
  private final List<Resource> resources = new ArrayList<>();
  private final List<LiveCluster.Unreadable> unreadable = new ArrayList<>();

  Listing(KubernetesClient client) {
    this.client = client;
    this.api = new ApiServer(client);
  }

  /** Returns what has been listed so far. */
  List<Resource> resources() {
    return resources;
  }

  /** Returns the objects that cannot be read. */
  List<LiveCluster.Unreadable> unreadable() {
    return unreadable;
  }

  /**
   * Lists the objects of a kind; none if it is not installed.
   *
   * @throws IOException if the API server refuses, or does not answer
   */
  void list(Kind kind) throws IOException {
    try {
      list(kind, selections(kind));
    } catch (RefusedException e) {
      if (kind != Kind.DEPLOYMENT || e.code() != RefusedException.FORBIDDEN) {
        throw e;
      }
      // Whoever has Lintel's own rights may see them by their names only.
      list(
          kind,
          Selection.watched(
              kind, kind.versions().getFirst(), List.of(LintelConfig.CONTROLLERS.split(",", -1))));
    }
  }

  /**
   * Lists the objects of a kind in those of some namespaces where that is allowed.
   *
   * @return the namespaces of which they are known now
   * @throws IOException if the API server does not answer
   */
  List<String> list(Kind kind, Set<String> namespaces) throws IOException {
    List<String> known = new ArrayList<>();
    for (String namespace : namespaces) {
      try {
        if (kind == Kind.NAMESPACE) {
          get(namespace);
          known.add(namespace);
        } else if (kind.isNamespaced()) {
          list(kind, selections(kind).stream().map(found -> found.in(namespace)).toList());
          known.add(namespace);
        }
      } catch (RefusedException e) {
        if (e.code() != RefusedException.FORBIDDEN && e.code() != RefusedException.NOT_FOUND) {
          throw e;
        }
      }
    }
    return known;
  }

  /** Who may not list Namespaces may often see the own one. */
  private void get(String namespace) throws IOException {
    try (InputStream in = api.get(Selection.namespace(namespace), TIMEOUT, TIMEOUT)) {
      byte[] json = in.readAllBytes();
      try (JsonParser parser = new JsonBody(json, json.length).parser()) {
        resources.add(Resources.read(Kind.NAMESPACE, parser));
      }
    } catch (MalformedObjectException e) {
      unreadable.add(
          new LiveCluster.Unreadable(
              new ResourceRef(Kind.NAMESPACE, "", namespace),
              Lines.brief(String.valueOf(e.getMessage()))));
    }
  }

  private void list(Kind kind, List<Selection> selections) throws IOException {
    for (Selection selection : selections) {
      list(kind, selection);
    }
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

  private void list(Kind kind, Selection selection) throws IOException {
    String next = "";
    do {
      try (InputStream in = api.get(selection.list(PAGE, next), TIMEOUT, TIMEOUT)) {
        next = Page.read(in, object -> read(kind, object), problem -> {}).next();
      }
    } while (!next.isEmpty());
  }

  private void read(Kind kind, WatchedObject object) {
    try (JsonParser parser = object.parser()) {
      resources.add(Resources.read(kind, parser));
    } catch (MalformedObjectException | IOException | RuntimeException e) {
      unreadable.add(
          new LiveCluster.Unreadable(
              object.id().ref(kind), Lines.brief(String.valueOf(e.getMessage()))));
    }
  }
}
