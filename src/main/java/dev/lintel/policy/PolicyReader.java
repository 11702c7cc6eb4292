package dev.lintel.policy;

import dev.lintel.rule.Action;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads the policy document strictly: an unknown key or value is a problem with its place, and a
 * document with a problem yields no policy. The document is YAML 1.2, so that {@code off} is a
 * word.
 */
public final class PolicyReader {

  private final Problems problems;

  private PolicyReader(String source) {
    this.problems = new Problems(source);
  }

  /**
   * What a text turned out to be.
   *
   * @param policy the policy; empty if there is any problem
   * @param problems what is wrong, each with its place: {@code source:line:column: path: problem}
   */
  public record Reading(Optional<Policy> policy, List<String> problems) {

    /** Copies the list, so that the record is immutable. */
    public Reading {
      problems = List.copyOf(problems);
    }

    /**
     * Returns the policy.
     *
     * @throws IllegalArgumentException if there is any problem; the message has them all
     */
    public Policy orElseThrow() {
      return policy.orElseThrow(
          () -> new IllegalArgumentException(String.join(System.lineSeparator(), problems)));
    }
  }

  /**
   * Reads a document that is in force already. An exemption that has expired in the meantime is no
   * problem: it just does not count.
   *
   * @param source what the document is called in messages, for example the file's name
   * @param text the document, YAML 1.2
   */
  public static Reading read(String source, String text) {
    return new PolicyReader(source).reading(source, text, LocalDate.MIN);
  }

  /**
   * Reads a document that is being written: an exemption that has expired already is a problem.
   *
   * @param source what the document is called in messages, for example the file's name
   * @param text the document, YAML 1.2
   * @param today the day on which it is written
   */
  public static Reading readNew(String source, String text, LocalDate today) {
    return new PolicyReader(source).reading(source, text, today);
  }

  /** Whatever goes wrong, the document is refused: whoever asked has others to look after. */
  private Reading reading(String source, String text, LocalDate today) {
    try {
      return strictly(source, text, today);
    } catch (RuntimeException | StackOverflowError e) {
      return new Reading(
          Optional.empty(), List.of("%s: cannot be read: %s".formatted(source, e.getClass())));
    }
  }

  private Reading strictly(String source, String text, LocalDate today) {
    Optional<Place> document = DocumentText.read(source, text, problems);
    Optional<Policy> policy = document.flatMap(new PolicyForm().form()::read);
    if (policy.isPresent()) {
      checkCeilings(document.get(), policy.get().enforcement());
      checkDays(document.get(), today);
    }
    return new Reading(policy.filter(read -> problems.count() == 0), problems.found());
  }

  private static void checkCeilings(Place document, Action ceiling) {
    inEach(document, "overrides", "enforcement")
        .filter(place -> place.text().flatMap(Action::of).orElseThrow().compareTo(ceiling) > 0)
        .forEach(
            place ->
                place.problem(
                    () ->
                        "`%s` is more than the document's own enforcement `%s`, which is the ceiling for everything"
                            .formatted(place.text().orElseThrow(), ceiling.word())));
  }

  private static void checkDays(Place document, LocalDate today) {
    inEach(document, "exemptions", "expires")
        .filter(place -> today.isAfter(LocalDate.parse(place.text().orElseThrow())))
        .forEach(
            place ->
                place.problem(
                    () ->
                        "%s is in the past, so the exemption would never count; remove it, or choose another day"
                            .formatted(place.text().orElseThrow())));
  }

  /** Returns where a key's values stand in the elements of a list. */
  private static Stream<Place> inEach(Place document, String list, String key) {
    return at(document, list)
        .flatMap(elements -> elements.elements().stream().flatMap(List::stream))
        .flatMap(element -> at(element, key));
  }

  private static Stream<Place> at(Place mapping, String key) {
    return mapping.entries().stream()
        .flatMap(List::stream)
        .filter(entry -> entry.name().equals(key))
        .map(Place.Entry::value)
        .filter(value -> !value.isEmpty());
  }
}
