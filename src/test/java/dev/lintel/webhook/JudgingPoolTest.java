package dev.lintel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.webhook.JudgingPool.Admittance;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nobody gets more than a share, and what is too much is told at once. */
class JudgingPoolTest {

  private static final Flow LOUD = new Flow("loud", "loud");
  private static final long PATIENCE = 30;

  private final AtomicLong now = new AtomicLong();
  private final JudgingPool pool = new JudgingPool(4, 16, now::get);
  private final BlockingQueue<String> started = new LinkedBlockingQueue<>();
  private final List<String> givenUp = new CopyOnWriteArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void close() {
    end.countDown();
    pool.close();
  }

  @Test
  void oneFlowHasHalfOfTheThreadsAndAQuarterOfThePlaces() throws Exception {
    occupy(2, LOUD);
    for (int i = 0; i < 4; i++) {
      assertThat(submit("waiting", LOUD)).isEqualTo(Admittance.TAKEN);
    }
    assertThat(submit("too much", LOUD)).isEqualTo(Admittance.FLOW_IS_FULL);
    submit("other", new Flow("calm", "calm"));
    assertThat(started.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo("other");
  }

  @Test
  void aUserHasNoMoreInManyNamespacesAndANamespaceNoMoreWithManyUsers() throws Exception {
    occupy(1, new Flow("loud", "a"));
    occupy(1, new Flow("loud", "b"));
    occupy(1, new Flow("one", "loud"));
    occupy(1, new Flow("two", "loud"));
    for (int i = 0; i < 4; i++) {
      assertThat(submit("waiting", new Flow("loud", "n" + i))).isEqualTo(Admittance.TAKEN);
      assertThat(submit("waiting", new Flow("u" + i, "loud"))).isEqualTo(Admittance.TAKEN);
    }
    assertThat(submit("x", new Flow("loud", "another"))).isEqualTo(Admittance.FLOW_IS_FULL);
    assertThat(submit("x", new Flow("another", "loud"))).isEqualTo(Admittance.FLOW_IS_FULL);
    assertThat(submit("x", new Flow("another", "another"))).isEqualTo(Admittance.TAKEN);
  }

  @Test
  void flowsTakeTurns() throws Exception {
    occupy(1, new Flow("1", "1"));
    occupy(1, new Flow("2", "2"));
    occupy(1, new Flow("3", "3"));
    CountDownLatch turn = new CountDownLatch(1);
    pool.submit(new TestJob("first", new Flow("4", "4"), turn));
    assertThat(started.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo("first");
    CountDownLatch open = new CountDownLatch(0);
    for (String name : List.of("a1", "a2", "a3", "b1", "b2")) {
      pool.submit(new TestJob(name, new Flow(name.substring(0, 1), "n" + name.charAt(0)), open));
    }
    turn.countDown();
    for (String name : List.of("a1", "b1", "a2", "b2", "a3")) {
      assertThat(started.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo(name);
    }
  }

  @Test
  void aFullQueueTakesNothingMore() throws Exception {
    for (int i = 0; i < 4; i++) {
      occupy(1, new Flow("busy" + i, "busy" + i));
    }
    for (int i = 0; i < 16; i++) {
      assertThat(submit("waiting", new Flow("u" + i, "n" + i))).isEqualTo(Admittance.TAKEN);
    }
    assertThat(submit("x", new Flow("u", "n"))).isEqualTo(Admittance.QUEUE_IS_FULL);
    assertThat(pool.inFlight()).isEqualTo(20);
  }

  @Test
  void whatWaitsInVainIsGivenUpAndMakesRoom() throws Exception {
    occupy(2, LOUD);
    for (int i = 0; i < 4; i++) {
      submit("late " + i, LOUD);
    }
    pool.expire();
    assertThat(givenUp)
        .containsExactlyInAnyOrder("late 0", "late 1", "late 2", "late 3", "busy", "busy");
    assertThat(submit("next", LOUD)).isEqualTo(Admittance.TAKEN);
  }

  @Test
  void aJobThatFailsCostsNoThread() throws Exception {
    for (int i = 0; i < 20; i++) {
      while (pool.submit(new FailingJob()) != Admittance.TAKEN) {
        Thread.onSpinWait();
      }
    }
    submit("after", LOUD);
    assertThat(started.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo("after");
  }

  @Test
  void aThreadThatDoesNotComeBackIsSeen() throws Exception {
    occupy(1, LOUD);
    assertThat(pool.isStuckFor(Duration.ofSeconds(30))).isFalse();
    now.addAndGet(Duration.ofSeconds(31).toNanos());
    assertThat(pool.isStuckFor(Duration.ofSeconds(30))).isTrue();
  }

  @Test
  void anIdlePoolIsNotStuck() {
    now.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(pool.isStuckFor(Duration.ofSeconds(30))).isFalse();
  }

  private void occupy(int threads, Flow flow) throws InterruptedException {
    for (int i = 0; i < threads; i++) {
      pool.submit(new TestJob("busy", flow, end));
      assertThat(started.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo("busy");
    }
  }

  private Admittance submit(String name, Flow flow) {
    return pool.submit(new TestJob(name, flow, end));
  }

  /** Says that it has begun, then waits. Its time is always over. */
  private final class TestJob implements JudgingPool.Job {
    private final String name;
    private final Flow flow;
    private final CountDownLatch end;

    TestJob(String name, Flow flow, CountDownLatch end) {
      this.name = name;
      this.flow = flow;
      this.end = end;
    }

    @Override
    public Flow flow() {
      return flow;
    }

    @Override
    public void run() {
      started.add(name);
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public boolean isLate(boolean isWaiting) {
      return true;
    }

    @Override
    public void giveUp(boolean wasWaiting) {
      givenUp.add(name);
    }
  }

  private static final class FailingJob implements JudgingPool.Job {
    @Override
    public Flow flow() {
      return Flow.UNKNOWN;
    }

    @Override
    public void run() {
      throw new NoSuchMethodError("a defect");
    }

    @Override
    public boolean isLate(boolean isWaiting) {
      return false;
    }

    @Override
    public void giveUp(boolean wasWaiting) {}
  }
}
