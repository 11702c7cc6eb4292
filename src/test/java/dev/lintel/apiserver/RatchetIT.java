package dev.lintel.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A bad object that is there already stays editable, and can always be deleted. */
@OnApiServer
class RatchetIT {

  private static final String KNOWN = Messages.warning(Messages.MISSPELT);

  private final Installation installation;
  private final Kubectl kubectl;
  private final String namespace;

  RatchetIT(Installation installation) {
    this.installation = installation;
    kubectl = installation.kubectl();
    namespace = installation.newNamespace();
  }

  /** It was written when the rule only warned. */
  @BeforeEach
  void aBadServiceIsThere() {
    installation.writePolicy("rules: {TD-001: warn}");
    String bad = Manifests.service(namespace, "cart", "PreferClosest");
    Eventually.holds(() -> kubectl.write(bad, "apply").succeedsWith(KNOWN));
    installation.restorePolicy();
  }

  @Test
  void aKnownFaultWarnsAndTheEditGoesOn() {
    patch("spec: {ports: [{name: http, port: 8081}]}").succeedsWith(KNOWN);
  }

  @Test
  void anEditOfWhatLintelDoesNotReadIsSilent() {
    patch("metadata: {labels: {team: cart}}").succeedsSilently();
  }

  @Test
  void anotherFaultInItsPlaceIsDenied() {
    Printed printed =
        patch(
            "metadata: {annotations: {networking.istio.io/traffic-distribution: PreferFarthest}}");
    assertThat(printed.code()).as(printed.command()).isNotZero();
    assertThat(printed.err()).contains("`PreferFarthest` is not a traffic distribution");
  }

  @Test
  void fixingItIsSilent() {
    patch("metadata: {annotations: {networking.istio.io/traffic-distribution: PreferClose}}")
        .succeedsSilently();
  }

  @Test
  void anObjectOnItsWayOutLosesItsFinalizer() {
    installation.askAboutEverythingIn(namespace);
    patch("metadata: {finalizers: [example.com/hold]}").succeedsSilently();
    kubectl.run("delete", "service", "cart", "-n", namespace, "--wait=false").succeedsSilently();
    patch("metadata: {finalizers: null}").succeedsSilently();
    assertThat(kubectl.run("get", "service", "cart", "-n", namespace).err()).contains("NotFound");
  }

  @Test
  void statusAndDeletesPassAlthoughLintelIsAsked() {
    installation.askAboutEverythingIn(namespace);
    double asked = passed("UPDATE");
    kubectl
        .run(
            "patch",
            "service",
            "cart",
            "-n",
            namespace,
            "--subresource=status",
            "--patch",
            """
            status:
              conditions:
                - type: istio.io/WaypointBound
                  status: "True"
                  reason: WaypointAccepted
                  message: ""
                  lastTransitionTime: "2026-01-31T08:00:00Z"
            """)
        .succeedsSilently();
    assertThat(passed("UPDATE")).isGreaterThan(asked);
    double deleted = passed("DELETE");
    kubectl.run("delete", "service", "cart", "-n", namespace).succeedsSilently();
    assertThat(passed("DELETE")).isGreaterThan(deleted);
  }

  private Printed patch(String patch) {
    return kubectl.run(
        "patch", "service", "cart", "-n", namespace, "--type=merge", "--patch", patch);
  }

  private double passed(String operation) {
    return installation
        .lintel()
        .metric(
            "lintel_admission_requests_total{decision=\"pass\",kind=\"Service\",operation=\"%s\"}"
                .formatted(operation));
  }
}
