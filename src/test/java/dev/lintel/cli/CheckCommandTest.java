package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.manifest.ManifestText;
import dev.lintel.report.MechanicalFix;
import dev.lintel.rule.JsonPatch;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lintel check} as a person or a pipeline meets it. */
class CheckCommandTest {

  private static final String GOOD =
      "{apiVersion: v1, kind: Service, metadata: {name: cart, namespace: shop},"
          + " spec: {ports: [{port: 80}]}}\n";

  /** A Service that TD-001 denies. */
  static final String BAD =
      """
      apiVersion: v1
      kind: Service
      metadata:
        name: cart
        namespace: shop
        annotations: {networking.istio.io/traffic-distribution: PreferClosest}
      spec: {ports: [{port: 80}]}
      """;

  private static final String TAKES_NO_WAYPOINT =
      """
      apiVersion: v1
      kind: Service
      metadata:
        name: cart
        namespace: shop
        labels: {istio.io/use-waypoint: waypoint}
      spec: {ports: [{port: 80}]}
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir Path folder;

  @Test
  void aGoodManifestEndsWithZero() throws Exception {
    assertThat(check("-f", file("cart.yaml", GOOD))).isEqualTo(ExitCodes.OK);
    assertThat(out.toString()).isEqualTo("1 object judged: 0 denied, 0 with warnings\n");
  }

  @Test
  void whatCouldNotBeAskedIsSaid() throws Exception {
    String cart = file("cart.yaml", GOOD);
    check("-f", cart);
    assertThat(err.toString())
        .startsWith("lintel: no Gateway and no Namespace is known, so ")
        .contains("Waypoint", "--cluster-state or --live")
        .hasLineCount(1);
    check("-f", cart, "-o", "json");
    JsonNode unasked = json().path("unasked");
    assertThat(unasked.path("lacking").toString()).isEqualTo("[\"Gateway\",\"Namespace\"]");
    assertThat(unasked.path("rules").toString()).contains("WP-001");
  }

  @Test
  void whereEverythingCouldBeAskedNothingIsSaidOfIt() throws Exception {
    check("-f", file("cart.yaml", GOOD), "--cluster-state", "samples/shop");
    assertThat(err.toString()).isEmpty();
    check("-f", file("cart.yaml", GOOD), "--cluster-state", "samples/shop", "-o", "json");
    assertThat(json().has("unasked")).isFalse();
  }

  @Test
  void aDenialIsShownWithFilePlaceAndPage() throws Exception {
    String file = file("cart.yaml", BAD);
    assertThat(check("-f", file)).isEqualTo(ExitCodes.FINDINGS);
    assertThat(out.toString())
        .startsWith(file + ":6:17: deny [TD-001] `PreferClosest` is not")
        .contains(
            "\n    Service shop/cart, metadata.annotations[networking.istio.io/traffic-distribution]\n"
                + "    see ")
        .endsWith("1 object judged: 1 denied, 0 with warnings\n");
  }

  @Test
  void theJsonReportNamesObjectOperationDecisionAndFindings() throws Exception {
    check("-f", file("cart.yaml", BAD), "-o", "json");
    JsonNode report = json();
    assertThat(report.path("apiVersion").asText()).isEqualTo("lintel.dev/v1");
    assertThat(report.path("kind").asText()).isEqualTo("CheckReport");
    JsonNode verdict = report.path("verdicts").path(0);
    assertThat(verdict.path("object").toString())
        .isEqualTo(
            "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"namespace\":\"shop\",\"name\":\"cart\"}");
    assertThat(verdict.path("operation").asText()).isEqualTo("CREATE");
    assertThat(verdict.path("decision").asText()).isEqualTo("deny");
    JsonNode finding = verdict.path("findings").path(0);
    assertThat(finding.path("code").asText()).isEqualTo("TD-001");
    assertThat(finding.path("name").asText()).isEqualTo("traffic-distribution-unknown-value");
    assertThat(finding.path("action").asText()).isEqualTo("deny");
    assertThat(finding.path("known").asBoolean(true)).isFalse();
    assertThat(finding.path("subject").path("name").asText()).isEqualTo("cart");
    assertThat(finding.path("message").asText()).contains("PreferClosest");
  }

  @Test
  void whatTheStateHasAlreadyOnlyWarns() throws Exception {
    Path state = Files.createDirectory(folder.resolve("state"));
    Files.writeString(state.resolve("cart.yaml"), BAD);
    String edited = file("cart.yaml", BAD.replace("80", "81"));
    assertThat(check("-f", edited, "--cluster-state", state.toString(), "-o", "json"))
        .isEqualTo(ExitCodes.OK);
    JsonNode verdict = json().path("verdicts").path(0);
    assertThat(verdict.path("operation").asText()).isEqualTo("UPDATE");
    assertThat(verdict.path("findings").path(0).path("known").asBoolean()).isTrue();
  }

  @Test
  void theThresholdMayBeAWarning() throws Exception {
    String file = file("cart.yaml", TAKES_NO_WAYPOINT);
    assertThat(check("-f", file)).isEqualTo(ExitCodes.OK);
    assertThat(check("-f", file, "--fail-on", "warn")).isEqualTo(ExitCodes.FINDINGS);
  }

  @Test
  void manifestsOfOneCallAreOneChangeWhateverTheirOrder() throws Exception {
    String gateway =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: waypoint, namespace: shop}
        spec: {gatewayClassName: istio-waypoint, listeners: [{name: m, port: 15008, protocol: HBONE}]}
        status: {addresses: [{value: 10.0.0.1}]}
        """;
    String together = file("all.yaml", TAKES_NO_WAYPOINT + "---\n" + gateway);
    assertThat(check("-f", together, "--fail-on", "warn")).isEqualTo(ExitCodes.OK);
  }

  @Test
  void ofTwoFormsOfOneObjectEachIsJudgedAsIfItWereTheLast() throws Exception {
    String rule =
        """
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: cart, namespace: pay}
        spec: {host: %s}
        """;
    file("1.yaml", GOOD);
    file("2.yaml", rule.formatted("cart"));
    file("3.yaml", rule.formatted("cart.shop.svc.cluster.local"));
    check("-f", folder.toString());
    assertThat(out.toString()).contains("[DR-005] `cart` means cart.pay.svc.cluster.local");
  }

  @Test
  void aFolderIsReadAndTheFoldersBelowItOnlyIfAsked() throws Exception {
    Files.createDirectory(folder.resolve("below"));
    file("good.yaml", GOOD);
    file("below/bad.yaml", BAD.replace("cart", "bad"));
    assertThat(check("-f", folder.toString())).isEqualTo(ExitCodes.OK);
    assertThat(check("-f", folder.toString(), "-R")).isEqualTo(ExitCodes.FINDINGS);
  }

  @Test
  void aPolicyLowersARule() throws Exception {
    String policy =
        file("policy", "{apiVersion: lintel.dev/v1, kind: Policy, rules: {TD-001: audit}}");
    assertThat(check("-f", file("cart.yaml", BAD), "--policy", policy, "-o", "json"))
        .isEqualTo(ExitCodes.OK);
    assertThat(json().path("verdicts").path(0).path("decision").asText()).isEqualTo("allow");
  }

  @Test
  void aPolicyWithAProblemIsNamedWithItsPlace() throws Exception {
    String policy = file("policy", "apiVersion: lintel.dev/v1\nkind: Policy\nenforcement: loud\n");
    assertThat(check("-f", file("cart.yaml", GOOD), "--policy", policy))
        .isEqualTo(ExitCodes.UNREADABLE);
    assertThat(err.toString()).contains("policy:3:14: enforcement: unknown value `loud`");
  }

  @Test
  void aManifestThatCannotBeReadIsNamedWithItsPlace() throws Exception {
    String file = file("cart.yaml", GOOD + "---\napiVersion: v1\nkind: [\n");
    assertThat(check("-f", file)).isEqualTo(ExitCodes.UNREADABLE);
    assertThat(err.toString()).startsWith("lintel: " + file + ":").doesNotContain("Exception");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThat(check("-f", folder.resolve("none.yaml").toString())).isEqualTo(ExitCodes.UNREADABLE);
    assertThat(err.toString()).contains("no such file: ", "none.yaml");
  }

  @Test
  void anUpdateNeedsTheEarlierForm() throws Exception {
    assertThat(check("-f", file("cart.yaml", GOOD), "--operation", "UPDATE"))
        .isEqualTo(ExitCodes.UNREADABLE);
    assertThat(err.toString()).contains("needs the earlier form of Service shop/cart");
  }

  @Test
  void aWrongCommandLineEndsWithItsOwnCode() {
    assertThat(check()).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("say what to judge", "See `lintel check --help`.");
  }

  @Test
  void aWriteOfTheMeshsControllerIsNotJudged() throws Exception {
    String generated =
        BAD.replace(
            "annotations:",
            "labels: {gateway.istio.io/managed: istio.io-mesh-controller}\n" + "  annotations:");
    String user = "system:serviceaccount:istio-system:istiod";
    assertThat(check("-f", file("cart.yaml", generated), "--as-user", user))
        .isEqualTo(ExitCodes.OK);
  }

  @Test
  void otherKindsAreReadButNotJudged() throws Exception {
    String file = file("pod.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}");
    assertThat(check("-f", file)).isEqualTo(ExitCodes.OK);
    assertThat(out.toString()).startsWith("nothing to judge");
  }

  @Test
  void everyFileThatCannotBeReadIsToldAtOnce() throws Exception {
    String one = file("one.yaml", "apiVersion: v1\nkind: [\n");
    String two = file("two.json", "{\"apiVersion\": \"v1\",\n\"kind\" \"Service\"}");
    String three = file("three.yaml", GOOD.replace("80", "http"));
    assertThat(check("-f", one, "-f", two)).isEqualTo(ExitCodes.UNREADABLE);
    assertThat(err.toString().lines())
        .hasSize(2)
        .anyMatch(line -> line.startsWith("lintel: " + one + ":3:1: "))
        .anyMatch(line -> line.startsWith("lintel: " + two + ":2:8: "));
    assertThat(check("-f", three)).isEqualTo(ExitCodes.UNREADABLE);
    assertThat(err.toString())
        .startsWith("lintel: " + three + ":1:90: Service: spec.ports[0].port: expected a whole");
  }

  @Test
  void whatCannotBeReadHidesNothingElse() throws Exception {
    file("a.yaml", "apiVersion: v1\nkind: [\n");
    String bad = file("b.yaml", BAD);
    file("c.yaml", GOOD.replace("80", "http") + "---\n" + GOOD.replace("cart", "other"));
    String all = folder.toString();
    assertThat(check("-f", all)).isEqualTo(ExitCodes.UNREADABLE);
    assertThat(out.toString())
        .contains(bad + ":6:17: deny [TD-001]", "\n    Service shop/cart, metadata.annotations[")
        .endsWith("2 objects judged: 1 denied, 0 with warnings; 2 could not be read\n");
    assertThat(err.toString())
        .contains("a.yaml:3:1: ", "c.yaml:1:90: Service: spec.ports[0].port: expected a whole");

    assertThat(check("-f", all, "-o", "json")).isEqualTo(ExitCodes.UNREADABLE);
    assertThat(json().path("verdicts")).hasSize(2);
    assertThat(json().at("/unreadable/0/file").asText()).endsWith("a.yaml");
    assertThat(json().at("/unreadable/0/line").asInt()).isEqualTo(3);
    assertThat(json().at("/unreadable/1/column").asInt()).isEqualTo(90);
    assertThat(json().at("/unreadable/1/problem").asText()).startsWith("Service: spec.ports[0]");

    check("-f", all, "-o", "sarif");
    JsonNode run = json().at("/runs/0");
    assertThat(run.at("/invocations/0/executionSuccessful").asBoolean(true)).isFalse();
    assertThat(run.at("/invocations/0/toolExecutionNotifications")).hasSize(2);
    assertThat(run.path("results")).hasSize(1);

    check("-f", all, "-o", "junit");
    assertThat(out.toString())
        .contains("failures=\"1\" errors=\"2\"", "<error type=\"unreadable\"");

    check("-f", all, "-o", "github");
    assertThat(out.toString().lines())
        .anyMatch(line -> line.matches("::error file=.*a.yaml,line=3,col=1,title=cannot be read.*"))
        .anyMatch(line -> line.contains("title=TD-001"));
  }

  @Test
  void templatesOfHelmAreSkipped() throws Exception {
    file("Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.0.0\n");
    Files.createDirectory(folder.resolve("templates"));
    String template = file("templates/cart.yaml", "kind: {{ .Values.kind }}\n");
    file("templates/plain.yaml", GOOD);
    assertThat(check("-f", folder.toString(), "-R")).isEqualTo(ExitCodes.OK);
    assertThat(out.toString()).startsWith("1 object judged");
    assertThat(err.toString())
        .contains("lintel: 1 Helm template is skipped (" + template + "): read what");
    assertThat(check("-f", template)).isEqualTo(ExitCodes.OK);
    check("-f", file("templates/plain.yaml", GOOD), "--cluster-state", folder.toString());
    assertThat(out.toString()).startsWith("1 object judged");
    assertThat(err.toString()).contains("lintel: 1 Helm template is skipped");
  }

  @Test
  void severalFilesMayFollowOneOption() throws Exception {
    assertThat(check("-f", file("a.yaml", GOOD), file("b.yaml", BAD), "-o", "json"))
        .isEqualTo(ExitCodes.FINDINGS);
    assertThat(json().path("verdicts")).hasSize(2);
    assertThat(json().path("summary").toString())
        .isEqualTo("{\"objects\":2,\"denied\":1,\"warned\":0,\"findings\":{\"TD-001\":1}}");
  }

  @Test
  void anAddressIsNotReadAndTheWayRoundIsNamed() {
    assertThat(check("-f", "https://example.com/a.yaml")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("curl -fsSL https://example.com/a.yaml | lintel check -");
  }

  @Test
  void standardInputCannotBeFixed() {
    assertThat(check("-f", "-", "--fix")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("--fix changes files");
  }

  @Test
  void aFixIsWrittenAndWhatIsLeftIsReported() throws Exception {
    String text =
        BAD.replace("PreferClosest", "' PreferClose'") + "---\n" + BAD.replace("cart", "other");
    String file = file("cart.yaml", text);
    assertThat(check("-f", file, "--fix")).isEqualTo(ExitCodes.FINDINGS);
    assertThat(Files.readString(Path.of(file)))
        .isEqualTo(text.replace("' PreferClose'", "'PreferClose'"));
    assertThat(err.toString())
        .startsWith("fixed " + file + ":6:17: [TD-001] Service shop/cart: use `PreferClose`");
    assertThat(out.toString())
        .contains("Service shop/other")
        .endsWith("2 objects judged: 1 denied, 0 with warnings\n");
  }

  @Test
  void aFileWithoutAMechanicalFixIsNotTouched() throws Exception {
    String file = file("cart.yaml", BAD);
    assertThat(check("-f", file, "--fix")).isEqualTo(ExitCodes.FINDINGS);
    assertThat(err.toString()).startsWith("nothing that can be fixed");
    assertThat(Files.readString(Path.of(file))).isEqualTo(BAD);
  }

  @Test
  void aFixIsShownAsEditedLines() throws Exception {
    String file = file("cart.yaml", BAD.replace("PreferClosest", "' PreferClose'"));
    check("-f", file, "--show-fixes");
    assertThat(out.toString())
        .contains(
            "    fix: use `PreferClose`\n"
                + "      -   annotations: {networking.istio.io/traffic-distribution: '"
                + " PreferClose'}\n"
                + "      +   annotations: {networking.istio.io/traffic-distribution:"
                + " 'PreferClose'}\n");
  }

  @Test
  void equalFindingsAreSaidOnceAndCounted() throws Exception {
    String one = file("a.yaml", BAD);
    String two = file("b.yaml", BAD.replace("cart", "other"));
    check(one, two);
    assertThat(out.toString())
        .containsOnlyOnce("[TD-001]")
        .contains("\n    also " + two + ":6:17: Service shop/other\n")
        .contains("\ndeny  TD-001     2  traffic-distribution-unknown-value\n")
        .endsWith("\n2 objects judged: 2 denied, 0 with warnings\n");
    check(one, two, "-o", "line");
    assertThat(out.toString().lines())
        .hasSize(2)
        .allMatch(line -> line.matches(".*[ab]\\.yaml:6:17: deny \\[TD-001] .*"));
    check(one, two, "-o", "wide");
    assertThat(out.toString())
        .startsWith("deny [TD-001] on 2 Services: No proxy knows")
        .contains("\n    " + two + ":6:17: Service shop/other: `PreferClosest`");
  }

  @Test
  void anObjectThatIsNotChangedIsSaidToBeSoWithWhatStandsAgainstIt() throws Exception {
    Path state = Files.createDirectory(folder.resolve("state"));
    Files.writeString(state.resolve("cart.yaml"), BAD);
    String same = file("cart.yaml", BAD);
    assertThat(check(same, "--cluster-state", state.toString())).isEqualTo(ExitCodes.OK);
    assertThat(out.toString())
        .contains(":6:17: warn [TD-001] `PreferClosest`", ", unchanged\n")
        .endsWith("1 object judged: 0 denied, 1 with warnings, 1 unchanged\n");
    check(same, "--cluster-state", state.toString(), "-o", "json");
    JsonNode verdict = json().path("verdicts").path(0);
    assertThat(verdict.path("unchanged").asBoolean()).isTrue();
    assertThat(verdict.at("/findings/0/known").asBoolean()).isTrue();
    assertThat(verdict.at("/findings/0/action").asText()).isEqualTo("warn");
  }

  @Test
  void whatOthersInTheChangeDoToAnUnchangedObjectIsNotToldTwice() throws Exception {
    Path state = Files.createDirectory(folder.resolve("state"));
    Files.writeString(state.resolve("cart.yaml"), GOOD);
    check(file("cart.yaml", GOOD), "--cluster-state", state.toString());
    assertThat(out.toString())
        .isEqualTo("1 object judged: 0 denied, 0 with warnings, 1 unchanged\n");
  }

  @Test
  void onlyProblemsMayBeShown() throws Exception {
    String good = file("good.yaml", GOOD.replace("cart", "good"));
    String bad = file("bad.yaml", BAD);
    check(good, bad, "--problems-only", "-o", "json");
    assertThat(json().path("verdicts")).hasSize(1);
    assertThat(json().at("/verdicts/0/object/name").asText()).isEqualTo("cart");
    assertThat(json().at("/summary/objects").asInt()).isEqualTo(2);
  }

  @Test
  void theLastAnnotationTakesItsMapAlong() throws Exception {
    String text =
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: cart
          namespace: shop
          annotations:
            networking.istio.io/traffic-distribution: Any  # the default
          labels: {a: b}
        spec: {ports: [{port: 80}], trafficDistribution: PreferClose}
        """;
    ManifestText fixed =
        MechanicalFix.apply(
                ManifestText.read("cart.yaml", text),
                JsonPatch.of(
                    JsonPatch.remove(
                        "metadata", "annotations", "networking.istio.io/traffic-distribution")))
            .orElseThrow();
    assertThat(fixed.text()).doesNotContain("annotations", "{}").contains("# the default", "a: b");
  }

  @Test
  void coloursAreForTerminals() throws Exception {
    String file = file("cart.yaml", BAD);
    assertThat(Cli.run("check", "-f", file).out()).doesNotContain("\033");
    assertThat(Cli.run(new Terminal(true, false), "check", "-f", file).out())
        .contains("\033[1;31mdeny\033[0m [TD-001]");
  }

  @Test
  void anExemptFindingIsSuppressedInSarifAndNotLeftOut() throws Exception {
    String policy =
        file(
            "policy",
            """
            apiVersion: lintel.dev/v1
            kind: Policy
            exemptions: [{rules: [TD-001], resources: ["Service/shop/*"], reason: moving, owner: ann}]
            """);
    check("-f", file("cart.yaml", BAD), "--policy", policy, "-o", "sarif");
    JsonNode result = json().at("/runs/0/results/0");
    assertThat(result.path("level").asText()).isEqualTo("note");
    assertThat(result.at("/suppressions/0").toString())
        .isEqualTo("{\"kind\":\"external\",\"justification\":\"moving (ann)\"}");
  }

  @Test
  void aFingerprintOutlivesAMoveOfLines() throws Exception {
    String file = file("cart.yaml", BAD);
    check("-f", file, "-o", "sarif");
    JsonNode before = json().at("/runs/0/results/0");
    Files.writeString(Path.of(file), "# a\n# b\n" + BAD);
    check("-f", file, "-o", "sarif");
    JsonNode after = json().at("/runs/0/results/0");
    assertThat(after.path("partialFingerprints")).isEqualTo(before.path("partialFingerprints"));
    assertThat(after.at("/locations/0/physicalLocation/region/startLine").asInt())
        .isEqualTo(before.at("/locations/0/physicalLocation/region/startLine").asInt() + 2);
  }

  @Test
  void workflowCommandsEscapeWhatWouldEndThem() throws Exception {
    String odd = file("a,b:100%.yaml", BAD);
    check("-f", odd, "-o", "github");
    assertThat(out.toString())
        .startsWith("::error file=")
        .contains("a%2Cb%3A100%25.yaml,line=6,endLine=6,col=17,endColumn=72,")
        .contains("title=TD-001%3A Service shop/cart::[TD-001] `PreferClosest`")
        .contains("%0ASee https://");
  }

  @Test
  void aWarningFailsItsCaseIfTheThresholdIsAWarning() throws Exception {
    String file = file("cart.yaml", TAKES_NO_WAYPOINT);
    check("-f", file, "-o", "junit");
    assertThat(out.toString()).contains("failures=\"0\"").contains("<system-out>");
    check("-f", file, "-o", "junit", "--fail-on", "warn");
    assertThat(out.toString()).contains("failures=\"1\"").contains("<failure type=\"WP-");
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out.toString());
  }

  private int check(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    String[] all = Stream.concat(Stream.of("check"), Stream.of(arguments)).toArray(String[]::new);
    return Lintel.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all);
  }
}
