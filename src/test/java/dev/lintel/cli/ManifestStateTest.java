package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests do not hold what controllers fill in: that it is absent there tells nothing. */
class ManifestStateTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final String PLATFORM =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: shop, labels: {istio.io/dataplane-mode: ambient}}
      ---
      apiVersion: v1
      kind: Namespace
      metadata: {name: edge, labels: {istio.io/dataplane-mode: ambient}}
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: front, namespace: edge}
      spec:
        gatewayClassName: kgateway
        listeners:
          - {name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      metadata: {name: shop, namespace: shop}
      spec:
        parentRefs: [{name: front, namespace: edge}]
        rules:
          - backendRefs: [{name: a, port: 80}, {name: b, port: 80}, {name: c, port: 80}]
      """;
  private static final String WAYPOINT =
      """
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: waypoint, namespace: shop}
      spec:
        gatewayClassName: istio-waypoint
        listeners: [{name: mesh, port: 15008, protocol: HBONE}]
      """;
  private static final String PROGRAMMED =
      WAYPOINT + "status: {addresses: [{type: IPAddress, value: 10.96.3.3}]}\n";
  private static final String PENDING =
      WAYPOINT + "status: {conditions: [{type: Programmed, status: Unknown}]}\n";

  @TempDir Path root;
  private Path git;
  private Path state;

  @BeforeEach
  void makeFolders() throws Exception {
    git = Files.createDirectory(root.resolve("git"));
    state = Files.createDirectory(root.resolve("state"));
    for (String name : List.of("a", "b", "c")) {
      put(git, name, service(name));
    }
  }

  @Test
  void aWaypointFromGitIsAssumedToWork() throws Exception {
    put(git, "platform", PLATFORM);
    put(git, "waypoint", WAYPOINT);
    assertThat(check()).containsExactly("WP-007 a", "WP-007 b", "WP-007 c");
  }

  @Test
  void aStatusThatGeneratorsLeaveEmptySaysNothing() throws Exception {
    put(git, "platform", PLATFORM);
    put(git, "waypoint", WAYPOINT + "status: {}\n");
    assertThat(check()).containsExactly("WP-007 a", "WP-007 b", "WP-007 c");
  }

  @Test
  void aManifestWithoutStatusKeepsTheOneThatIsKnown() throws Exception {
    put(git, "waypoint", WAYPOINT);
    put(state, "platform", PLATFORM);
    put(state, "waypoint", PROGRAMMED);
    assertThat(checkBesideState()).containsExactly("WP-007 a", "WP-007 b", "WP-007 c");
    put(state, "waypoint", PENDING);
    assertThat(checkBesideState()).containsExactly("WP-001 a", "WP-001 b", "WP-001 c");
  }

  @Test
  void aFolderOfManifestsMayStandForTheCluster() throws Exception {
    put(state, "platform", PLATFORM);
    put(state, "waypoint", WAYPOINT);
    assertThat(checkBesideState()).containsExactly("WP-007 a", "WP-007 b", "WP-007 c");
  }

  @Test
  void explainTellsWhatIsAssumed() throws Exception {
    put(git, "platform", PLATFORM);
    put(git, "waypoint", WAYPOINT);
    assertThat(explained("svc/shop/a"))
        .contains(
            "ztunnel captures its Pods: its Namespace is in ambient mode, and manifests hold no"
                + " Pods [assumed]")
        .contains("(assumed to be programmed: its manifest has no status)")
        .doesNotContain("WP-001");
    assertThat(explained("gw/shop/waypoint"))
        .contains("a controller has programmed it (its manifest has no status) [assumed]");
  }

  @Test
  void theSameObjectTwiceIsTold() throws Exception {
    put(state, "platform", PLATFORM);
    put(state, "a-pending", PENDING);
    put(state, "z-git", WAYPOINT);
    Cli.Run run = run("-f", git + "", "--cluster-state", state + "");
    assertThat(codes(run)).containsExactly("WP-001 a", "WP-001 b", "WP-001 c");
    assertThat(run.err())
        .isEqualToNormalizingNewlines(
            "lintel: Gateway shop/waypoint is there twice, at %s:1:1 and at %s:1:1: the former"
                    .formatted(state.resolve("a-pending.yaml"), state.resolve("z-git.yaml"))
                + " counts, for it has a status, as the cluster's objects have\n");
  }

  @Test
  void ofTheSameObjectTwiceTheNewerOneCounts() throws Exception {
    put(state, "platform", PLATFORM);
    put(state, "a-new", PROGRAMMED.replace("{name: w", "{resourceVersion: '1000', name: w"));
    put(state, "z-old", PENDING.replace("{name: w", "{resourceVersion: '999', name: w"));
    Cli.Run run = run("-f", git + "", "--cluster-state", state + "");
    assertThat(codes(run)).containsExactly("WP-007 a", "WP-007 b", "WP-007 c");
    assertThat(run.err()).contains("a-new.yaml:1:1 and at", "its resourceVersion is newer");
  }

  /** Returns an explanation in one line: text is broken where it is long. */
  private String explained(String object) {
    return Cli.run("explain", object, "-f", git + "").out().replaceAll("\\s+", " ");
  }

  private List<String> check() throws Exception {
    return codes(run("-f", git + ""));
  }

  private List<String> checkBesideState() throws Exception {
    return codes(run("-f", git + "", "--cluster-state", state + ""));
  }

  private static Cli.Run run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("check", "-o", "json"));
    all.addAll(List.of(arguments));
    return Cli.run(all.toArray(String[]::new));
  }

  private static List<String> codes(Cli.Run run) throws Exception {
    List<String> codes = new ArrayList<>();
    for (JsonNode verdict : MAPPER.readTree(run.out()).path("verdicts")) {
      for (JsonNode finding : verdict.path("findings")) {
        String name = finding.at("/subject/name").asText();
        codes.add(finding.path("code").asText() + " " + name);
      }
    }
    return codes;
  }

  private static String service(String name) {
    return """
        apiVersion: v1
        kind: Service
        metadata: {name: %s, namespace: shop, labels: {istio.io/use-waypoint: waypoint}}
        spec: {ports: [{name: http, port: 80}]}
        """
        .formatted(name);
  }

  private static void put(Path folder, String name, String text) throws Exception {
    Files.writeString(folder.resolve(name + ".yaml"), text);
  }
}
