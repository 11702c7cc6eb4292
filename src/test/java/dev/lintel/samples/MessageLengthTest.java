package dev.lintel.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.judge.Judged;
import dev.lintel.rule.Action;
import dev.lintel.sample.Comparison;
import dev.lintel.sample.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Whatever is said in any sample is one line that fits where it is read. Beyond 256 characters a
 * warning has no room for the address of the rule's page, and terminals have lost their reader.
 */
class MessageLengthTest {

  private static final int MOST = 256;

  @Test
  void everyMessageOfEverySampleFits() throws IOException {
    List<String> tooLong = new ArrayList<>();
    int measured = 0;
    for (Path file : RuleSamplesTest.samples()) {
      for (Judged judged : Comparison.of(Sample.read(file)).findings()) {
        String message = judged.finding().message();
        measured += judged.action().compareTo(Action.WARN) >= 0 ? 1 : 0;
        if (message.length() > MOST) {
          tooLong.add(
              "%s %d %s: %s"
                  .formatted(judged.rule().code(), message.length(), file.getFileName(), message));
        }
      }
    }
    assertThat(measured).isGreaterThan(300);
    assertThat(String.join("\n", tooLong)).isEmpty();
  }
}
