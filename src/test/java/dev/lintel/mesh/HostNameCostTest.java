package dev.lintel.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is written as a host, it costs no more than to be read once. */
class HostNameCostTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @ValueSource(strings = {"a.", "*.", ".", "\u0130."})
  void twiceTheTextAllocatesTwiceAtMost(String part) {
    long once = allocated(part.repeat(5_000));
    long twice = allocated(part.repeat(10_000));
    assertThat(twice).isLessThan(once * 5 / 2 + 4096);
  }

  @Test
  void tenThousandDotsAllocateNoMoreThanTheirText() {
    String dots = "a.".repeat(10_000);
    assertThat(allocated(dots)).isLessThan(8L * dots.length());
  }

  @Test
  void manyTrailingDotsAreNoHost() {
    String dots = "a" + ".".repeat(200_000);
    assertThat(new HostName(dots).folded().isHost()).isFalse();
    assertThat(allocated(dots)).isLessThan(8L * dots.length());
  }

  @Test
  void whatIsTooLongForAHostHasNoWildcardsAndCoversNothing() {
    HostName longest = new HostName("a".repeat(HostName.MAX_LENGTH - 2) + ".b");
    HostName tooLong = new HostName("a".repeat(HostName.MAX_LENGTH - 1) + ".b");
    assertThat(longest.isHost()).isTrue();
    assertThat(tooLong.isHost()).isFalse();
    assertThat(new HostName("*.b").covers(longest)).isTrue();
    assertThat(new HostName("*.b").covers(tooLong)).isFalse();
    assertThat(tooLong.wildcards()).isEmpty();
  }

  private static long allocated(String written) {
    measure(written);
    return measure(written);
  }

  private static long measure(String written) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    HostName host = new HostName(written);
    boolean isCovered = new HostName("*.example").covers(host);
    int wildcards = host.wildcards().size();
    long after = THREADS.getCurrentThreadAllocatedBytes();
    assertThat(isCovered).isFalse();
    assertThat(wildcards).isLessThan(200);
    return after - before;
  }
}
