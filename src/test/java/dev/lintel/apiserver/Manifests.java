package dev.lintel.apiserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/** What the tests write: the files of the folder {@code apiserver}, and small objects. */
final class Manifests {

  private Manifests() {}

  /**
   * Returns a file's text.
   *
   * @param values what takes the place of {@code ${name}}, by name
   */
  static String read(String file, Map<String, String> values) {
    try (InputStream in =
        Objects.requireNonNull(Manifests.class.getResourceAsStream("/apiserver/" + file), file)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (Map.Entry<String, String> value : values.entrySet()) {
        text = text.replace("${" + value.getKey() + "}", value.getValue());
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a Service with a traffic distribution in its annotation. */
  static String service(String namespace, String name, String distribution) {
    return """
    apiVersion: v1
    kind: Service
    metadata:
      name: %s
      namespace: %s
      annotations:
        networking.istio.io/traffic-distribution: %s
    spec:
      selector: {app: %s}
      ports: [{name: http, port: 8080}]
    """
        .formatted(name, namespace, distribution, name);
  }

  /**
   * Returns a DestinationRule.
   *
   * @param more further fields of its {@code spec}, as lines of YAML in the flow style
   * @param balancer how it balances load, which is what two rules differ in
   */
  static String destinationRule(String namespace, String name, String more, String balancer) {
    return """
    apiVersion: networking.istio.io/v1
    kind: DestinationRule
    metadata: {name: %s, namespace: %s}
    spec:
      %s
      trafficPolicy: {loadBalancer: {simple: %s}}
    """
        .formatted(name, namespace, more, balancer);
  }

  /** Returns the policy's ConfigMap with some keys of the document. */
  static String policy(String keys) {
    String document = "apiVersion: lintel.dev/v1\nkind: Policy\n" + keys + "\n";
    return """
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: lintel-policy
      namespace: lintel-system
      labels:
        lintel.dev/policy: "true"
    data:
      policy.yaml: |
    """
        + document.indent(4);
  }
}
