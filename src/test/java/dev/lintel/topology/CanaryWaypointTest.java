package dev.lintel.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.topology.CanaryWaypoint.Weight;
import dev.lintel.topology.WaypointBinding.Level;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which shares istiod takes for valid: it reads them as Go reads whole numbers. */
class CanaryWaypointTest {

  @ParameterizedTest
  @ValueSource(strings = {"0", "7", "20", "100", "+20", "020", "0100", "-0", "00"})
  void aWholeNumberFrom0To100IsAShare(String value) {
    assertThat(new Weight(value, Level.OBJECT).isValid()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "+", "-", "101", "1000", "-1", "20%", "0.2", "20 ", "1e1", "1_0", "lots"})
  void anythingElseIsNone(String value) {
    assertThat(new Weight(value, Level.OBJECT).isValid()).isFalse();
  }
}
