package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

  @Test
  void aPersonSeesColoursAndProgress() {
    assertThat(Terminal.of(Map.of("TERM", "xterm"), true, true))
        .isEqualTo(new Terminal(true, true));
  }

  @Test
  void eachStreamCountsForItself() {
    assertThat(Terminal.of(Map.of(), false, true)).isEqualTo(new Terminal(false, true));
    assertThat(Terminal.of(Map.of(), true, false)).isEqualTo(new Terminal(true, false));
  }

  @Test
  void noColorIsHonouredUnlessItIsEmpty() {
    assertThat(Terminal.of(Map.of("NO_COLOR", "1"), true, true))
        .isEqualTo(new Terminal(false, true));
    assertThat(Terminal.of(Map.of("NO_COLOR", ""), true, true)).isEqualTo(new Terminal(true, true));
  }

  @Test
  void aDumbTerminalGetsNeither() {
    assertThat(Terminal.of(Map.of("TERM", "dumb"), true, true)).isEqualTo(Terminal.NONE);
  }
}
