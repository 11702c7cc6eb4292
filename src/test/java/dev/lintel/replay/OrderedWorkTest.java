package dev.lintel.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is done beside each other is counted in order. */
class OrderedWorkTest {

  @Test
  void resultsComeInTheOrderOfTheWork() {
    List<Integer> taken = new ArrayList<>();
    try (OrderedWork<Integer> work = new OrderedWork<>(taken::add)) {
      for (int i = 0; i < 500; i++) {
        int number = i;
        work.submit(
            () -> {
              Thread.sleep(number % 7 == 0 ? 2 : 0);
              return number;
            });
      }
      work.finish();
    }
    assertThat(taken).isEqualTo(IntStream.range(0, 500).boxed().toList());
  }

  @Test
  void whatFailsIsNotPassedOver() {
    try (OrderedWork<Integer> work = new OrderedWork<>(result -> {})) {
      work.submit(
          () -> {
            throw new IllegalArgumentException("broken");
          });
      assertThatThrownBy(work::finish).hasRootCauseMessage("broken");
    }
  }
}
