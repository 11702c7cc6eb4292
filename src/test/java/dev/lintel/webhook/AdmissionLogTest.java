package dev.lintel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.cluster.ClusterState;
import dev.lintel.cluster.Clusters;
import dev.lintel.judge.Judge;
import dev.lintel.policy.Policy;
import dev.lintel.policy.PolicyReader;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the log says of an answer. */
class AdmissionLogTest {

  private static final String EXEMPTION =
      """
      apiVersion: lintel.dev/v1
      kind: Policy
      exemptions:
        - rules: [TD-001]
          resources: ["Service/shop/*"]
          reason: being renamed
          owner: shop-team
          expires: 2026-12-31
      """;

  @Test
  void aDenialIsToldWithThePolicyItRestsOn() throws Exception {
    assertThat(line(Policy.DEFAULT, "2026-11-25", Reviews.create(Reviews.BAD_SERVICE)))
        .hasValue(
            "deny: CREATE of Service shop/cart by ann: TD-001=deny; policy generation default;"
                + " request 7f1c");
  }

  @Test
  void anExemptionCountsOnItsLastDayAndIsTold() throws Exception {
    assertThat(line(policy(), "2026-12-31", Reviews.create(Reviews.BAD_SERVICE)))
        .hasValue(
            "allow: CREATE of Service shop/cart by ann: TD-001=audit; exempt TD-001: being renamed"
                + " (shop-team); policy generation default; request 7f1c");
  }

  @Test
  void afterItsLastDayAnExemptionDoesNotCount() throws Exception {
    assertThat(line(policy(), "2027-01-01", Reviews.create(Reviews.BAD_SERVICE)).orElseThrow())
        .startsWith("deny: ")
        .doesNotContain("exempt");
  }

  @Test
  void whatCouldNotBeReadIsTold() throws Exception {
    assertThat(
            line(Policy.DEFAULT, "2026-11-25", Reviews.create(Reviews.UNREADABLE_SERVICE))
                .orElseThrow())
        .startsWith("unreadable: CREATE of Service shop/cart by ann: lintel could not read")
        .endsWith("; request 7f1c");
  }

  @Test
  void whomAWriteWasSparedForIsToldOnRequest() throws Exception {
    String policy = "apiVersion: lintel.dev/v1\nkind: Policy\nsubjects: {ignoreUsers: [ann]}\n";
    Policy ignoring = PolicyReader.read("policy", policy).orElseThrow();
    AdmissionRequest request = ReviewReader.read(Reviews.create(Reviews.BAD_SERVICE));
    Answer answer =
        new Admission(
                Clusters.under(ignoring),
                new Judge(RuleCatalogue.complete()),
                AdmissionReviewerTest.CONFIG)
            .answer(request, () -> false);
    assertThat(AdmissionLog.line(request, answer)).isEmpty();
    assertThat(AdmissionLog.spared(request, answer))
        .hasValue("allow: CREATE of Service shop/cart by ann: not judged, ignored-user");
  }

  @Test
  void nothingIsSaidWhereNothingIsFound() throws Exception {
    assertThat(line(Policy.DEFAULT, "2026-11-25", Reviews.create(Reviews.SERVICE))).isEmpty();
  }

  @Test
  void aStrangersWordsStayOnTheLine() throws Exception {
    byte[] review =
        Reviews.review(
            "'uid':'7f1c','kind':{'group':'','version':'v1','kind':'Service'},'operation':'CREATE',"
                + "'namespace':'shop','name':'cart','userInfo':{'username':'a\\nnn'},'object':"
                + Reviews.BAD_SERVICE);
    assertThat(line(Policy.DEFAULT, "2026-11-25", review).orElseThrow())
        .contains("by a nn:")
        .hasLineCount(1);
  }

  private static Policy policy() {
    return PolicyReader.read("policy.yaml", EXEMPTION).policy().orElseThrow();
  }

  private static Optional<String> line(Policy policy, String today, byte[] review)
      throws Exception {
    ClusterState cluster = Clusters.under(policy);
    Clock clock =
        Clock.fixed(
            LocalDate.parse(today).atStartOfDay().toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
    Admission admission =
        new Admission(
            cluster, new Judge(RuleCatalogue.complete(), clock), AdmissionReviewerTest.CONFIG);
    AdmissionRequest request = ReviewReader.read(review);
    return AdmissionLog.line(request, admission.answer(request, () -> false));
  }
}
