package dev.lintel.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.catalogue.RuleCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The list of rules is what the catalogue says. */
class RuleIndexTest {

  private static final Path INDEX = Path.of("docs/rules/README.md");

  @Test
  void theListOfRulesIsUpToDate() throws IOException {
    String current = RuleIndex.of(RuleCatalogue.complete());
    if (System.getProperty("lintel.docs", "").equals("write")) {
      Files.writeString(INDEX, current);
    }

    assertThat(Files.readString(INDEX)).as("`make docs` writes it anew").isEqualTo(current);
  }
}
