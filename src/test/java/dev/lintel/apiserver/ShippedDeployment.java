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
 * @param environment its variables
 * @param preStop how long a Pod that is to end waits before its process is told
 * @param grace how long a Pod has from then on until its process is killed
 */
record ShippedDeployment(
    long memory, Map<String, String> environment, Duration preStop, Duration grace) {

  private static final Path FILE = Path.of("deploy/kustomize/base/deployment.yaml");
  private static final String MEBIBYTES = "Mi";

  /** Reads the Deployment that all overlays have in common. */
  static ShippedDeployment read() {
    try {
      return of(Files.readString(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the Deployment among the manifests of an overlay. */
  static ShippedDeployment of(String manifests) {
    for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(manifests)) {
      JsonNode object = new ObjectMapper().valueToTree(document);
      if (object.path("kind").asText().equals("Deployment")) {
        return of(object);
      }
    }
    throw new AssertionError("there is no Deployment");
  }

  private static ShippedDeployment of(JsonNode deployment) {
    JsonNode pod = deployment.at("/spec/template/spec");
    JsonNode container = pod.at("/containers/0");
    Map<String, String> environment = new HashMap<>();
    for (JsonNode variable : container.path("env")) {
      environment.put(variable.path("name").asText(), value(variable));
    }
    return new ShippedDeployment(
        bytes(container.at("/resources/limits/memory").asText()),
        Map.copyOf(environment),
        Duration.ofSeconds(container.at("/lifecycle/preStop/sleep/seconds").asLong()),
        Duration.ofSeconds(pod.path("terminationGracePeriodSeconds").asLong()));
  }

  private static String value(JsonNode variable) {
    return switch (variable.at("/valueFrom/fieldRef/fieldPath").asText()) {
      case "" -> variable.path("value").asText();
      case "metadata.namespace" -> Installation.NAMESPACE;
      default -> throw new AssertionError("a variable of an unknown field: " + variable);
    };
  }

  private static long bytes(String quantity) {
    if (!quantity.endsWith(MEBIBYTES)) {
      throw new AssertionError("a limit in MiB was expected in " + FILE + ": " + quantity);
    }
    return Long.parseLong(quantity.substring(0, quantity.length() - MEBIBYTES.length())) << 20;
  }
}
