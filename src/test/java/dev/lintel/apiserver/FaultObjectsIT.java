package dev.lintel.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tenant writes what the API server takes and few readers do. */
@OnBesiegedServer
class FaultObjectsIT {

  private static final int KEY_LENGTH = 60_000;
  private static final int DEPTH = 1_500;
  private static final String LONG_KEY = "long-key";
  private static final String DEEP_STATUS = "deep-status";

  private final Siege siege;

  FaultObjectsIT(Siege siege) {
    this.siege = siege;
  }

  @AfterEach
  void takeThemAway() {
    siege.tenant().delete(Siege.rules(Siege.TENANT) + "/" + LONG_KEY);
    siege.tenant().delete(Siege.rules(Siege.TENANT) + "/" + DEEP_STATUS);
  }

  @Test
  void aRuleWithAKeyOf60000CharactersHidesNoOther() {
    writeLongKey();
    siege.destinationRulesAreFollowed();
    siege.othersAreJudged();
  }

  @Test
  void aStatusNested1500DeepIsNotRead() {
    writeDeepStatus();
    siege.destinationRulesAreFollowed();
    siege.othersAreJudged();
  }

  @Test
  void aReplicaThatStartsAmongThemIsReadyAndFollowsAllOthers() {
    writeLongKey();
    writeDeepStatus();
    siege.restart();
    siege.destinationRulesAreFollowed();
    siege.othersAreJudged();
  }

  @ParameterizedTest
  @ValueSource(ints = {10_000, 200_000})
  void aHostOfDotsIsAFindingAndCostsOthersNothing(int dots) {
    for (String host : new String[] {"a.".repeat(dots), "a" + ".".repeat(dots)}) {
      String rule = Manifests.destinationRule(Siege.TENANT, "dots", "host: " + host, "RANDOM");
      double before = siege.failedOpen();
      ApiClient.Reply reply = siege.tenant().tryToCreate(Siege.rules(Siege.TENANT), rule);
      assertThat(siege.failedOpen()).as("writes that passed unjudged").isEqualTo(before);
      assertThat(reply.text().indexOf("[lintel DR-")).as(reply.brief()).isNotNegative();
      siege.othersAreJudged();
    }
  }

  private void writeLongKey() {
    String more =
        "host: cart\n  subsets: [{name: a, labels: {? %s : x}}]".formatted("k".repeat(KEY_LENGTH));
    siege
        .tenant()
        .create(
            Siege.rules(Siege.TENANT),
            Manifests.destinationRule(Siege.TENANT, LONG_KEY, more, "RANDOM"))
        .succeeds();
  }

  private void writeDeepStatus() {
    String rules = Siege.rules(Siege.TENANT);
    siege
        .tenant()
        .create(rules, Manifests.destinationRule(Siege.TENANT, DEEP_STATUS, "host: cart", "RANDOM"))
        .succeeds();
    siege
        .tenant()
        .patch(
            rules + "/" + DEEP_STATUS + "/status",
            "{\"status\": " + "{\"a\":".repeat(DEPTH) + "1" + "}".repeat(DEPTH) + "}")
        .succeeds();
  }
}
