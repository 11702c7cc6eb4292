package dev.lintel.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Objects that someone with rights in one namespace writes, and that are hard to read. */
@OnApiServer
@TestInstance(Lifecycle.PER_CLASS)
class MalformedObjectsIT {

  private static final String TO_WAYPOINT = "istio.io/use-waypoint=waypoint";
  private static final String FROM_INGRESS = "istio.io/ingress-use-waypoint=true";
  private static final int DEPTH = 1500;

  private final Installation installation = Installation.complete("malformed");
  private final Kubectl kubectl = installation.kubectl();
  @TempDir Path folder;

  @AfterAll
  void stop() {
    installation.close();
  }

  @Test
  void aLabelOfSixtyThousandCharactersHidesNoOtherRule() {
    Shop shop = shopOfMallory();
    asMallory(
        shop,
        """
        {"apiVersion": "networking.istio.io/v1", "kind": "DestinationRule",
         "metadata": {"name": "bad", "namespace": "%1$s"},
         "spec": {"host": "bad.%1$s.svc.cluster.local",
                  "subsets": [{"name": "v1", "labels": {"%2$s": "v1"}}]}}
        """
            .formatted(shop.namespace(), "k".repeat(60_000)));
    laterRulesAreSeen(shop);
  }

  @Test
  void aDeeplyNestedStatusHidesNoOtherRule() {
    Shop shop = shopOfMallory();
    String bad = rule(shop, "bad", "");
    asMallory(shop, bad);
    asMallory(shop, bad + "status: {a: " + nested() + "}\n", "replace", "--subresource=status");
    laterRulesAreSeen(shop);
  }

  @Test
  void aDeeplyNestedFieldHidesNoOtherRule() {
    Shop shop = shopOfMallory();
    asMallory(shop, rule(shop, "bad", "unknown: " + nested()));
    laterRulesAreSeen(shop);
  }

  @Test
  void aDeeplyNestedStatusOfAKindWhoseStatusIsReadKeepsLintelFromNothing() {
    Shop shop = shopOfMallory();
    String entry =
        """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: bad, namespace: %s}
        spec: {hosts: [bad.example.com], resolution: DNS, ports: [{number: 80, name: http, protocol: HTTP}]}
        """
            .formatted(shop.namespace());
    asMallory(shop, entry);
    asMallory(shop, entry + "status: {a: " + nested() + "}\n", "replace", "--subresource=status");
    installation.start();
    Eventually.holds(() -> installation.lintel().isReady());
  }

  @Test
  void anObjectThatCannotBeReadIsNamedWhereOneLooksForIt() throws IOException {
    String namespace = installation.newNamespace();
    String segment =
        """
        apiVersion: admin.solo.io/v1alpha1
        kind: Segment
        metadata: {name: bad, namespace: %s}
        spec: {domain: DOMAIN}
        """
            .formatted(namespace);
    kubectl.write(segment.replace("DOMAIN", "{a: b}"), "apply").succeeds();
    String present = "lintel_malformed_objects_present{kind=\"Segment\"}";
    Eventually.holds(() -> assertThat(installation.lintel().metric(present)).isEqualTo(1));
    assertThat(installation.lintel().metric("lintel_malformed_objects_total{kind=\"Segment\"}"))
        .isEqualTo(1);
    assertThat(Files.readString(Path.of("target", "apiserver", "malformed", "lintel.log")))
        .contains(
            "Segment "
                + namespace
                + "/bad cannot be read and does not count: spec.domain: expected"
                + " text, found an object");
    Eventually.holds(
        () ->
            assertThat(events(namespace))
                .contains("Segment/bad", "spec.domain: expected text, found an object"));

    String good = Manifests.service("default", "cart", "PreferClose");
    Path file = Files.writeString(folder.resolve("manifest.yaml"), good);
    Cli.Run run =
        Cli.run("check", "-f", file.toString(), "--kubeconfig", kubectl.kubeconfig().toString());
    assertThat(run.err()).contains("Segment " + namespace + "/bad cannot be read");

    installation.start();
    Eventually.holds(() -> installation.lintel().isReady());
    Eventually.holds(() -> assertThat(installation.lintel().metric(present)).isEqualTo(1));
    kubectl.write(segment.replace("DOMAIN", "mesh.example"), "apply").succeeds();
    Eventually.holds(() -> assertThat(installation.lintel().metric(present)).isZero());
  }

  /** Writes a rule, and asserts that Lintel knows it: as it runs, and when it starts anew. */
  private void laterRulesAreSeen(Shop shop) {
    shop.label(TO_WAYPOINT).succeeds();
    kubectl
        .write(
            rule(shop, "cart", "trafficPolicy: {outlierDetection: {consecutive5xxErrors: 5}}"),
            "create")
        .succeeds();
    ruleIsKnown(shop);
    installation.start();
    Eventually.holds(() -> installation.lintel().isReady());
    ruleIsKnown(shop);
  }

  private static void ruleIsKnown(Shop shop) {
    Eventually.holds(
        () ->
            assertThat(shop.label(FROM_INGRESS, "--dry-run=server").succeeds().err())
                .contains("[lintel DR-001] DestinationRule " + shop.namespace() + "/cart: "));
  }

  /** A shop in whose namespace someone may write rules and entries, and nothing anywhere else. */
  private Shop shopOfMallory() {
    Shop shop = Shop.open(installation);
    String[] where = {"-n", shop.namespace()};
    kubectl
        .run(
            "create",
            "role",
            "rules",
            "--verb=get,create,update,patch",
            "--resource=destinationrules,destinationrules/status,serviceentries,serviceentries/status",
            where[0],
            where[1])
        .succeeds();
    kubectl
        .run(
            "create",
            "rolebinding",
            "rules",
            "--role=rules",
            "--serviceaccount=" + shop.namespace() + ":mallory",
            where[0],
            where[1])
        .succeeds();
    return shop;
  }

  private void asMallory(Shop shop, String manifest) {
    asMallory(shop, manifest, "create");
  }

  private void asMallory(Shop shop, String manifest, String... command) {
    String[] all = Arrays.copyOf(command, command.length + 2);
    all[command.length] = "--validate=false";
    all[command.length + 1] = "--as=system:serviceaccount:" + shop.namespace() + ":mallory";
    kubectl.write(manifest, all).succeeds();
  }

  private static String rule(Shop shop, String name, String spec) {
    return """
    apiVersion: networking.istio.io/v1
    kind: DestinationRule
    metadata: {name: %2$s, namespace: %1$s}
    spec:
      host: %2$s.%1$s.svc.cluster.local
      %3$s
    """
        .formatted(shop.namespace(), name, spec);
  }

  private static String nested() {
    return "{\"a\": ".repeat(DEPTH) + "1" + "}".repeat(DEPTH);
  }

  private String events(String namespace) {
    return kubectl
        .run(
            "get",
            "events",
            "-n",
            namespace,
            "--field-selector=reason=NotReadable",
            "-o=jsonpath={range .items[*]}{.involvedObject.kind}/{.involvedObject.name}"
                + " {.message}{\"\\n"
                + "\"}{end}")
        .succeeds()
        .out();
  }
}
