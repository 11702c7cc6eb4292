package dev.lintel.policy;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a part of the document may look like. The reader checks a document against it, and the JSON
 * Schema that editors use is written from it, so the two cannot differ.
 */
sealed interface Form {

  /**
   * One of a few words.
   *
   * @param words all of them, in the order in which people should read them
   */
  record Word(List<String> words) implements Form {
    /** Copies the collection, so that the record is immutable. */
    public Word {
      words = List.copyOf(words);
    }
  }

  /**
   * A text.
   *
   * @param pattern what it must match as a whole
   * @param max how many characters it may have; more are not even compared with the pattern
   * @param expected what is accepted, as part of a sentence
   */
  record Text(Pattern pattern, int max, String expected) implements Form {}

  /**
   * A whole number.
   *
   * @param min the smallest
   * @param max the largest
   */
  record Whole(int min, int max) implements Form {}

  /** A day, for example {@code 2027-01-31}. */
  record Day() implements Form {}

  /**
   * The code or the name of a rule.
   *
   * @param known all of them
   */
  record RuleName(Set<String> known) implements Form {
    /** Copies the collection, so that the record is immutable. */
    public RuleName {
      known = Set.copyOf(known);
    }
  }

  /**
   * A list of at most {@value #MAX_ELEMENTS} elements.
   *
   * @param element what each element looks like
   * @param min how many there must be
   */
  record ListOf(Form element, int min) implements Form {
    static final int MAX_ELEMENTS = 1000;
  }

  /**
   * A mapping with free keys.
   *
   * @param key what each key looks like: {@link Text} or {@link RuleName}
   * @param value what each value looks like
   */
  record MapOf(Form key, Form value) implements Form {}

  /**
   * A mapping with fixed keys.
   *
   * @param fields the keys
   */
  record Group(List<Field> fields) implements Form {
    /** Copies the collection, so that the record is immutable. */
    public Group {
      fields = List.copyOf(fields);
    }
  }

  /**
   * A key of a {@link Group}.
   *
   * @param name the key
   * @param form what its value looks like
   * @param isRequired whether it must be there
   * @param description one sentence for people
   */
  record Field(String name, Form form, boolean isRequired, String description) {}

  /** Returns a key that may be left out. */
  static Field optional(String name, Form form, String description) {
    return new Field(name, form, false, description);
  }

  /** Returns a key that must be there. */
  static Field required(String name, Form form, String description) {
    return new Field(name, form, true, description);
  }

  /** Returns the form of a few words. */
  static Word words(String... words) {
    return new Word(List.of(words));
  }
}
