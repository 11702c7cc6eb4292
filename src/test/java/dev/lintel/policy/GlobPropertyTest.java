package dev.lintel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;

class GlobPropertyTest {

  @Property
  void aStarStandsForAnyPart(
      @ForAll @AlphaChars @StringLength(max = 8) String head,
      @ForAll @AlphaChars @StringLength(max = 8) String middle,
      @ForAll @AlphaChars @StringLength(max = 8) String tail) {
    assertThat(new Glob(head + "*" + tail).matches(head + middle + tail)).isTrue();
  }
}
