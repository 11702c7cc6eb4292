package dev.lintel.cluster;

import dev.lintel.resource.Kind;
import dev.lintel.resource.MeshConfig;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which objects are listed and watched.
 *
 * @param name what they are called in messages
 * @param path where they are, as the API server's path
 * @param objectName the one name that they have; empty for all
 * @param labels a label selector; empty for all
 */
record Selection(String name, String path, Optional<String> objectName, String labels) {

  private static final String GATEWAY_PODS = "gateway.networking.k8s.io/gateway-name";
  private static final String OTHER_INGRESS_PODS =
      "istio=ingressgateway,!gateway.networking.k8s.io/gateway-name";
  private static final String ISTIOD = "app=istiod";
  private static final String KGATEWAY =
      "app.kubernetes.io/name in (kgateway, enterprise-kgateway)";

  /**
   * Returns what of a kind is read: everything, but of Pods, Deployments and ConfigMaps, which are
   * many, only those that may matter.
   *
   * @param version a version that is served
   */
  static List<Selection> of(Kind kind, String version) {
    return switch (kind) {
      case POD ->
          List.of(
              labelled(kind, version, "Pods of Gateways", GATEWAY_PODS),
              labelled(
                  kind, version, "Pods of Istio's other ingress gateways", OTHER_INGRESS_PODS));
      case DEPLOYMENT ->
          List.of(
              labelled(kind, version, "Deployments of istiod", ISTIOD),
              labelled(kind, version, "Deployments of kgateway", KGATEWAY));
      case CONFIG_MAP ->
          List.of(
              new Selection(
                  "ConfigMaps named " + MeshConfig.NAME,
                  path(kind, version),
                  Optional.of(MeshConfig.NAME),
                  ""));
      case SERVICE,
          SERVICE_ENTRY,
          DESTINATION_RULE,
          NAMESPACE,
          GATEWAY_CLASS,
          GATEWAY,
          HTTP_ROUTE,
          GRPC_ROUTE,
          TCP_ROUTE,
          TLS_ROUTE,
          REFERENCE_GRANT,
          LISTENER_SET,
          X_LISTENER_SET,
          BACKEND_CONFIG_POLICY,
          BACKEND_TLS_POLICY,
          VIRTUAL_SERVICE,
          WORKLOAD_ENTRY,
          SEGMENT,
          ENDPOINT_SLICE,
          NODE ->
          List.of(labelled(kind, version, kind.plural(), ""));
    };
  }

  /**
   * Returns what of a kind is watched: as {@link #of}, but Deployments are known by their names,
   * because rights can be narrowed to names and not to labels.
   *
   * @param controllers names of Deployments
   */
  static List<Selection> watched(Kind kind, String version, List<String> controllers) {
    return kind == Kind.DEPLOYMENT
        ? controllers.stream()
            .distinct()
            .map(
                controller ->
                    new Selection(
                        "Deployments named " + controller,
                        path(kind, version),
                        Optional.of(controller),
                        ""))
            .toList()
        : of(kind, version);
  }

  /** What is not built in is defined by a CustomResourceDefinition. */
  static boolean isBuiltIn(Kind kind) {
    return switch (kind) {
      case SERVICE, NAMESPACE, ENDPOINT_SLICE, NODE, POD, DEPLOYMENT, CONFIG_MAP -> true;
      case SERVICE_ENTRY,
          DESTINATION_RULE,
          GATEWAY_CLASS,
          GATEWAY,
          HTTP_ROUTE,
          GRPC_ROUTE,
          TCP_ROUTE,
          TLS_ROUTE,
          REFERENCE_GRANT,
          LISTENER_SET,
          X_LISTENER_SET,
          BACKEND_CONFIG_POLICY,
          BACKEND_TLS_POLICY,
          VIRTUAL_SERVICE,
          WORKLOAD_ENTRY,
          SEGMENT ->
          false;
    };
  }

  /** Returns the definition of a kind that is not built in. */
  static Selection definitionOf(Kind kind) {
    return new Selection(
        "definition of " + kind.plural(),
        "apis/apiextensions.k8s.io/v1/customresourcedefinitions",
        Optional.of(kind.plural() + "." + kind.group()),
        "");
  }

  /** Returns a single ConfigMap. */
  static Selection configMap(String namespace, String name) {
    return new Selection(
        "ConfigMap " + namespace + "/" + name,
        "api/v1/namespaces/%s/configmaps".formatted(encoded(namespace)),
        Optional.of(name),
        "");
  }

  /** Returns the path of a Namespace. */
  static String namespace(String name) {
    return "%s/%s".formatted(path(Kind.NAMESPACE, "v1"), encoded(name));
  }

  /** Returns the same of one namespace. */
  Selection in(String namespace) {
    int plural = path.lastIndexOf('/') + 1;
    String own =
        "%snamespaces/%s/%s"
            .formatted(path.substring(0, plural), encoded(namespace), path.substring(plural));
    return new Selection(name, own, objectName, labels);
  }

  /** Returns path and query of the one object that has the name, if the path is of a namespace. */
  String object() {
    return path + "/" + encoded(objectName.orElseThrow());
  }

  /**
   * Returns path and query of a list.
   *
   * @param pageSize how many objects are asked for at once
   * @param next what the page before says; empty for the first one
   */
  String list(long pageSize, String next) {
    return "%s?limit=%d%s%s"
        .formatted(path, pageSize, next.isEmpty() ? "" : "&continue=" + encoded(next), selectors());
  }

  /**
   * Returns path and query of a watch.
   *
   * @param version from which on it tells what happens
   * @param duration after which the API server ends it
   */
  String watch(String version, Duration duration) {
    return "%s?watch=true&allowWatchBookmarks=true&resourceVersion=%s&timeoutSeconds=%d%s"
        .formatted(path, encoded(version), duration.toSeconds(), selectors());
  }

  private String selectors() {
    return objectName.map(found -> "&fieldSelector=metadata.name%3D" + encoded(found)).orElse("")
        + (labels.isEmpty() ? "" : "&labelSelector=" + encoded(labels));
  }

  private static Selection labelled(Kind kind, String version, String name, String labels) {
    return new Selection(name, path(kind, version), Optional.empty(), labels);
  }

  private static String path(Kind kind, String version) {
    return kind.group().isEmpty()
        ? "api/%s/%s".formatted(version, kind.plural())
        : "apis/%s/%s/%s".formatted(kind.group(), version, kind.plural());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
