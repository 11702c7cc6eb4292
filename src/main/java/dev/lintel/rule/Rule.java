package dev.lintel.rule;

import dev.lintel.resource.Kind;
import dev.lintel.rule.Subject.OfEntry;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.Topology;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A rule of the catalogue: what is said of it, and a pure function from what is written, in its
 * topology, to findings. The function does no input or output, keeps no state, and does not throw,
 * whatever the objects hold.
 *
 * <p>A rule is built in the order in which it is read: {@code Rule.warns(code,
 * name).summary(...).reads(...).ofServices(...)}.
 */
public final class Rule {

  private final RuleInfo info;
  private final Check<Subject> check;

  private Rule(RuleInfo info, Check<Subject> check) {
    this.info = info;
    this.check = check;
  }

  /**
   * What a rule does.
   *
   * @param <S> what it judges
   */
  @FunctionalInterface
  public interface Check<S extends Subject> {

    /** Returns what is wrong; empty if nothing is, or if that cannot be known. */
    Stream<Finding> judge(Topology topology, S subject);
  }

  /** Begins a rule whose findings may deny. */
  public static Draft denies(String code, String name) {
    return new Draft(code, name, Action.DENY);
  }

  /** Begins a rule whose findings warn. */
  public static Draft warns(String code, String name) {
    return new Draft(code, name, Action.WARN);
  }

  /** Begins a rule that is not applied unless the policy asks for it. */
  public static Draft isOff(String code, String name) {
    return new Draft(code, name, Action.OFF);
  }

  /** Returns what the catalogue says of the rule. */
  public RuleInfo info() {
    return info;
  }

  /**
   * Judges an object.
   *
   * @param topology the state in which the object exists as {@code subject} has it
   * @param subject an object; one of a kind that {@link RuleInfo#subjects()} does not name has no
   *     findings
   * @return what is wrong; empty if nothing is, or if that cannot be known
   */
  public Stream<Finding> judge(Topology topology, Subject subject) {
    return check.judge(topology, subject);
  }

  @Override
  public String toString() {
    return info.code();
  }

  /** A rule of which not everything has been said. */
  public static final class Draft {

    private static final String FIRST_RELEASE = "1.0";

    private final String code;
    private final String name;
    private final Action action;
    private final Set<String> yieldsTo = new LinkedHashSet<>();
    private Set<Kind> reads = Set.of();
    private String summary = "";

    private Draft(String code, String name, Action action) {
      this.code = code;
      this.name = name;
      this.action = action;
    }

    /** Sets the sentence without a full stop that lists of rules show. */
    public Draft summary(String sentence) {
      this.summary = sentence;
      return this;
    }

    /** Sets the kinds that it looks at beside the subject; see {@link RuleInfo#reads()}. */
    public Draft reads(Set<Kind> kinds) {
      this.reads = kinds;
      return this;
    }

    /** Sets the rules that say the same of an object more precisely, by code. */
    public Draft yieldsTo(String... codes) {
      yieldsTo.addAll(Set.of(codes));
      return this;
    }

    /** Ends a rule that judges DestinationRules. */
    public Rule ofDestinationRules(Check<OfRule> check) {
      return rule(
          Set.of(Kind.DESTINATION_RULE),
          (topology, subject) ->
              subject instanceof OfRule rule ? check.judge(topology, rule) : Stream.empty());
    }

    /** Ends a rule that judges Services. */
    public Rule ofServices(Check<OfService> check) {
      return rule(
          Set.of(Kind.SERVICE),
          (topology, subject) ->
              subject instanceof OfService service
                  ? check.judge(topology, service)
                  : Stream.empty());
    }

    /** Ends a rule that judges ServiceEntries. */
    public Rule ofServiceEntries(Check<OfEntry> check) {
      return rule(
          Set.of(Kind.SERVICE_ENTRY),
          (topology, subject) ->
              subject instanceof OfEntry entry ? check.judge(topology, entry) : Stream.empty());
    }

    /** Ends a rule that judges what has hosts: Services and ServiceEntries. */
    public Rule ofHosts(Check<OfHosts> check) {
      return rule(
          Set.of(Kind.SERVICE, Kind.SERVICE_ENTRY),
          (topology, subject) ->
              subject instanceof OfHosts hosts ? check.judge(topology, hosts) : Stream.empty());
    }

    /** Ends a rule that judges DestinationRules and the ServiceEntries that they are for. */
    public Rule ofDestinationRulesAndServiceEntries(Check<Subject> check) {
      return rule(Set.of(Kind.DESTINATION_RULE, Kind.SERVICE_ENTRY), check);
    }

    /** Ends a rule that judges whatever is judged. */
    public Rule ofAll(Check<Subject> check) {
      return rule(Set.of(Kind.SERVICE, Kind.SERVICE_ENTRY, Kind.DESTINATION_RULE), check);
    }

    private Rule rule(Set<Kind> subjects, Check<Subject> check) {
      Family family = Family.of(code);
      return new Rule(
          new RuleInfo(
              code, name, family, action, subjects, reads, yieldsTo, FIRST_RELEASE, summary),
          check);
    }
  }
}
