package dev.lintel.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What the Deployment that is shipped gives to a process.
 *
 * @param memory how many bytes it may take
 * @param environment its variables, but for those that say where its certificate is
 * @param preStop how long a Pod that is to end waits before its process is told
 * @param grace how long a Pod has from then on until its process is killed
 */
record ShippedDeployment(
    long memory, Map<String, String> environment, Duration preStop, Duration grace) {

  private static final Path FILE = Path.of("deploy/kustomize/base/deployment.yaml");
  private static final String CERTIFICATE = "QUARKUS_TLS_LINTEL_KEY_STORE";
  private static final String MEBIBYTES = "Mi";

  /** Reads the Deployment. */
  static ShippedDeployment read() {
    try {
      Object document =
          new Load(LoadSettings.builder().build()).loadFromString(Files.readString(FILE));
      JsonNode pod = new ObjectMapper().<JsonNode>valueToTree(document).at("/spec/template/spec");
      JsonNode container = pod.at("/containers/0");
      Map<String, String> environment = new HashMap<>();
      for (JsonNode variable : container.path("env")) {
        String name = variable.path("name").asText();
        if (!name.startsWith(CERTIFICATE)) {
          environment.put(name, variable.path("value").asText());
        }
      }
      return new ShippedDeployment(
          bytes(container.at("/resources/limits/memory").asText()),
          Map.copyOf(environment),
          Duration.ofSeconds(container.at("/lifecycle/preStop/sleep/seconds").asLong()),
          Duration.ofSeconds(pod.path("terminationGracePeriodSeconds").asLong()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long bytes(String quantity) {
    if (!quantity.endsWith(MEBIBYTES)) {
      throw new AssertionError("a limit in MiB was expected in " + FILE + ": " + quantity);
    }
    return Long.parseLong(quantity.substring(0, quantity.length() - MEBIBYTES.length())) << 20;
  }
}
