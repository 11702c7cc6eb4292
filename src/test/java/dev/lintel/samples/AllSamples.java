package dev.lintel.samples;

import dev.lintel.sample.Sample;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * All samples as one test, for mutation testing: there it costs more to start a test than to judge
 * a sample, and one that fails ends the test.
 */
class AllSamples {

  private static final List<Sample> SAMPLES = read();

  @Test
  void areJudgedAsTheyExpect() {
    SAMPLES.forEach(RuleSamplesTest::check);
  }

  private static List<Sample> read() {
    try {
      return RuleSamplesTest.samples().stream().map(Sample::read).toList();
    } catch (IOException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
