package dev.lintel.impact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.diff.DiffCases;
import dev.lintel.judge.Judge;
import dev.lintel.judge.Spared;
import dev.lintel.judge.Verdict;
import dev.lintel.mesh.Platform;
import dev.lintel.policy.Policy;
import dev.lintel.policy.PolicyReader;
import dev.lintel.report.AdmissionMessages;
import dev.lintel.report.Veil;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.Action;
import dev.lintel.state.Existing;
import dev.lintel.topology.Change;
import dev.lintel.topology.Topology;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is told of impacts, as administrators and authors decide. */
class ImpactPolicyTest {

  private static final ResourceRef WAYPOINT = new ResourceRef(Kind.GATEWAY, "shop", "waypoint");
  private static final ResourceRef SHOP = new ResourceRef(Kind.NAMESPACE, "", "shop");

  private final ImpactJudge judge =
      new ImpactJudge(
          new Judge(RuleCatalogue.complete()),
          Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC));
  private final Topology shop = topology();

  @Test
  void aPolicyThatDeniesEverythingDeniesNoDeletion() {
    Verdict verdict = delete(WAYPOINT, "rules: {impact: deny}");
    assertThat(verdict.isDenied()).isFalse();
    assertThat(verdict.with(Action.WARN)).isNotEmpty();
  }

  @Test
  void auditIsSilentAndKept() {
    Verdict verdict = delete(WAYPOINT, "rules: {impact: audit}");
    assertThat(impacts(verdict, Action.AUDIT)).isPositive();
    assertThat(impacts(verdict, Action.WARN)).isZero();
  }

  @Test
  void offLooksAtNothing() {
    assertThat(delete(WAYPOINT, "rules: {impact: off}").findings()).isEmpty();
    assertThat(delete(WAYPOINT, "enforcement: off").findings()).isEmpty();
  }

  @Test
  void anOverrideCountsForItsNamespaceAndForTheNamespaceItself() {
    String override = "overrides: [{namespaces: [shop], rules: {impact: off}}]";
    assertThat(delete(WAYPOINT, override).findings()).isEmpty();
    assertThat(delete(SHOP, override).findings()).isEmpty();
    String another = "overrides: [{namespaces: [pay], rules: {impact: off}}]";
    assertThat(delete(WAYPOINT, another).findings()).isNotEmpty();
  }

  @Test
  void anExemptionOfTheWrittenObjectSilencesTheWrite() {
    Verdict verdict = delete(WAYPOINT, exemption("Gateway/shop/waypoint"));
    assertThat(impacts(verdict, Action.WARN)).isZero();
    assertThat(verdict.findings()).anySatisfy(judged -> assertThat(judged.exemption()).isPresent());
  }

  @Test
  void anExemptionOfAnAffectedObjectLeavesItsHostOut() {
    assertThat(said(delete(WAYPOINT, ""))).contains("3 hosts are no longer behind", "shop/cart");
    assertThat(said(delete(WAYPOINT, exemption("Service/shop/cart"))))
        .contains("2 hosts are no longer behind waypoint shop/waypoint")
        .doesNotContain("api.partner.example, shop/cart");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "system:serviceaccount:istio-system:istiod",
        "system:serviceaccount:kgateway-system:kgateway",
        "system:serviceaccount:kube-system:generic-garbage-collector",
        "system:serviceaccount:kube-system:namespace-controller"
      })
  void controllersAreToldNothing(String user) {
    assertThat(judge.assess(shop, deletion(shop, WAYPOINT, user), Policy.DEFAULT, () -> false))
        .isEqualTo(Verdict.spared(WAYPOINT, Spared.CONTROLLER));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "system:serviceaccount:argocd:argocd-application-controller",
        "system:serviceaccount:flux-system:kustomize-controller"
      })
  void gitOpsToolsAreToldAsPeopleAre(String user) {
    assertThat(
            judge
                .assess(shop, deletion(shop, WAYPOINT, user), Policy.DEFAULT, () -> false)
                .findings())
        .isNotEmpty();
  }

  @Test
  void whatIsOnItsWayOutWasToldBefore() {
    Resource namespace = shop.find(SHOP).orElseThrow();
    Topology going = shop.apply(Change.put(namespace.withMetadata(deleting(namespace))));
    assertThat(judge.assess(going, deletion(going, WAYPOINT, "ann"), Policy.DEFAULT, () -> false))
        .isEqualTo(Verdict.spared(WAYPOINT, Spared.DELETING));
  }

  @Test
  void aWriteThatChangesNothingThatIsReadIsNotLookedAt() {
    Optional<Resource> waypoint = shop.find(WAYPOINT);
    BendingWrite write = new BendingWrite(WAYPOINT, waypoint, waypoint, "ann", Set.of());
    assertThat(judge.assess(shop, write, Policy.DEFAULT, () -> false))
        .isEqualTo(Verdict.spared(WAYPOINT, Spared.UNCHANGED));
  }

  @Test
  void aDeletedNamespaceTellsOnceWhatOthersLose() {
    Verdict verdict = delete(new ResourceRef(Kind.NAMESPACE, "", "edge"), "");
    assertThat(said(verdict)).contains("no longer reached", "shop/cart");
  }

  @Test
  void whatIsNotLookedAtIsCounted() {
    Verdict verdict = delete(WAYPOINT, "limits: {dependents: 1}");
    assertThat(verdict.unfinished().orElseThrow())
        .matches("\\d+ more hosts and routes were counted and not looked at.*");
  }

  @Test
  void whereTimeRunsOutItIsSaid() {
    Verdict verdict =
        judge.assess(shop, deletion(shop, WAYPOINT, "ann"), Policy.DEFAULT, () -> true);
    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.unfinished().orElseThrow())
        .matches("the deadline came before \\d+ hosts and routes were compared.*");
  }

  @Test
  void anObjectThatIsDeletedWithoutAWordOfWhatItWasIsTheOneThatIsKnown() {
    BendingWrite write =
        new BendingWrite(WAYPOINT, Optional.empty(), Optional.empty(), "ann", Set.of());
    assertThat(said(judge.assess(shop, write, Policy.DEFAULT, () -> false)))
        .contains("no longer behind waypoint shop/waypoint");
  }

  private Verdict delete(ResourceRef ref, String keys) {
    Policy policy =
        PolicyReader.read("policy", "apiVersion: lintel.dev/v1\nkind: Policy\n" + keys)
            .orElseThrow();
    return judge.assess(shop, deletion(shop, ref, "ann"), policy, () -> false);
  }

  private static BendingWrite deletion(Topology state, ResourceRef ref, String user) {
    return new BendingWrite(ref, state.find(ref), Optional.empty(), user, Set.of());
  }

  private static Metadata deleting(Resource object) {
    Metadata own = object.metadata();
    return new Metadata(
        own.namespace(),
        own.name(),
        own.labels(),
        own.annotations(),
        own.created(),
        true,
        own.owners(),
        own.uid(),
        own.cuts());
  }

  private static String exemption(String resource) {
    return """
    exemptions:
      - rules: [impact]
        resources: [%s]
        reason: it is moved on Friday
        owner: ann@shop.example
        expires: 2026-07-01
    """
        .formatted(resource);
  }

  private static long impacts(Verdict verdict, Action action) {
    return verdict.with(action).filter(judged -> judged.rule().code().equals("impact")).count();
  }

  private static String said(Verdict verdict) {
    List<String> lines = AdmissionMessages.warnings(verdict, 20, Veil.NONE);
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThan(700));
    return String.join("\n", lines);
  }

  private static Topology topology() {
    try {
      Path pair = Path.of("src/test/resources/diff/waypoint-deleted/before.yaml");
      return Existing.of(Platform.AUTO, DiffCases.objects(pair)).topology();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
