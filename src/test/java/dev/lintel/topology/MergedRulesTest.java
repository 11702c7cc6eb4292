package dev.lintel.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.Platform;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.TrafficPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which of several rules for one host gives the policy (docs/domain.md, 2.1). */
class MergedRulesTest {

  @Test
  void ofRulesForTheSameNamespacesTheOldestGivesThePolicy() {
    DestinationRule first = rule("first", 1);
    DestinationRule second = rule("second", 2);
    assertThat(policy("shop", first, second)).contains(first);
  }

  @Test
  void ofRulesForDifferentNamespacesTheNewestGivesThePolicy() {
    DestinationRule first = rule("first", 1);
    DestinationRule second = rule("second", 2, "*");
    assertThat(policy("shop", first, second)).contains(second);
  }

  @Test
  void aRuleForMoreNamespacesJoinsTheOlderOne() {
    DestinationRule first = rule("first", 1, "a");
    DestinationRule second = rule("second", 2, "a", "b");
    assertThat(policy("a", first, second)).contains(first);
  }

  @Test
  void aRuleThatJoinedAnOlderOneIsSeenByWhomTheOlderOneIsExportedTo() {
    DestinationRule first = rule("first", 1, "a");
    DestinationRule second = rule("second", 2, "a", "b");
    assertThat(policy("b", first, second)).isEmpty();
  }

  @Test
  void aRuleThatJoinsAnOlderOneButNotTheLastStandsAloneAsWell() {
    DestinationRule first = rule("first", 1, "a");
    DestinationRule second = rule("second", 2, "a", "b");
    DestinationRule other = rule("other", 3, "a", "c");
    DestinationRule alone = rule("alone", 4);
    DestinationRule last = rule("last", 5, "a");
    assertThat(policy("a", first, second, other, alone, last)).contains(last);
  }

  @Test
  void aRuleWithASelectorGivesNoPolicyToAWaypoint() {
    DestinationRule selecting =
        new DestinationRule(
            Metadata.of("shop", "selecting").createdAt(Instant.ofEpochSecond(9)),
            "cart",
            List.of(),
            Optional.of(Map.of("app", "front")),
            Optional.of(TrafficPolicy.EMPTY),
            List.of());
    DestinationRule plain = rule("plain", 1);
    assertThat(policy("shop", plain, selecting)).contains(plain);
  }

  private static Optional<DestinationRule> policy(String namespace, DestinationRule... rules) {
    return Topology.of(Platform.AUTO, List.of(rules))
        .rules()
        .policyAmongSiblings(rules[0], namespace);
  }

  private static DestinationRule rule(String name, long created, String... exportTo) {
    return new DestinationRule(
        Metadata.of("shop", name).createdAt(Instant.ofEpochSecond(created)),
        "cart",
        List.of(exportTo),
        Optional.empty(),
        Optional.of(TrafficPolicy.EMPTY),
        List.of());
  }
}
