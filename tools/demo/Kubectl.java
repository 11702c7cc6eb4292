import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.manifest.Manifest;
import dev.lintel.manifest.ManifestFiles;
import dev.lintel.manifest.Manifests;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Stands in for kubectl and the API server where there is none: sends one manifest to the webhook
 * as the API server would, and prints the answer as kubectl prints it.
 *
 * <p>usage: Kubectl.java URL CERTIFICATE STATE FILE; STATE is a folder with what exists already,
 * and takes what is accepted
 */
final class Kubectl {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Kubectl() {}

  public static void main(String[] arguments) throws Exception {
    URI webhook = URI.create(arguments[0]);
    Path state = Path.of(arguments[2]);
    Path file = Path.of(arguments[3]);
    Manifest manifest = Manifests.read(file.toString(), Files.readString(file)).getFirst();
    ObjectNode object = (ObjectNode) JSON.readTree(manifest.json());
    Optional<JsonNode> old = existing(state, manifest);
    JsonNode answer = post(webhook, Path.of(arguments[1]), review(manifest, object, old));
    System.exit(print(answer, object, old.isPresent(), state, file));
  }

  private static Optional<JsonNode> existing(Path state, Manifest manifest) throws Exception {
    Optional<JsonNode> found = Optional.empty();
    for (Manifest candidate : ManifestFiles.all(state)) {
      if (candidate.resource().isPresent()
          && candidate.resource().get().ref().equals(manifest.resource().orElseThrow().ref())) {
        found = Optional.of(JSON.readTree(candidate.json()));
      }
    }
    return found;
  }

  private static byte[] review(Manifest manifest, ObjectNode object, Optional<JsonNode> old)
      throws Exception {
    ObjectNode review = JSON.createObjectNode();
    review.put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
    ObjectNode request = review.putObject("request");
    String[] version = manifest.apiVersion().split("/");
    request.put("uid", UUID.randomUUID().toString());
    request
        .putObject("kind")
        .put("group", version.length == 1 ? "" : version[0])
        .put("version", version[version.length - 1])
        .put("kind", manifest.kindName());
    request.put("operation", old.isPresent() ? "UPDATE" : "CREATE");
    request.put("namespace", object.at("/metadata/namespace").asText());
    request.put("name", object.at("/metadata/name").asText());
    request.putObject("userInfo").put("username", "ann");
    request.set("object", object);
    old.ifPresent(before -> request.set("oldObject", before));
    return JSON.writeValueAsBytes(review);
  }

  private static JsonNode post(URI webhook, Path certificate, byte[] body) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream pem = Files.newInputStream(certificate)) {
      trusted.setCertificateEntry(
          "lintel", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(webhook)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofByteArray(body))
              .build();
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException("HTTP " + response.statusCode() + ": " + response.body());
      }
      return JSON.readTree(response.body()).path("response");
    }
  }

  private static int print(JsonNode answer, JsonNode object, boolean exists, Path state, Path file)
      throws Exception {
    answer.path("warnings").forEach(text -> System.out.println("Warning: " + text.asText()));
    String kind = object.path("kind").asText();
    String name = object.at("/metadata/name").asText();
    if (answer.path("allowed").asBoolean()) {
      String group =
          object.path("apiVersion").asText().contains("/")
              ? "." + object.path("apiVersion").asText().split("/")[0]
              : "";
      System.out.printf(
          "%s%s/%s %s%n",
          kind.toLowerCase(Locale.ROOT), group, name, exists ? "configured" : "created");
      Files.copy(file, state.resolve("zz-" + file.getFileName()));
      return 0;
    }
    List<String> causes =
        answer
            .at("/status/details/causes")
            .valueStream()
            .map(cause -> cause.path("field").asText() + ": " + cause.path("message").asText())
            .toList();
    System.out.printf(
        "The %s \"%s\" is invalid: %s%n",
        kind, name, causes.size() == 1 ? causes.getFirst() : "\n* " + String.join("\n* ", causes));
    return 1;
  }
}
