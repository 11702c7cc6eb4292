package dev.lintel.policy;

import dev.lintel.rule.RuleInfo;
import java.util.Optional;

/**
 * Where people read on, and whom they ask. No address is made up: without one, whoever is told of a
 * finding is told the command that shows the rule's page.
 *
 * @param rules the address below which the rules' pages are published, without a slash at its end;
 *     empty if none is known
 * @param contact whom to ask, in a few words; empty if nobody is named
 */
public record Links(Optional<String> rules, Optional<String> contact) {

  /** Nothing is published, and nobody is named. */
  public static final Links NONE = new Links(Optional.empty(), Optional.empty());

  /** Takes slashes from the end of the address. */
  public Links {
    rules = rules.map(address -> address.replaceFirst("/+$", ""));
  }

  /** Returns the address of a rule's page; empty if it is not known to be published. */
  public Optional<String> page(RuleInfo rule) {
    return rules.map(address -> address + "/rules/" + rule.code());
  }

  /** Returns where a rule's page is read: its address, or the command that shows it. */
  public String reference(RuleInfo rule) {
    return page(rule).orElseGet(() -> "`lintel rules %s`".formatted(rule.code()));
  }

  /** Returns the same links, with an address where there is none. */
  Links publishedAt(String address) {
    return rules.isPresent() ? this : new Links(Optional.of(address), contact);
  }
}
