package dev.lintel.report;

import dev.lintel.resource.Kind;
import dev.lintel.rule.Family;
import dev.lintel.rule.RuleInfo;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a check could not ask: rules that judge what was written, and look at objects of a kind of
 * which none is known. Their silence says nothing.
 *
 * @param lacking the kinds of which no object is known
 * @param rules the rules that look at them, by code
 */
public record Unasked(List<Kind> lacking, List<RuleInfo> rules) {

  /** Who knows neither knows no path that requests take, and no workload that is in the mesh. */
  private static final List<Kind> NEEDED = List.of(Kind.GATEWAY, Kind.NAMESPACE);

  /** Copies the lists, so that the record is immutable. */
  public Unasked {
    lacking = List.copyOf(lacking);
    rules = List.copyOf(rules);
  }

  /**
   * Tells what could not be asked; nothing is lacking if everything could.
   *
   * @param applied the rules that judge what was written
   * @param known the kinds of which some object is known
   */
  public static Unasked of(Stream<RuleInfo> applied, Set<Kind> known) {
    List<Kind> lacking = NEEDED.stream().filter(kind -> !known.contains(kind)).toList();
    return new Unasked(
        lacking,
        applied
            .distinct()
            .filter(rule -> lacking.stream().anyMatch(rule.reads()::contains))
            .sorted((one, other) -> one.code().compareTo(other.code()))
            .toList());
  }

  /** Tells whether every rule could be asked. */
  public boolean isNothing() {
    return rules.isEmpty();
  }

  /** Returns the families of the rules, in the order of the catalogue. */
  public List<Family> families() {
    return rules.stream().map(RuleInfo::family).distinct().sorted().toList();
  }

  /** Returns one line for people. */
  public String said() {
    String pattern =
        "no %s is known, so %d rules had nothing to go by (%s); give what the cluster has with"
            + " --cluster-state or --live";
    return pattern.formatted(
        lacking.stream().map(Kind::objectKind).collect(Collectors.joining(" and no ")),
        rules.size(),
        families().stream().map(Family::title).collect(Collectors.joining(", ")));
  }
}
