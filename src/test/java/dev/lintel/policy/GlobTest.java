package dev.lintel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(strings = {"a b", "[ab]", "''"})
  void whatNoNameHoldsIsNoGlob(String written) {
    assertThat(ignoringUser(written).problems())
        .singleElement()
        .asString()
        .contains("subjects.ignoreUsers[0]: ");
  }

  @Test
  void aServiceAccountIsOne() {
    assertThat(ignoringUser("system:serviceaccount:flux-system:*").problems()).isEmpty();
  }

  private static PolicyReader.Reading ignoringUser(String written) {
    return PolicyReader.read(
        "policy",
        "apiVersion: lintel.dev/v1\nkind: Policy\nsubjects: {ignoreUsers: [\"%s\"]}\n"
            .formatted(written.replace("''", "")));
  }
}
