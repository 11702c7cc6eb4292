package dev.lintel.cluster;

import dev.lintel.resource.Kind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Optional;

/**
 * Which objects are watched.
 *
 * @param name what they are called in messages
 * @param definition their group, version and plural
 * @param namespace the one namespace; empty for all
 * @param objectName the one object; empty for all
 * @param labels a label selector; empty for all
 */
record Selection(
    String name,
    ResourceDefinitionContext definition,
    Optional<String> namespace,
    Optional<String> objectName,
    String labels) {

  private static final String GATEWAY_PODS = "gateway.networking.k8s.io/gateway-name";
  private static final String OTHER_INGRESS_PODS =
      "istio=ingressgateway,!gateway.networking.k8s.io/gateway-name";
  private static final String ISTIOD = "app=istiod";
  private static final String KGATEWAY =
      "app.kubernetes.io/name in (kgateway, enterprise-kgateway)";

  /**
   * Returns what of a kind is watched: everything, but of Pods and Deployments, which are many,
   * only those that may matter.
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
      default -> List.of(labelled(kind, version, kind.plural(), ""));
    };
  }

  /** What is not built in is defined by a CustomResourceDefinition. */
  static boolean isBuiltIn(Kind kind) {
    return switch (kind) {
      case SERVICE, NAMESPACE, ENDPOINT_SLICE, NODE, POD, DEPLOYMENT -> true;
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
        new ResourceDefinitionContext.Builder()
            .withGroup("apiextensions.k8s.io")
            .withVersion("v1")
            .withKind("CustomResourceDefinition")
            .withPlural("customresourcedefinitions")
            .withNamespaced(false)
            .build(),
        Optional.empty(),
        Optional.of(kind.plural() + "." + kind.group()),
        "");
  }

  /** Returns a single ConfigMap. */
  static Selection configMap(String namespace, String name) {
    return new Selection(
        "ConfigMap " + namespace + "/" + name,
        new ResourceDefinitionContext.Builder()
            .withVersion("v1")
            .withKind("ConfigMap")
            .withPlural("configmaps")
            .withNamespaced(true)
            .build(),
        Optional.of(namespace),
        Optional.of(name),
        "");
  }

  /** Returns the request for these objects. */
  FilterWatchListDeletable<GenericKubernetesResource, GenericKubernetesResourceList, ?> in(
      KubernetesClient client) {
    var all = client.genericKubernetesResources(definition);
    var scoped = namespace.isPresent() ? all.inNamespace(namespace.get()) : all.inAnyNamespace();
    var labelled = labels.isEmpty() ? scoped : scoped.withLabelSelector(labels);
    return objectName.isPresent()
        ? labelled.withField("metadata.name", objectName.get())
        : labelled;
  }

  private static Selection labelled(Kind kind, String version, String name, String labels) {
    return new Selection(
        name,
        new ResourceDefinitionContext.Builder()
            .withGroup(kind.group())
            .withVersion(version)
            .withKind(kind.objectKind())
            .withPlural(kind.plural())
            .withNamespaced(kind.isNamespaced())
            .build(),
        Optional.empty(),
        Optional.empty(),
        labels);
  }
}
