package dev.lintel.rule;

import com.google.errorprone.annotations.FormatMethod;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A part of a finding's message: what a rule always says, and what it says of the objects at hand.
 * The two are kept apart, so that names of objects can be told from words.
 *
 * @param template the words, in the notation of {@link String#format}
 * @param values what is put in their gaps, in order
 */
public record Phrase(String template, List<Object> values) {

  /** No words at all. */
  static final Phrase NONE = new Phrase("", List.of());

  /** Copies the list, so that the record is immutable. */
  public Phrase {
    values = List.copyOf(values);
  }

  /** Returns a phrase. */
  @FormatMethod
  static Phrase of(String template, Object... values) {
    return new Phrase(template, List.of(values));
  }

  /** Returns the phrase with its gaps filled. */
  public String text() {
    return template.formatted(values.toArray());
  }

  /**
   * Returns the phrase with its gaps filled by something else.
   *
   * @param change what is put in the place of a value; numbers stay
   */
  public String text(UnaryOperator<String> change) {
    Object[] changed = new Object[values.size()];
    for (int i = 0; i < changed.length; i++) {
      Object value = values.get(i);
      changed[i] = value instanceof Number ? value : change.apply(value.toString());
    }
    return template.formatted(changed);
  }

  @Override
  public String toString() {
    return text();
  }
}
