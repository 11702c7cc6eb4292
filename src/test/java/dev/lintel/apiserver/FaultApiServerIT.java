package dev.lintel.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The API server is away, silent, or no longer knows what Lintel has seen last. */
@OnBesiegedServer
class FaultApiServerIT {

  private static final String AGE = "lintel_snapshot_age_seconds";
  private static final int RESETS = 5;
  private static final String GONE = "gone";

  private final Siege siege;

  FaultApiServerIT(Siege siege) {
    this.siege = siege;
  }

  @AfterEach
  void takeItAway() {
    siege.others().delete(Siege.rules(Siege.OTHERS) + "/" + GONE);
  }

  @Test
  void aFrozenApiServerLeavesLintelReadyAndFindingsSayHowOldTheViewIs() {
    siege
        .installation()
        .whileApiServerIsFrozen(
            () -> {
              Eventually.holds(this::theViewIsOld);
              siege.lintel().isReady();
              siege.lintel().isLive();
              assertThat(siege.lintel().review(Reviews.ofBadService()))
                  .contains("TD-001", " s old");
            });
    theViewIsYoungAgain();
  }

  @Test
  void aStoppedApiServerThatComesBackIsFollowedAgain() {
    siege
        .installation()
        .whileApiServerIsAway(
            () -> {
              Eventually.holds(this::theViewIsOld);
              siege.lintel().isReady();
              siege.lintel().isLive();
              assertThat(siege.lintel().review(Reviews.ofBadService()))
                  .contains("TD-001", " s old");
            });
    theViewIsYoungAgain();
  }

  @Test
  void connectionsThatAreResetAreMadeAgain() {
    for (int i = 0; i < RESETS; i++) {
      siege.proxy().reset();
      siege.othersAreJudged();
    }
    theViewIsYoungAgain();
  }

  /** What is deleted while nobody looks, and then forgotten by the API server itself. */
  @Test
  void aVersionThatIsGoneIsMadeGoodByANewList() {
    ApiClient.Reply made =
        siege.others().create(Siege.rules(Siege.OTHERS), Siege.ruleForCart(GONE, "PASSTHROUGH"));
    made.succeeds();
    siege.sees(GONE, true);

    siege.proxy().cut();
    siege.others().delete(Siege.rules(Siege.OTHERS) + "/" + GONE).succeeds();
    siege.othersAreJudged();
    siege.lintel().isReady();
    // Its cache of recent versions ends with the process, and what etcd has had is compacted.
    siege.installation().whileApiServerIsAway(() -> siege.installation().api().compact());
    assertThat(
            siege
                .others()
                .get(Siege.rules(Siege.OTHERS) + "?watch=1&resourceVersion=" + version(made))
                .body())
        .contains("\"code\":410");
    siege.proxy().heal();

    siege.sees(GONE, false);
    theViewIsYoungAgain();
  }

  private void theViewIsOld() {
    assertThat(siege.lintel().metric(AGE)).isGreaterThan(Siege.STALE_AFTER_SECONDS + 1);
  }

  private void theViewIsYoungAgain() {
    Eventually.holds(
        () -> assertThat(siege.lintel().metric(AGE)).isLessThan(Siege.STALE_AFTER_SECONDS));
    siege.isReadyAndAsked();
    siege.destinationRulesAreFollowed();
    siege.othersAreJudged();
  }

  private static String version(ApiClient.Reply reply) {
    try {
      return new ObjectMapper().readTree(reply.body()).at("/metadata/resourceVersion").asText();
    } catch (JsonProcessingException e) {
      throw new AssertionError(reply.brief(), e);
    }
  }
}
