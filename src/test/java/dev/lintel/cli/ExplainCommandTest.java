package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.cli.Cli.Run;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lintel explain} as a person meets it. */
class ExplainCommandTest {

  private static final String SHOP = "samples/shop";

  @TempDir Path folder;

  @Test
  void anObjectMayBeNamedInEveryWayThatKubectlKnows() {
    String expected = explain("Service/shop/catalog").out();
    assertThat(expected).startsWith("Service shop/catalog\n");
    assertThat(explain("svc/shop/catalog").out()).isEqualTo(expected);
    assertThat(explain("services/catalog", "-n", "shop").out()).isEqualTo(expected);
    assertThat(explain("service", "catalog", "--namespace", "shop").out()).isEqualTo(expected);
    assertThat(explain("svc", "catalog").out()).isEqualTo(expected);
    assertThat(explain("catalog.shop.svc.cluster.local").out()).isEqualTo(expected);
    assertThat(explain("dr/catalog").out()).startsWith("DestinationRule shop/catalog\n");
    assertThat(explain("gateways.gateway.networking.k8s.io/front").out())
        .startsWith("Gateway edge/front\n");
    assertThat(explain("httproute/shop/shop").out()).startsWith("HTTPRoute shop/shop\n");
  }

  @Test
  void theNearestNamesOfAnUnknownObjectAreSuggested() {
    Run run = explain("svc/shop/catalgo");
    assertThat(run.code()).isEqualTo(ExitCodes.UNREADABLE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo(
            "lintel: there is no Service shop/catalgo; did you mean Service/shop/catalog?\n");
    assertThat(explain("svc/other/catalog").err()).contains("did you mean Service/shop/catalog?");
    assertThat(explain("svc/shop/nothing-like-it").err())
        .isEqualTo(
            "lintel: there is no Service shop/nothing-like-it among the objects that were read\n");
  }

  @Test
  void theHostThatAShortNameBeginsIsSuggested() {
    Run run = explain("catalog.shop");
    assertThat(run.code()).isEqualTo(ExitCodes.UNREADABLE);
    assertThat(run.err())
        .isEqualTo(
            "lintel: there is no host catalog.shop; did you mean"
                + " catalog.shop.svc.cluster.local?\n");
  }

  @Test
  void aNameThatSeveralNamespacesHaveNeedsOne() throws Exception {
    Path file = folder.resolve("other.yaml");
    Files.writeString(
        file,
        "{apiVersion: v1, kind: Service, metadata: {name: catalog, namespace: b}, spec: {}}\n");
    Run run = Cli.run("explain", "svc/catalog", "--cluster-state", SHOP, "-f", file.toString());
    assertThat(run.code()).isEqualTo(ExitCodes.UNREADABLE);
    assertThat(run.err())
        .isEqualTo(
            "lintel: there are several: Service/b/catalog, Service/shop/catalog; name the namespace"
                + " with -n\n");
  }

  @Test
  void filesCountBeforeTheState() throws Exception {
    Path file = folder.resolve("catalog.yaml");
    Files.writeString(
        file,
        "{apiVersion: v1, kind: Service, metadata: {name: catalog, namespace: shop}, spec:"
            + " {clusterIP: None, ports: [{port: 8080}]}}\n");
    assertThat(
            Cli.run("explain", "svc/catalog", "--cluster-state", SHOP, "-f", file.toString()).out())
        .contains("there is no virtual IP: the Service is headless");
  }

  @Test
  void aHostThatAWildcardCoversIsExplainedByIt() throws Exception {
    Path file = folder.resolve("entry.yaml");
    Files.writeString(
        file,
        """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: maps, namespace: shop}
        spec: {hosts: ["*.example.net"], resolution: NONE, ports: [{number: 443, name: tls, protocol: TLS}]}
        """);
    assertThat(Cli.run("explain", "maps.example.net", "-f", file.toString()).out())
        .startsWith("ServiceEntry shop/maps\n")
        .contains("Host *.example.net\n");
  }

  @Test
  void kindAndNamespacedNameMayBeTwoWords() {
    assertThat(explain("svc", "shop/catalog")).isEqualTo(explain("svc/shop/catalog"));
    assertThat(explain("svc", "shop/catalog", "-n", "shop").code()).isEqualTo(ExitCodes.OK);
    assertThat(explain("svc", "shop/catalog", "-n", "b"))
        .satisfies(run -> assertThat(run.code()).isEqualTo(ExitCodes.USAGE))
        .satisfies(run -> assertThat(run.err()).contains("-n b and namespace shop"));
  }

  @Test
  void whatIsFoundInTheMiddleIsAmongTheFindings() throws Exception {
    Path file = folder.resolve("rule.yaml");
    Files.writeString(
        file,
        """
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: catalog, namespace: shop}
        spec: {host: catalog.shop, trafficPolicy: {connectionPool: {tcp: {maxConnections: 1}}}}
        ---
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: all, namespace: shop}
        spec: {host: "*.shop.svc.cluster.local", trafficPolicy: {loadBalancer: {localityLbSetting: {enabled: true}}}}
        """);
    String out =
        Cli.run("explain", "svc/shop/catalog", "--cluster-state", SHOP, "-f", file + "").out();
    int end = out.indexOf("Findings, as if it were written now");
    List<String> told = codes(out.substring(0, end));
    assertThat(told).isNotEmpty();
    assertThat(codes(out.substring(end))).containsAll(told);
    assertThat(out.substring(end)).contains(" of DestinationRule shop/all; see ");
  }

  private static List<String> codes(String text) {
    return Pattern.compile("\\[([A-Z]{2}-\\d{3})]")
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  /** The current cluster is what kubectl is about, so its plugin asks for nothing else. */
  @Test
  void asAPluginOfKubectlItReadsTheCurrentCluster() {
    StringWriter err = new StringWriter();
    System.setProperty("kubeconfig", folder.resolve("none").toString());
    try {
      int code =
          Lintel.commandLine(Terminal.NONE, List.of("explain"))
              .setCommandName("kubectl lintel")
              .setErr(new PrintWriter(err, true))
              .execute("explain", "svc/shop/catalog");
      assertThat(code).isEqualTo(ExitCodes.UNREADABLE);
    } finally {
      System.clearProperty("kubeconfig");
    }
    assertThat(err.toString()).contains("no kubeconfig");
  }

  @Test
  void whatCannotBeExplainedIsAMisuse() {
    assertThat(explain("configmap/a/b"))
        .satisfies(run -> assertThat(run.code()).isEqualTo(ExitCodes.USAGE))
        .satisfies(run -> assertThat(run.err()).contains("`configmap` is not a kind"));
    assertThat(explain("catalog").err()).contains("`catalog` is neither an object nor a host");
    assertThat(explain("a/b/c/d").code()).isEqualTo(ExitCodes.USAGE);
    assertThat(Cli.run("explain", "svc/shop/catalog"))
        .satisfies(run -> assertThat(run.code()).isEqualTo(ExitCodes.USAGE))
        .satisfies(run -> assertThat(run.err()).contains("say where the objects are"));
  }

  @Test
  void coloursAreForTerminals() {
    assertThat(explain("svc/catalog").out()).doesNotContain("\033");
    assertThat(
            Cli.run(new Terminal(true, false), "explain", "svc/catalog", "--cluster-state", SHOP)
                .out())
        .contains("\033[1mService shop/catalog\033[0m");
  }

  private static Run explain(String... words) {
    String[] arguments = new String[words.length + 3];
    arguments[0] = "explain";
    System.arraycopy(words, 0, arguments, 1, words.length);
    arguments[words.length + 1] = "--cluster-state";
    arguments[words.length + 2] = SHOP;
    return Cli.run(arguments);
  }
}
