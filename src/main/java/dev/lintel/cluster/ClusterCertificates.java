package dev.lintel.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The Secret and the webhook configuration of the cluster. */
final class ClusterCertificates implements CertificateStore {

  private static final String MANAGER = "lintel";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KubernetesClient client;
  private final String namespace;
  private final String name;

  /**
   * Creates a store; nothing is asked for.
   *
   * @param name that of the Secret
   */
  ClusterCertificates(KubernetesClient client, String namespace, String name) {
    this.client = client;
    this.namespace = namespace;
    this.name = name;
  }

  @Override
  public String secretName() {
    return "Secret " + namespace + "/" + name;
  }

  @Override
  public Stored read() {
    Secret secret = client.secrets().inNamespace(namespace).withName(name).get();
    if (secret == null) {
      return new Stored(Optional.empty(), Map.of());
    }
    Map<String, String> texts = new HashMap<>();
    if (secret.getData() != null) {
      secret.getData().forEach((key, value) -> decoded(value).ifPresent(t -> texts.put(key, t)));
    }
    return new Stored(Optional.of(secret.getMetadata().getResourceVersion()), Map.copyOf(texts));
  }

  @Override
  public void write(Stored before, Map<String, String> texts) {
    Map<String, String> data = new HashMap<>();
    texts.forEach((key, text) -> data.put(key, encoded(text)));
    if (before.version().isEmpty()) {
      client
          .resource(
              new SecretBuilder()
                  .withNewMetadata()
                  .withNamespace(namespace)
                  .withName(name)
                  .endMetadata()
                  .withType("Opaque")
                  .withData(data)
                  .build())
          .create();
      return;
    }
    ObjectNode patch = JSON.createObjectNode();
    patch.putObject("metadata").put("resourceVersion", before.version().get());
    ObjectNode fields = patch.putObject("data");
    data.forEach(fields::put);
    client
        .secrets()
        .inNamespace(namespace)
        .withName(name)
        .patch(how(PatchType.JSON_MERGE), patch.toString());
  }

  @Override
  public Optional<Believed> believed() {
    return Optional.ofNullable(configuration().get())
        .map(
            found ->
                new Believed(
                    found.getMetadata().getResourceVersion(),
                    found.getWebhooks().stream().map(ClusterCertificates::bundle).toList()));
  }

  @Override
  public void believe(Believed before, String authorities) {
    ArrayNode patch = JSON.createArrayNode();
    add(patch, "/metadata/resourceVersion", before.version());
    for (int i = 0; i < before.bundles().size(); i++) {
      add(patch, "/webhooks/%d/clientConfig/caBundle".formatted(i), encoded(authorities));
    }
    configuration().patch(how(PatchType.JSON), patch.toString());
  }

  private Resource<ValidatingWebhookConfiguration> configuration() {
    return client
        .admissionRegistration()
        .v1()
        .validatingWebhookConfigurations()
        .withName(CONFIGURATION);
  }

  private static String bundle(ValidatingWebhook webhook) {
    String bundle = webhook.getClientConfig().getCaBundle();
    return bundle == null ? "" : decoded(bundle).orElse("");
  }

  private static void add(ArrayNode patch, String path, String value) {
    patch.addObject().put("op", "add").put("path", path).put("value", value);
  }

  private static PatchContext how(PatchType type) {
    return new PatchContext.Builder().withPatchType(type).withFieldManager(MANAGER).build();
  }

  private static Optional<String> decoded(String base64) {
    try {
      return Optional.of(
          new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
