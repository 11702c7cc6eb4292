package dev.lintel.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.HostName;
import java.util.regex.Pattern;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

/** A placeholder of an alias stands for a part of a label, and trying it costs little. */
class SegmentAliasTest {

  @Property
  void aStarStandsForSomeCharactersOfOneLabel(
      @ForAll @Chars({'a', 'b', '.', '*'}) @StringLength(max = 8) String rest,
      @ForAll @Chars({'.'}) @CharRange(from = 'a', to = 'b') @StringLength(min = 1, max = 9)
          String text) {
    String pattern = "*" + rest;
    HostName host = new HostName(text);
    assertThat(new SegmentAlias(pattern).mayMean(host))
        .isEqualTo(Pattern.matches(regex(pattern), host.value()));
  }

  @Example
  void placeholdersOfOtherFormsAreStarsToo() {
    assertThat(new SegmentAlias("{{.Name}}.${ns}.shop.example").mayMean(host("a.b.shop.example")))
        .isTrue();
    assertThat(new SegmentAlias("{{.Name}}.${ns}.shop.example").mayMean(host("a.shop.example")))
        .isFalse();
  }

  @Example
  void aPatternOfManyPlaceholdersIsNotTriedInEveryWay() {
    HostName host = host("a".repeat(200) + "b");
    assertThat(new SegmentAlias("*a".repeat(60) + "c").mayMean(host)).isFalse();
    assertThat(new SegmentAlias("*".repeat(120) + "c").mayMean(host)).isFalse();
  }

  private static HostName host(String name) {
    return new HostName(name);
  }

  private static String regex(String pattern) {
    return pattern.replace(".", "\\.").replace("*", "[^.]+");
  }
}
