package dev.lintel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

  @ParameterizedTest
  @CsvSource({
    "legacy-*, legacy-shop, true",
    "legacy-*, legacy-, true",
    "legacy-*, my-legacy-shop, false",
    "*-shop, legacy-shop, true",
    "*a*b*, xaxxbx, true",
    "*a*b*, xbxxax, false",
    "sh?p, shop, true",
    "sh?p, shp, false",
    "shop, Shop, false",
    "*, anything, true",
  })
  void aNameMatchesAsAWhole(String glob, String name, boolean matches) {
    assertThat(new Glob(glob).matches(name)).isEqualTo(matches);
  }

  @Test
  void whatNoNameHoldsIsNoGlob() {
    assertThat(Glob.parse("a b")).isEmpty();
    assertThat(Glob.parse("[ab]")).isEmpty();
    assertThat(Glob.parse("")).isEmpty();
    assertThat(Glob.parse("system:serviceaccount:flux-system:*")).isPresent();
  }
}
