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
        .isEqualTo(
            "lintel: no right to read ConfigMap lintel-system/lintel-policy; --policy names a file"
                + " instead\n");

    Path policy = file("policy.yaml", "{apiVersion: lintel.dev/v1, kind: Policy}");
    Cli.Run run = checkAs(guest, good, "--policy", policy.toString());
    assertThat(run.code()).isEqualTo(65);
    assertThat(run.err())
        .contains("lintel: no right to list services\n")
        .contains("lintel: no right to list destinationrules.networking.istio.io\n");
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
