package dev.lintel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BodyBudgetTest {

  private static final int MIB = 1 << 20;
  private static final int KIB = 1 << 10;

  private final AtomicLong now = new AtomicLong();
  private final BodyBudget budget = new BodyBudget(16 * MIB, now::get);
  private final List<String> ended = new ArrayList<>();

  @Test
  void largeBodiesNeverTakeWhatIsKeptForSmallOnes() {
    assertThat(open("a").grow(6 * MIB)).isTrue();
    assertThat(open("b").grow(6 * MIB)).isTrue();
    assertThat(open("c").grow(MIB)).isFalse();
    for (int i = 0; i < 16; i++) {
      assertThat(open("small").grow(256 * KIB)).isTrue();
    }
    assertThat(open("small").grow(256 * KIB)).isFalse();
    assertThat(budget.held()).isEqualTo(16L * MIB);
  }

  @Test
  void aBodyThatGrowsLargeCountsAsLargeAsAWhole() {
    open("a").grow(12 * MIB);
    BodyBudget.Hold growing = open("b");
    assertThat(growing.grow(200 * KIB)).isTrue();
    assertThat(growing.grow(100 * KIB)).isFalse();
  }

  @Test
  void whatIsReleasedCanBeHadAgain() {
    BodyBudget.Hold hold = open("a");
    hold.grow(12 * MIB);
    assertThat(hold.complete()).isTrue();
    hold.release();
    hold.release();
    assertThat(budget.held()).isZero();
    assertThat(open("b").grow(12 * MIB)).isTrue();
  }

  @Test
  void aBodyThatStaysUnfinishedMakesRoomForTheNext() {
    for (int i = 0; i < 64; i++) {
      assertThat(open("unfinished").grow(256 * KIB)).isTrue();
    }
    assertThat(open("at once").grow(KIB)).isFalse();
    now.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(open("later").grow(KIB)).isTrue();
    assertThat(ended).containsExactly("unfinished");
  }

  @Test
  void aCompleteBodyIsNeverTakenBack() {
    BodyBudget.Hold judged = open("judged");
    judged.grow(12 * MIB);
    judged.complete();
    now.addAndGet(Duration.ofMinutes(2).toNanos());
    assertThat(open("next").grow(MIB)).isFalse();
    budget.endOlderThan(Duration.ofSeconds(10));
    assertThat(ended).isEmpty();
  }

  @Test
  void aSmallOneInTheWayOfNobodyIsNotTakenBackForALargeOne() {
    open("small").grow(KIB);
    now.addAndGet(Duration.ofSeconds(2).toNanos());
    open("large").grow(12 * MIB);
    assertThat(open("another").grow(MIB)).isFalse();
    assertThat(ended).isEmpty();
  }

  @Test
  void whatIsNotCompleteInTimeIsEnded() {
    BodyBudget.Hold slow = open("slow");
    slow.grow(MIB);
    now.addAndGet(Duration.ofSeconds(6).toNanos());
    open("young").grow(MIB);
    now.addAndGet(Duration.ofSeconds(5).toNanos());
    budget.endOlderThan(Duration.ofSeconds(10));
    assertThat(ended).containsExactly("slow");
    assertThat(budget.held()).isEqualTo(MIB);
    assertThat(slow.grow(1)).isFalse();
    assertThat(slow.complete()).isFalse();
  }

  private BodyBudget.Hold open(String name) {
    return budget.open(() -> ended.add(name));
  }
}
