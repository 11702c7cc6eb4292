package dev.lintel.policy;

import static dev.lintel.policy.Form.listOf;
import static dev.lintel.policy.Form.words;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A document with what somebody says is so of paths, read as strictly as a policy.
 *
 * @param all what is said, in the document's order
 */
public record Assertions(List<Assertion> all) {

  /** Copies the list, so that the record is immutable. */
  public Assertions {
    all = List.copyOf(all);
  }

  /**
   * What a text turned out to be.
   *
   * @param assertions the document; empty if there is any problem
   * @param problems what is wrong, each with its place: {@code source:line:column: path: problem}
   */
  public record Reading(Optional<Assertions> assertions, List<String> problems) {

    /** Copies the list, so that the record is immutable. */
    public Reading {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Reads a document.
   *
   * @param source what it is called in messages
   * @param text the document, YAML 1.2
   */
  public static Reading read(String source, String text) {
    Problems problems = new Problems(source);
    Optional<Assertions> read = DocumentText.read(source, text, problems).flatMap(form()::read);
    read.ifPresent(assertions -> refuseNamesTwice(assertions, problems));
    return new Reading(read.filter(found -> problems.count() == 0), problems.found());
  }

  /** Returns the JSON Schema of the document, with a line break at its end. */
  public static String schema() {
    return PolicySchema.write("Lintel's assertions", form().schema());
  }

  private static void refuseNamesTwice(Assertions assertions, Problems problems) {
    Set<String> names = new HashSet<>();
    for (Assertion each : assertions.all) {
      if (!names.add(each.name())) {
        problems.add(
            Optional.empty(),
            "assertions",
            () ->
                "two of them are called `%s`, the second in line %d"
                    .formatted(Problems.shown(each.name()), each.line()));
      }
    }
  }

  private static Form<Assertions> form() {
    Section<Assertions> keys = Section.outermost();
    keys.required(
        "apiVersion",
        words(List.of("lintel.dev/v1"), Function.identity()),
        document -> "lintel.dev/v1",
        "The version of this document.");
    keys.required(
        "kind",
        words(List.of("Assertions"), Function.identity()),
        document -> "Assertions",
        "What this document is.");
    var all =
        keys.required(
            "assertions",
            listOf(new AssertionForm().form(), 1),
            Assertions::all,
            "What is said to be so of paths.");
    return keys.form(new Assertions(List.of()), in -> new Assertions(in.of(all)));
  }
}
