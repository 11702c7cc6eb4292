package dev.lintel.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a command left behind.
 *
 * @param command the command with its input, for messages
 * @param code its exit code
 * @param out its standard output
 * @param err its standard error, without blanks around it; kubectl puts warnings and refusals there
 */
record Printed(String command, int code, String out, String err) {

  /** Asserts that the command succeeded, whatever it warned of. */
  Printed succeeds() {
    assertThat(code).as(this::described).isZero();
    return this;
  }

  /** Asserts that it succeeded without any warning. */
  Printed succeedsSilently() {
    return succeedsWith("");
  }

  /** Asserts that it succeeded, and exactly what it warned of. */
  Printed succeedsWith(String warnings) {
    succeeds();
    assertThat(err).as(this::described).isEqualTo(warnings);
    return this;
  }

  /** Asserts that it failed, and exactly why. */
  Printed failsWith(String reason) {
    assertThat(code).as(this::described).isNotZero();
    assertThat(err).as(this::described).isEqualTo(reason);
    return this;
  }

  private String described() {
    return "%s%nexit code %d%n%s%s%n".formatted(command, code, out, err);
  }
}
