package dev.lintel.catalogue;

import dev.lintel.rule.RuleInfo;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The page of each rule, as the build packs it: {@code docs/rules/CODE.md}. */
public final class RulePages {

  private RulePages() {}

  /**
   * Returns the page of a rule in Markdown.
   *
   * @throws IOException if the build left it out
   */
  public static String markdown(RuleInfo rule) throws IOException {
    String name = "/rules/" + rule.code() + ".md";
    try (InputStream page = RulePages.class.getResourceAsStream(name)) {
      if (page == null) {
        throw new FileNotFoundException("the build left out " + name);
      }
      return new String(page.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
