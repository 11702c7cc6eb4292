package dev.lintel.cluster;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Manifests of a cluster of any size, as people keep them: a hundred Services to a namespace, each
 * with an EndpointSlice, a DestinationRule for every fifth and a route for every twentieth.
 */
public final class GeneratedFolder {

  private static final int SERVICES_PER_NAMESPACE = 100;

  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata:
        name: service-%1$d
        namespace: team-%2$d
        labels:
          app: service-%1$d
          app.kubernetes.io/name: service-%1$d
          app.kubernetes.io/part-of: shop
        annotations:
          example.com/owner: team-%2$d
      spec:
        type: ClusterIP
        clusterIP: 10.1.%3$d.%4$d
        clusterIPs: [10.1.%3$d.%4$d]
        selector:
          app: service-%1$d
        ports:
          - name: http
            port: 8080
            targetPort: 8080
            protocol: TCP
          - name: metrics
            port: 9090
            targetPort: metrics
            protocol: TCP
      ---
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata:
        name: service-%1$d-abcde
        namespace: team-%2$d
        labels:
          kubernetes.io/service-name: service-%1$d
      addressType: IPv4
      endpoints:
        - addresses: [10.2.%3$d.%4$d]
          nodeName: node-1
          zone: zone-a
          conditions: {ready: true, serving: true, terminating: false}
          targetRef: {kind: Pod, name: service-%1$d-0, namespace: team-%2$d}
        - addresses: [10.3.%3$d.%4$d]
          nodeName: node-2
          zone: zone-b
          conditions: {ready: true, serving: true, terminating: false}
          targetRef: {kind: Pod, name: service-%1$d-1, namespace: team-%2$d}
      ports:
        - {name: http, port: 8080, protocol: TCP}
        - {name: metrics, port: 9090, protocol: TCP}
      """;

  private static final String RULE =
      """
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: rule-%1$d
        namespace: team-%2$d
      spec:
        host: service-%1$d.team-%2$d.svc.cluster.local
        trafficPolicy:
          outlierDetection: {consecutive5xxErrors: 5, interval: 10s, baseEjectionTime: 30s}
      """;

  private static final String ROUTE =
      """
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      metadata:
        name: route-%1$d
        namespace: team-%2$d
      spec:
        parentRefs:
          - {name: front, namespace: edge}
        hostnames: [host-%1$d.example.com]
        rules:
          - backendRefs: [{name: service-%1$d, port: 8080}]
      """;

  private static final String NAMESPACE =
      """
      apiVersion: v1
      kind: Namespace
      metadata:
        name: team-%2$d
        labels: {istio.io/dataplane-mode: ambient}
      """;

  private final int services;

  /**
   * Creates a cluster.
   *
   * @param services how many, a multiple of 100
   */
  public GeneratedFolder(int services) {
    this.services = services;
  }

  /** Writes a file for each namespace. */
  public void writeFiles(Path folder) throws IOException {
    for (int first = 0; first < services; first += SERVICES_PER_NAMESPACE) {
      try (Writer file = Files.newBufferedWriter(folder.resolve("team-%d.yaml".formatted(first)))) {
        writeNamespace(file, first);
      }
    }
  }

  /** Writes one file of many documents. */
  public void writeFile(Path file) throws IOException {
    try (Writer text = Files.newBufferedWriter(file)) {
      for (int first = 0; first < services; first += SERVICES_PER_NAMESPACE) {
        writeNamespace(text, first);
      }
    }
  }

  /** Writes one list, as kubectl does: what it is stands at its end. */
  public void writeList(Path file) throws IOException {
    try (Writer text = Files.newBufferedWriter(file)) {
      text.write("apiVersion: v1\nitems:\n");
      for (int number = 0; number < services; number++) {
        for (String object : written(SERVICE, number).split("---\n")) {
          text.write(("- " + object.strip().replace("\n", "\n  ") + "\n"));
        }
      }
      text.write("kind: List\nmetadata: {resourceVersion: \"\"}\n");
    }
  }

  private static void writeNamespace(Writer text, int first) throws IOException {
    text.write(written(NAMESPACE, first));
    for (int number = first; number < first + SERVICES_PER_NAMESPACE; number++) {
      text.write("---\n" + written(SERVICE, number));
      if (number % 5 == 0) {
        text.write("---\n" + written(RULE, number));
      }
      if (number % 20 == 0) {
        text.write("---\n" + written(ROUTE, number));
      }
    }
    text.write("---\n");
  }

  private static String written(String object, int number) {
    return object.formatted(
        number, number / SERVICES_PER_NAMESPACE, number >> 8 & 255, number & 255);
  }
}
