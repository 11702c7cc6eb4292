package dev.lintel.rule;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a finding asks for, from nothing to refusing the write. */
public enum Action {
  /** The rule is not evaluated. */
  OFF,
  /** The finding goes to logs, metrics and the audit annotation only. */
  AUDIT,
  /** The author sees a warning. */
  WARN,
  /** The write is refused. */
  DENY;

  /** Returns the milder of two actions. */
  public Action atMost(Action ceiling) {
    return compareTo(ceiling) <= 0 ? this : ceiling;
  }

  /** Returns the action of a word; empty if it is none. */
  public static Optional<Action> of(String word) {
    return Stream.of(values()).filter(action -> action.word().equals(word)).findFirst();
  }

  /** Returns the word that policy documents and reports use, for example {@code deny}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
