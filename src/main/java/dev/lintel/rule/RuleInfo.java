package dev.lintel.rule;

import dev.lintel.resource.Kind;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the catalogue says of a rule.
 *
 * @param code stable, never reused, for example {@code DR-001}
 * @param name what administrators write in the policy, in kebab-case
 * @param family the family that the code begins with
 * @param defaultAction what a finding asks for where the policy does not say; findings may ask for
 *     less
 * @param subjects the kinds of written objects that the rule judges
 * @param reads the kinds of objects that the rule looks at, directly or through the resolved
 *     topology; its subjects are always among them
 * @param yieldsTo the rules, by code, that say the same of an object more precisely: where one of
 *     them finds something, the judge leaves out what this one finds
 * @param since the release that brought the rule
 * @param summary one sentence without a full stop
 */
public record RuleInfo(
    String code,
    String name,
    Family family,
    Action defaultAction,
    Set<Kind> subjects,
    Set<Kind> reads,
    Set<String> yieldsTo,
    String since,
    String summary) {

  /** Copies the sets, so that the record is immutable, and adds the subjects to what is read. */
  public RuleInfo {
    subjects = Set.copyOf(subjects);
    yieldsTo = Set.copyOf(yieldsTo);
    reads =
        Stream.concat(subjects.stream(), reads.stream()).collect(Collectors.toUnmodifiableSet());
  }
}
