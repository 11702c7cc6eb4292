package dev.lintel.judge;

import dev.lintel.policy.Policy;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Why a write is not judged. */
public enum Spared {
  /** Nothing that a rule reads is changed. */
  UNCHANGED,
  /** The object is being deleted. */
  DELETING,
  /** The policy names the user. */
  IGNORED_USER,
  /** The policy names a group of the user. */
  IGNORED_GROUP,
  /** A controller writes what it generates. */
  CONTROLLER;

  /** Tells why nothing is said to someone, whatever is written; empty if something may be. */
  public static Optional<Spared> byAuthor(String user, Collection<String> groups, Policy policy) {
    if (policy.ignoresUser(user)) {
      return Optional.of(IGNORED_USER);
    }
    return policy.ignoresGroups(groups) ? Optional.of(IGNORED_GROUP) : Optional.empty();
  }

  /** Returns the word for metrics and audit annotations, for example {@code ignored-user}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Tells whether the author's name decided, so that it should be known whose writes pass. */
  public boolean isByAuthor() {
    return switch (this) {
      case IGNORED_USER, IGNORED_GROUP, CONTROLLER -> true;
      case UNCHANGED, DELETING -> false;
    };
  }
}
