package dev.lintel.policy;

import static dev.lintel.policy.Form.text;

import java.util.List;
import java.util.Optional;

/** What the document says about where people read on. */
final class LinksForm {

  private static final int MAX_ADDRESS = 120;
  private static final int MAX_CONTACT = 80;

  private final Section<Links> keys = Section.outermost();
  private final Key<Links, Optional<String>> rules =
      keys.key(
          "rules",
          text(
                  "https?://[A-Za-z0-9._~:/?#@!$&'()*+,;=%\\[\\]-]+",
                  MAX_ADDRESS,
                  "an address that begins with http:// or https://, of up to 120 characters")
              .optional(),
          Links::rules,
          reworded(),
          "Below which address the rules' pages are published: <address>/rules/TD-001. Lintel's"
              + " own, which serves them, if left out.");
  private final Key<Links, Optional<String>> contact =
      keys.key(
          "contact",
          text(
                  "[^\\x00-\\x1f\\x7f]*[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*",
                  MAX_CONTACT,
                  "one line of up to 80 characters")
              .optional(),
          Links::contact,
          reworded(),
          "Whom to ask about a finding, for example \"ask #mesh\". Nobody if left out.");

  /** Returns how links are written. */
  Form<Links> form() {
    return keys.form(Links.NONE, in -> new Links(in.of(rules), in.of(contact)));
  }

  /** Returns how they are compared. */
  Comparison<Links> comparison() {
    return keys;
  }

  private static Comparison<Optional<String>> reworded() {
    return (path, old, now) ->
        now.equals(old)
            ? Change.NONE
            : Change.reworded(
                List.of(
                    "%s goes from %s to %s"
                        .formatted(path, old.orElse("the default"), now.orElse("the default"))));
  }
}
