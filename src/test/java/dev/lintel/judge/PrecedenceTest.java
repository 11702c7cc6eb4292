package dev.lintel.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.mesh.Platform;
import dev.lintel.policy.Policy;
import dev.lintel.policy.PolicyReader;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Service;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Rule;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where two rules say the same of an object, the more precise one speaks. */
class PrecedenceTest {

  private static final Service SERVICE = service(Map.of());
  private static final Service PLAIN = service(Map.of("plain", "true"));

  /** Codes of the catalogue, for the policy knows no others. */
  private static final Rule WEAK =
      Rule.warns("DR-002", "destination-rule-without-reader")
          .summary("A summary")
          .yieldsTo("DR-001")
          .ofServices((topology, subject) -> Stream.of(finding("weak")));

  private static final Rule STRONG =
      Rule.warns("DR-001", "destination-rule-behind-vip")
          .summary("A summary")
          .ofServices(
              (topology, subject) ->
                  subject.metadata().label("plain").isPresent()
                      ? Stream.empty()
                      : Stream.of(finding("strong")));

  private final Judge judge = new Judge(new RuleCatalogue(List.of(WEAK, STRONG)));

  @Test
  void theMorePreciseRuleSpeaks() {
    assertThat(codes(SERVICE, "")).containsExactly("DR-001");
  }

  @Test
  void whereItFindsNothingTheOtherSpeaks() {
    assertThat(codes(PLAIN, "")).containsExactly("DR-002");
  }

  @Test
  void whereItIsOffTheOtherSpeaks() {
    assertThat(codes(SERVICE, "rules: {DR-001: off}\n")).containsExactly("DR-002");
  }

  @Test
  void whereItIsExemptTheOtherIsSilentToo() {
    Verdict verdict =
        verdict(
            SERVICE,
            """
            exemptions:
              - rules: [DR-001]
                resources: ["Service/shop/cart"]
                reason: known and accepted
                owner: mesh-team
                expires: 2999-01-01
            """);
    assertThat(verdict.findings())
        .extracting(judged -> judged.rule().code())
        .containsOnly("DR-001");
    assertThat(verdict.findings().getFirst().exemption()).isPresent();
  }

  /** Of dependents those rules only are asked that read what the write changed. */
  @Test
  void ofDependentsTheMorePreciseRuleSpeaksThoughItReadsNothingThatChanged() {
    Rule weak =
        Rule.warns("DR-002", "destination-rule-without-reader")
            .summary("A summary")
            .yieldsTo("DR-001")
            .reads(Set.of(Kind.DESTINATION_RULE))
            .ofServices(
                (topology, subject) ->
                    topology.destinationRules().findAny().isPresent()
                        ? Stream.of(finding("weak"))
                        : Stream.empty());
    Topology state = Topology.of(Platform.AUTO, List.of(SERVICE));
    Write write = Write.create(rule(), "alice");
    Judge two = new Judge(new RuleCatalogue(List.of(weak, STRONG)));
    assertThat(two.judge(state, write, Policy.DEFAULT).findings()).isEmpty();
    Judge one = new Judge(new RuleCatalogue(List.of(weak, silent())));
    assertThat(one.judge(state, write, Policy.DEFAULT).findings())
        .extracting(judged -> judged.rule().code())
        .containsExactly("DR-002");
  }

  private static Rule silent() {
    return Rule.warns("DR-001", "destination-rule-behind-vip")
        .summary("A summary")
        .ofServices((topology, subject) -> Stream.empty());
  }

  private List<String> codes(Service service, String policy) {
    return verdict(service, policy).findings().stream()
        .map(judged -> judged.rule().code())
        .toList();
  }

  private Verdict verdict(Service service, String policy) {
    return judge.judge(
        Topology.empty(Platform.AUTO),
        Write.create(service, "alice"),
        PolicyReader.read("policy", "apiVersion: lintel.dev/v1\nkind: Policy\n" + policy)
            .orElseThrow());
  }

  private static Finding finding(String says) {
    return Finding.at(FieldPath.of("spec")).says("%s", says).because("So.").fix("change it");
  }

  private static Service service(Map<String, String> labels) {
    return new Service(
        new Metadata("shop", "cart", labels, Map.of(), Metadata.NOT_YET, false, List.of()),
        "ClusterIP",
        List.of("10.0.0.1"),
        Map.of("app", "cart"),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  private static DestinationRule rule() {
    return new DestinationRule(
        Metadata.of("shop", "cart"),
        "cart",
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}
