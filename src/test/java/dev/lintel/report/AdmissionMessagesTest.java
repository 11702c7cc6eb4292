package dev.lintel.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.judge.Judged;
import dev.lintel.judge.Verdict;
import dev.lintel.policy.Links;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.Action;
import dev.lintel.rule.Family;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.RuleInfo;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AdmissionMessagesTest {

  private static final ResourceRef CART = new ResourceRef(Kind.SERVICE, "shop", "cart");
  private static final ResourceRef RULE = new ResourceRef(Kind.DESTINATION_RULE, "shop", "cart");

  private static final Veil HIDES_OBJECTS =
      new Veil() {
        @Override
        public String spoken(ResourceRef ref) {
          return "something";
        }

        @Override
        public String message(Judged judged) {
          return judged.finding().message();
        }
      };

  @Test
  void aDenialSaysWhatIsWrongHowToFixItAndWhere() {
    assertThat(AdmissionMessages.denial(verdict(judged("TD-001", CART, Action.DENY)), Veil.NONE))
        .isEqualTo("[lintel TD-001] it is so; change it (spec.host); see `lintel rules TD-001`");
  }

  @Test
  void aDenialListsEverythingThatDenies() {
    Verdict verdict =
        verdict(
            judged("SC-003", CART, Action.DENY),
            judged("TD-001", CART, Action.DENY),
            judged("WP-001", CART, Action.WARN));
    assertThat(AdmissionMessages.denial(verdict, Veil.NONE))
        .isEqualTo(
            "2 findings: (1) [lintel SC-003] it is so; change it (spec.host); see `lintel rules"
                + " SC-003` (2) [lintel TD-001] it is so; change it (spec.host); see `lintel rules"
                + " TD-001`");
    assertThat(AdmissionMessages.causes(verdict, Veil.NONE))
        .containsExactly(
            new AdmissionMessages.Cause(
                "spec.host", "[lintel SC-003] it is so; change it; see `lintel rules SC-003`"),
            new AdmissionMessages.Cause(
                "spec.host", "[lintel TD-001] it is so; change it; see `lintel rules TD-001`"));
  }

  @Test
  void kubectlsUsersAreToldWhoDeniesWhereToReadOnAndWhomToAsk() {
    Verdict verdict = verdict(linked("TD-001", Action.DENY, "it is so"));
    String page = "https://mesh.example.com/rules/TD-001";
    assertThat(AdmissionMessages.denial(verdict, Veil.NONE))
        .isEqualTo("[lintel TD-001] it is so; change it (spec.host); see " + page + "; ask #mesh");
    assertThat(AdmissionMessages.causes(verdict, Veil.NONE))
        .containsExactly(
            new AdmissionMessages.Cause(
                "spec.host", "[lintel TD-001] it is so; change it; see " + page + "; ask #mesh"));
  }

  @Test
  void aWarningHasTheLinksThatFitInto256Characters() {
    String page = "; see https://mesh.example.com/rules/WP-001";
    String said = "[lintel WP-001] %s; change it (spec.host)";
    int both = 256 - said.length() + 2 - page.length() - "; ask #mesh".length();
    assertThat(warning("x".repeat(both)))
        .hasSize(256)
        .isEqualTo(said.formatted("x".repeat(both)) + page + "; ask #mesh");
    assertThat(warning("x".repeat(both + 1)))
        .isEqualTo(said.formatted("x".repeat(both + 1)) + page);
    int without = both + page.length() + "; ask #mesh".length();
    assertThat(warning("x".repeat(without))).isEqualTo(said.formatted("x".repeat(without)));
  }

  private static String warning(String says) {
    Verdict verdict = verdict(linked("WP-001", Action.WARN, says));
    return AdmissionMessages.warnings(verdict, 5, Veil.NONE).getFirst();
  }

  @Test
  void anExemptionThatDoesNotCountIsToldBesideTheFinding() {
    Judged judged =
        new Judged(
            rule("TD-001"),
            CART,
            Finding.at(FieldPath.HOST).says("it is so").fix("change it"),
            Action.DENY,
            false,
            Optional.empty(),
            Optional.of("its exemption ended on 2027-01-31"),
            Links.NONE);
    assertThat(AdmissionMessages.denial(verdict(judged), Veil.NONE))
        .startsWith("[lintel TD-001] it is so; change it (its exemption ended on 2027-01-31)");
  }

  @Test
  void warningsDoNotRepeatWhatADenialSays() {
    Verdict verdict =
        verdict(judged("TD-001", CART, Action.DENY), judged("WP-001", CART, Action.WARN));
    assertThat(AdmissionMessages.warnings(verdict, 5, Veil.NONE))
        .containsExactly(
            "[lintel WP-001] it is so; change it (spec.host); see `lintel rules WP-001`");
  }

  @Test
  void aWarningAboutAnotherObjectNamesIt() {
    assertThat(
            AdmissionMessages.warnings(verdict(judged("DR-001", RULE, Action.WARN)), 5, Veil.NONE))
        .containsExactly(
            "[lintel DR-001] DestinationRule shop/cart: it is so; change it (spec.host);"
                + " see `lintel rules DR-001`");
  }

  @Test
  void fiveWarningsAreShownAndTheOthersCounted() {
    Judged[] many =
        IntStream.range(0, 8)
            .mapToObj(i -> judged("WP-00" + i, CART, Action.WARN))
            .toArray(Judged[]::new);
    assertThat(AdmissionMessages.warnings(verdict(many), 5, Veil.NONE))
        .hasSize(6)
        .last()
        .isEqualTo("and 3 more findings");
  }

  @Test
  void whatReadsTheSameOfSeveralObjectsIsSaidOnce() {
    Judged[] many =
        IntStream.range(0, 8)
            .mapToObj(i -> new ResourceRef(Kind.DESTINATION_RULE, "vault", "payroll-" + i))
            .map(ref -> judged("DR-001", ref, Action.WARN))
            .toArray(Judged[]::new);
    assertThat(AdmissionMessages.warnings(verdict(many), 1, HIDES_OBJECTS))
        .containsExactly(
            "[lintel DR-001] something: it is so; change it (spec.host) (8 times);"
                + " see `lintel rules DR-001`");
    assertThat(AdmissionMessages.warnings(verdict(many), 1, Veil.NONE))
        .containsExactly(
            "[lintel DR-001] DestinationRule vault/payroll-0: it is so; change it (spec.host);"
                + " see `lintel rules DR-001`",
            "and 7 more findings");
  }

  @Test
  void whatAVeilHidesIsToldInFullAndWithoutEnd() {
    Judged hidden = judged("DR-001", RULE, Action.WARN);
    Judged shown = judged("WP-001", CART, Action.WARN);
    assertThat(AdmissionMessages.details(verdict(hidden, shown), HIDES_OBJECTS))
        .isEqualTo("[DR-001] DestinationRule shop/cart: it is so; change it (spec.host)");
    assertThat(AdmissionMessages.details(verdict(hidden, shown), Veil.NONE)).isEmpty();
    Judged[] many = Collections.nCopies(1000, hidden).toArray(Judged[]::new);
    assertThat(AdmissionMessages.details(verdict(many), HIDES_OBJECTS)).hasSize(8192);
  }

  @Test
  void whatWasNotJudgedIsSaid() {
    Verdict verdict = new Verdict(CART, List.of(), Optional.of("the deadline came"));
    assertThat(AdmissionMessages.warnings(verdict, 5, Veil.NONE))
        .containsExactly("not everything was judged: the deadline came");
  }

  @Test
  void noWarningHasControlCharactersOrIsLongEnoughToBeCut() {
    Finding hostile = Finding.at(FieldPath.HOST).says("%s", "a\nb\u202e" + "x".repeat(5000));
    Verdict verdict =
        verdict(new Judged(rule("TD-001"), CART, hostile.fix("change it"), Action.WARN, false));
    String warning = AdmissionMessages.warnings(verdict, 5, Veil.NONE).getFirst();
    assertThat(warning).startsWith("[lintel TD-001] a b xx").endsWith("...");
    assertThat(warning.length() * 5).isLessThan(4096);
  }

  @Test
  void theAuditAnnotationHasEveryFindingWithWhatCameOfIt() {
    Judged known = new Judged(rule("WP-001"), CART, Finding.at(FieldPath.HOST), Action.WARN, true);
    assertThat(
            AdmissionMessages.audit(
                verdict(
                    judged("TD-001", CART, Action.DENY),
                    known,
                    judged("DR-016", CART, Action.AUDIT))))
        .isEqualTo("TD-001=deny,WP-001=warn(known),DR-016=audit");
  }

  @Test
  void aVerdictWithoutFindingsHasNoWords() {
    Verdict silent = Verdict.silent(CART);
    assertThat(AdmissionMessages.warnings(silent, 5, Veil.NONE)).isEmpty();
    assertThat(AdmissionMessages.audit(silent)).isEmpty();
  }

  private static Verdict verdict(Judged... findings) {
    return new Verdict(CART, Arrays.asList(findings), Optional.empty());
  }

  private static Judged judged(String code, ResourceRef subject, Action action) {
    Finding finding = Finding.at(FieldPath.HOST).says("it is so").fix("change it");
    return new Judged(rule(code), subject, finding, action, false);
  }

  private static Judged linked(String code, Action action, String says) {
    return new Judged(
        rule(code),
        CART,
        Finding.at(FieldPath.HOST).says("%s", says).fix("change it"),
        action,
        false,
        Optional.empty(),
        Optional.empty(),
        new Links(Optional.of("https://mesh.example.com/"), Optional.of("ask #mesh")));
  }

  private static RuleInfo rule(String code) {
    return new RuleInfo(
        code,
        "name-of-" + code,
        Family.TRAFFIC_DISTRIBUTION,
        Action.DENY,
        Set.of(Kind.SERVICE),
        Set.of(Kind.SERVICE),
        Set.of(),
        "1.0",
        "A summary");
  }
}
