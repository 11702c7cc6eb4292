package dev.lintel.policy;

import dev.lintel.rule.Action;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads the policy document strictly: an unknown key or value is a problem with its place, and a
 * document with a problem yields no policy. The document is YAML 1.2, so that {@code off} is a
 * word.
 */
public final class PolicyReader {

  /** Room for every rule and a thousand exemptions; more would cost a new process seconds. */
  private static final int MAX_LENGTH = 1 << 18;

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
    Optional<Place> document = document(source, text);
    Optional<Policy> policy = document.flatMap(new PolicyForm().form()::read);
    if (policy.isPresent()) {
      checkCeilings(document.get(), policy.get().enforcement());
      checkDays(document.get(), today);
    }
    return new Reading(policy.filter(read -> problems.count() == 0), problems.found());
  }

  private Optional<Place> document(String source, String text) {
    if (text.length() > MAX_LENGTH) {
      problems.add(
          Optional.empty(),
          "",
          () -> "the document is longer than %d characters".formatted(MAX_LENGTH));
      return Optional.empty();
    }
    List<Node> documents = new ArrayList<>();
    try {
      LoadSettings settings =
          LoadSettings.builder().setLabel(source).setBufferSize(text.length() + 1024).build();
      Parser parser = new BoundedParser(new ParserImpl(settings, new StreamReader(settings, text)));
      new Composer(settings, parser).forEachRemaining(documents::add);
    } catch (BoundedParser.ExceededException e) {
      problems.add(e.mark(), e.path(), e::problem);
      return Optional.empty();
    } catch (MarkedYamlEngineException e) {
      problems.add(e.getProblemMark(), "", e::getProblem);
      return Optional.empty();
    } catch (YamlEngineException e) {
      problems.add(Optional.empty(), "", () -> String.valueOf(e.getMessage()));
      return Optional.empty();
    }
    if (documents.size() != 1 || documents.getFirst().getTag().equals(Tag.NULL)) {
      problems.add(
          Optional.empty(),
          "",
          () -> documents.size() > 1 ? "there must be one document only" : "the document is empty");
      return Optional.empty();
    }
    return Optional.of(new Place(documents.getFirst(), "", problems));
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
