package dev.lintel.rule.knowndefect;

import dev.lintel.mesh.AffectedReleases.Match;
import dev.lintel.resource.Kind;
import dev.lintel.rule.Action;
import dev.lintel.rule.Family;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.RuleInfo;
import dev.lintel.rule.Subject;
import dev.lintel.topology.Topology;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A field that the installed version of a component gets wrong.
 *
 * <p>Restricted: what the table of {@link KnownDefects} names. Allowed: versions that are not
 * known; fields that were set before the write (docs/domain.md, 8.1).
 */
final class FieldWithDefect implements Rule {

  private static final RuleInfo INFO =
      new RuleInfo(
          "DX-001",
          "field-with-known-defect",
          Family.KNOWN_DEFECT,
          Action.WARN,
          Set.of(Kind.SERVICE, Kind.SERVICE_ENTRY, Kind.DESTINATION_RULE),
          Reads.RULE_READERS,
          "1.0",
          "The installed version of a component has a known defect with this field");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public Stream<Finding> judge(Topology topology, Subject subject) {
    return KnownDefects.ALL.stream().flatMap(row -> finding(topology, subject, row).stream());
  }

  private static Optional<Finding> finding(Topology topology, Subject subject, KnownDefect row) {
    return row.match(topology.dialect())
        .flatMap(
            match -> row.trigger().in(topology, subject).map(field -> finding(row, match, field)));
  }

  private static Finding finding(KnownDefect row, Match match, FieldPath field) {
    String verb = match.has().isYes() ? "has" : "may have";
    return Finding.at(field)
        .says(
            "%s %s %s a known defect with %s: %s (%s)",
            row.component().spoken(),
            match.release().name(),
            verb,
            row.trigger().spoken(),
            row.effect(),
            row.reference())
        .because("The field is right; this version of the component does not act on it rightly.")
        .mend("update %s to %s or newer", row.component().spoken(), row.mendedIn())
        .about(row.reference())
        .onlyWhenNew();
  }
}
