package dev.lintel.judge;

import java.util.Locale;

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
