package dev.lintel.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** {@code lintel check} against the objects and the policy of a cluster. */
@OnApiServer
@TestInstance(Lifecycle.PER_CLASS)
class CheckLiveIT {

  private final Installation installation = Installation.empty("check");
  private final Kubectl kubectl = installation.kubectl();
  @TempDir Path folder;

  @BeforeAll
  void theMeshIsThere() {
    installation.installDefinitions();
    kubectl.write(Manifests.read("mesh.yaml", Map.of()), "apply").succeeds();
    kubectl.run("create", "namespace", Installation.NAMESPACE).succeeds();
  }

  @AfterAll
  void stop() {
    installation.close();
  }

  @Test
  void theObjectsOfTheClusterCount() throws Exception {
    Shop shop = Shop.open(installation);
    shop.waypointIsReady();
    String labelled =
        shop.label("istio.io/use-waypoint=waypoint", "--dry-run=client", "-o=yaml").out();

    Cli.Run run = check(labelled, "-o", "json");

    assertThat(run.out())
        .contains("\"operation\" : \"UPDATE\"")
        .contains("WP-007", "Gateway " + shop.namespace() + "/front");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void aFolderComesOnTopOfTheCluster() throws Exception {
    String misspelt = Manifests.service("default", "known", "PreferClosest");
    Path state = Files.createDirectory(folder.resolve("state"));
    Files.writeString(state.resolve("known.yaml"), misspelt.replace("8080", "8081"));
    Cli.Run run = check(misspelt, "--cluster-state", state.toString(), "-o", "json");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("\"known\" : true");
  }

  @Test
  void aKindThatIsNotInstalledCountsAsAbsent() throws Exception {
    kubectl.run("delete", "crd", "segments.admin.solo.io").succeeds();
    assertThat(check(Manifests.service("default", "cart", "PreferClose")).code()).isZero();
  }

  @Test
  void thePolicyOfTheClusterIsInForceUnlessAnotherIsNamed() throws Exception {
    String misspelt = Manifests.service("default", "cart", "PreferClosest");
    assertThat(check(misspelt).code()).isEqualTo(79);
    kubectl.write(Manifests.policy("rules: {TD-001: warn}"), "apply").succeeds();
    assertThat(check(misspelt).code()).isZero();
    Path other = file("other.yaml", "{apiVersion: lintel.dev/v1, kind: Policy}");
    assertThat(check(misspelt, "--policy", other.toString()).code()).isEqualTo(79);
    kubectl.write(Manifests.policy("rules: {TD-001: loud}"), "apply").succeeds();
    Cli.Run run = check(misspelt);
    assertThat(run.code()).isEqualTo(65);
    assertThat(run.err())
        .startsWith("lintel: ConfigMap lintel-system/lintel-policy, policy.yaml:3:17: ")
        .contains("loud");
    kubectl.run("delete", "configmap", "lintel-policy", "-n", Installation.NAMESPACE).succeeds();
  }

  @Test
  void whoMayNotReadIsToldWhat() throws Exception {
    kubectl.run("create", "serviceaccount", "guest").succeeds();
    String token = kubectl.run("create", "token", "guest").succeeds().out().strip();
    String kubeconfig = Files.readString(kubectl.kubeconfig());
    String guest =
        file("guest", kubeconfig.replaceAll("token: \"[^\"]*\"", "token: \"" + token + "\""))
            .toString();
    String good = Manifests.service("default", "cart", "PreferClose");

    Cli.Run withoutPolicy = checkAs(guest, good);
    assertThat(withoutPolicy.code()).isEqualTo(65);
    assertThat(withoutPolicy.err())
        .contains(
            "lintel: no right to read ConfigMap lintel-system/lintel-policy: the built-in defaults"
                + " count; --policy names a file instead\n")
        .contains("lintel: no right to list anything at https://")
        .contains(", nor in namespace default; -n names another namespace\n");

    Path policy = file("policy.yaml", "{apiVersion: lintel.dev/v1, kind: Policy}");
    Cli.Run run = checkAs(guest, good, "--policy", policy.toString());
    assertThat(run.code()).isEqualTo(65);
    assertThat(run.err()).startsWith("lintel: no right to list anything").hasLineCount(1);
  }

  @Test
  void whoHasRightsInOneNamespaceGetsAnAnswer() throws Exception {
    Shop shop = Shop.open(installation);
    shop.waypointIsReady();
    String developer = developerOf(shop.namespace());
    String labelled =
        shop.label("istio.io/use-waypoint=waypoint", "--dry-run=client", "-o=yaml").out();

    Cli.Run run = checkAs(developer, labelled, "-o", "json");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("\"operation\" : \"UPDATE\"", "WP-007", "Gateway " + shop.namespace() + "/front")
        .containsPattern("\"uncertain\" : \\[[^]]*\"Gateway\"");
    assertThat(run.err().lines())
        .allMatch(line -> line.startsWith("lintel: "))
        .contains(
            "lintel: no right to list services of all namespaces: those outside %s are not known"
                .formatted(shop.namespace()),
            "lintel: no right to list namespaces of all namespaces: those outside %s are not known"
                .formatted(shop.namespace()),
            "lintel: no right to list nodes: which there are is not known");

    String misspelt = Manifests.service(shop.namespace(), "odd", "PreferClosest");
    assertThat(checkAs(developer, misspelt).code()).isEqualTo(79);
    Cli.Run scan =
        Cli.run("scan", "-n", shop.namespace(), "--kubeconfig", developer, "--fail-on", "warn");
    assertThat(scan.code()).as(scan.out()).isZero();
    assertThat(scan.out()).isEqualTo("1 object judged: 0 denied, 0 with warnings\n");
    Cli.Run explained =
        Cli.run("explain", "svc", shop.namespace() + "/cart", "--kubeconfig", developer);
    assertThat(explained.code()).as(explained.err()).isZero();
  }

  @Test
  void aClusterIsScannedWithoutFiles() throws Exception {
    Shop shop = Shop.open(installation);
    shop.waypointIsReady();
    shop.label("istio.io/use-waypoint=waypoint").succeeds();
    String kubeconfig = kubectl.kubeconfig().toString();

    Cli.Run scan = Cli.run("scan", "-n", shop.namespace(), "--kubeconfig", kubeconfig);
    assertThat(scan.out()).contains("[WP-007] on 1 Service: ", "    Service " + shop.namespace());

    Cli.Run json =
        Cli.run("scan", "-A", "--kubeconfig", kubeconfig, "--problems-only", "-o", "json");
    assertThat(json.out())
        .contains("\"operation\" : \"NONE\"", "\"WP-007\"")
        .doesNotContain("\"source\"");

    String applied = kubectl.run("get", "svc", "cart", "-n", shop.namespace(), "-o=yaml").out();
    Cli.Run unchanged = check(applied);
    assertThat(unchanged.code()).isZero();
    assertThat(unchanged.out()).contains(": warn [WP-007] ", ", unchanged\n", "1 unchanged\n");
    assertThat(Cli.run("scan", "-n", shop.namespace(), "--kubeconfig", kubeconfig).err()).isEmpty();
  }

  @Test
  void anUpgradeIsTriedOnTheObjectsOfTheCluster() throws Exception {
    Shop shop = Shop.open(installation);
    String kubeconfig = kubectl.kubeconfig().toString();
    Cli.Run diff =
        Cli.run("diff", "--kubeconfig", kubeconfig, "--as-if", "clusterDomain=corp.example");
    assertThat(diff.code()).as(diff.err()).isZero();
    assertThat(diff.out())
        .contains(
            "  cart.%s.svc.cluster.local\n    defined -> gone".formatted(shop.namespace()),
            "  cart.%s.svc.corp.example\n    not there -> defined".formatted(shop.namespace()),
            "[assumed] the platform is as if clusterDomain=corp.example");
  }

  @Test
  void assertionsAreHeldAgainstTheCluster() throws Exception {
    Shop shop = Shop.open(installation);
    String from = "{name: it, namespaces: [%s], onlyFrom: [%s]}";
    Path front =
        file(
            "front.yaml",
            assertions(from.formatted(shop.namespace(), shop.namespace() + "/front")));
    Path other = file("other.yaml", assertions(from.formatted(shop.namespace(), "edge/front")));
    String kubeconfig = kubectl.kubeconfig().toString();
    Cli.Run holds = Cli.run("assert", "-f", front.toString(), "--kubeconfig", kubeconfig);
    assertThat(holds.out()).as(holds.err()).startsWith("holds  it ");
    Cli.Run broken = Cli.run("assert", "-f", other.toString(), "--kubeconfig", kubeconfig);
    assertThat(broken.code()).isEqualTo(79);
    assertThat(broken.out()).contains("Gateway %s/front reaches it".formatted(shop.namespace()));

    String developer = developerOf(shop.namespace());
    Cli.Run partly =
        Cli.run(
            "assert", "-f", front.toString(), "-n", shop.namespace(), "--kubeconfig", developer);
    assertThat(partly.code()).as(partly.err()).isZero();
    assertThat(partly.out()).startsWith("untold it ").contains("not all are known: ", "HTTPRoute");
  }

  private static String assertions(String one) {
    return "{apiVersion: lintel.dev/v1, kind: Assertions, assertions: [%s]}".formatted(one);
  }

  /** Returns the kubeconfig of somebody who may read everything in one namespace. */
  private String developerOf(String namespace) throws Exception {
    kubectl
        .write(
            """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: developer, namespace: %1$s}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: developer, namespace: %1$s}
            rules: [{apiGroups: ["*"], resources: ["*"], verbs: [get, list]}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: developer, namespace: %1$s}
            subjects: [{kind: ServiceAccount, name: developer, namespace: %1$s}]
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: developer}
            """
                .formatted(namespace),
            "apply")
        .succeeds();
    String token =
        kubectl.run("create", "token", "developer", "-n", namespace).succeeds().out().strip();
    String kubeconfig = Files.readString(kubectl.kubeconfig());
    return file("developer", kubeconfig.replaceAll("token: \"[^\"]*\"", "token: \"" + token + "\""))
        .toString();
  }

  @Test
  void aCredentialThatIsNotAcceptedIsNamed() throws Exception {
    String kubeconfig = Files.readString(kubectl.kubeconfig());
    String stranger =
        file("stranger", kubeconfig.replaceAll("token: \"[^\"]*\"", "token: \"none\"")).toString();
    Cli.Run run = checkAs(stranger, Manifests.service("default", "cart", "PreferClose"));
    assertThat(run.code()).isEqualTo(65);
    assertThat(run.err()).contains("does not accept the credentials of the kubeconfig");
  }

  @Test
  void whoExplainsAnObjectThatCannotBeReadIsToldWhy() throws IOException {
    // These take what the real definitions do not, as earlier ones of them may have.
    kubectl.run("replace", "-f", "samples/crds/istio.yaml").succeeds();
    kubectl
        .write(
            """
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: bad, namespace: default}
            spec: {host: {a: b}}
            """,
            "create")
        .succeeds();
    try {
      Cli.Run run =
          Cli.run("explain", "dr/default/bad", "--kubeconfig", kubectl.kubeconfig().toString());
      assertThat(run.code()).isEqualTo(65);
      assertThat(run.err())
          .contains(
              "DestinationRule default/bad cannot be explained: spec.host: expected text, found an"
                  + " object");
    } finally {
      kubectl.run("delete", "destinationrule", "bad").succeeds();
    }
  }

  @Test
  void lintelsOwnRightsAreEnoughToCheck() throws Exception {
    kubectl.run("apply", "-f", "deploy/kustomize/base/service-account.yaml").succeeds();
    kubectl.run("apply", "-f", "deploy/kustomize/base/rbac.yaml").succeeds();
    String token =
        kubectl.run("create", "token", "lintel", "-n", Installation.NAMESPACE).succeeds().out();
    String kubeconfig = Files.readString(kubectl.kubeconfig());
    String own =
        file("own", kubeconfig.replaceAll("token: \"[^\"]*\"", "token: \"" + token.strip() + "\""))
            .toString();
    Cli.Run run = checkAs(own, Manifests.service("default", "cart", "PreferClose"));
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
  }

  private Cli.Run check(String manifest, String... options) throws IOException {
    return checkAs(kubectl.kubeconfig().toString(), manifest, options);
  }

  private Cli.Run checkAs(String kubeconfig, String manifest, String... options)
      throws IOException {
    String file = file("manifest.yaml", manifest).toString();
    return Cli.run(
        Stream.concat(
                Stream.of("check", "-f", file, "--kubeconfig", kubeconfig), Stream.of(options))
            .toArray(String[]::new));
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
