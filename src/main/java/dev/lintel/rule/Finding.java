package dev.lintel.rule;

import com.google.errorprone.annotations.FormatMethod;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Something that will not do what its author believes.
 *
 * <p>A rule builds it in the order in which it is read: {@code
 * Finding.at(field).says(...).because(...) .fix(...)}. Every step returns a new finding.
 *
 * @param field where in the object
 * @param says what is set and who ignores or changes it, without a full stop
 * @param because what happens on the wire, in full sentences
 * @param fix the edit that fixes it, in the imperative, without a full stop
 * @param patch the edit as a patch; empty where it is not mechanical
 * @param ceiling the most that this finding may ask for
 * @param evidence the other objects that it rests on
 * @param facts further evidence: the path's label, assumptions about unknown facts
 * @param about what tells this finding from another of the same rule at the same field
 * @param onlyNew whether it is left out where it was there before the write
 */
public record Finding(
    FieldPath field,
    Phrase says,
    String because,
    Phrase fix,
    Optional<JsonPatch> patch,
    Action ceiling,
    List<ResourceRef> evidence,
    List<String> facts,
    Set<String> about,
    boolean onlyNew) {

  /** Copies the collections, so that the record is immutable. */
  public Finding {
    evidence = List.copyOf(evidence);
    facts = List.copyOf(facts);
    about = Set.copyOf(about);
  }

  /** Begins a finding at a field. */
  public static Finding at(FieldPath field) {
    return new Finding(
        field,
        Phrase.NONE,
        "",
        Phrase.NONE,
        Optional.empty(),
        Action.DENY,
        List.of(),
        List.of(),
        Set.of(),
        false);
  }

  /** Says what is set and who ignores or changes it; no full stop at the end. */
  @FormatMethod
  public Finding says(String template, Object... values) {
    return new Finding(
        field,
        Phrase.of(template, values),
        because,
        fix,
        patch,
        ceiling,
        evidence,
        facts,
        about,
        onlyNew);
  }

  /** Says a phrase: what is set and who ignores or changes it; no full stop at the end. */
  public Finding says(Phrase phrase) {
    return new Finding(
        field, phrase, because, fix, patch, ceiling, evidence, facts, about, onlyNew);
  }

  /** Explains what happens on the wire, in full sentences. */
  @FormatMethod
  public Finding because(String template, Object... values) {
    return new Finding(
        field,
        says,
        template.formatted(values),
        fix,
        patch,
        ceiling,
        evidence,
        facts,
        about,
        onlyNew);
  }

  /** Says which edit fixes it, in the imperative; no full stop at the end. */
  @FormatMethod
  public Finding fix(String template, Object... values) {
    return new Finding(
        field,
        says,
        because,
        Phrase.of(template, values),
        patch,
        ceiling,
        evidence,
        facts,
        about,
        onlyNew);
  }

  /** Adds the edit as a patch. */
  public Finding patch(JsonPatch edit) {
    return new Finding(
        field, says, because, fix, Optional.of(edit), ceiling, evidence, facts, about, onlyNew);
  }

  /** Lowers the most that this finding may ask for. */
  public Finding atMost(Action action) {
    return new Finding(
        field, says, because, fix, patch, ceiling.atMost(action), evidence, facts, about, onlyNew);
  }

  /** Names another object that the finding rests on. */
  public Finding with(Resource other) {
    return with(other.ref());
  }

  /** Names another object that the finding rests on; it need not exist. */
  public Finding with(ResourceRef other) {
    Set<ResourceRef> more = new LinkedHashSet<>(evidence);
    more.add(other);
    return new Finding(
        field, says, because, fix, patch, ceiling, List.copyOf(more), facts, about, onlyNew);
  }

  /** Adds evidence in words: the path's label, or what was assumed where a fact is unknown. */
  @FormatMethod
  public Finding fact(String template, Object... values) {
    List<String> more = new ArrayList<>(facts);
    more.add(template.formatted(values));
    return new Finding(field, says, because, fix, patch, ceiling, evidence, more, about, onlyNew);
  }

  /**
   * Tells this finding from others of the same rule at the same field, for example by the bad
   * value.
   */
  public Finding about(String what) {
    Set<String> more = new LinkedHashSet<>(about);
    more.add(what);
    return new Finding(field, says, because, fix, patch, ceiling, evidence, facts, more, onlyNew);
  }

  /**
   * Names another object that the finding rests on, and that tells it from others of the same rule
   * at the same field: its reader, for example.
   */
  public Finding about(Resource other) {
    return with(other).about(other.ref().toString());
  }

  /** Leaves the finding out where it was there before the write. */
  public Finding onlyWhenNew() {
    return new Finding(field, says, because, fix, patch, ceiling, evidence, facts, about, true);
  }

  /** Returns the one line: what is set, who ignores it, and the edit that fixes it. */
  public String message() {
    return joined(says.text(), fix.text());
  }

  /**
   * Returns the one line with something else in the place of what it says of the objects at hand.
   *
   * @param change what is put in the place of a value; numbers stay
   */
  public String message(UnaryOperator<String> change) {
    return joined(says.text(change), fix.text(change));
  }

  private static String joined(String says, String fix) {
    return fix.isEmpty() ? says : says + "; " + fix;
  }
}
