package dev.lintel.rule.knowndefect;

import dev.lintel.mesh.AffectedReleases.Match;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject;
import dev.lintel.topology.Topology;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A field that the installed version of a component gets wrong.
 *
 * <p>Restricted: what the table of {@link KnownDefects} names. Allowed: versions that are not
 * known; fields that were set before the write (docs/domain.md, 8.1).
 */
final class FieldWithDefect {

  static final Rule RULE =
      Rule.warns("DX-001", "field-with-known-defect")
          .summary("The installed version of a component has a known defect with this field")
          .reads(Reads.RULE_READERS)
          .ofAll(FieldWithDefect::judge);

  private FieldWithDefect() {}

  private static Stream<Finding> judge(Topology topology, Subject subject) {
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
        .fix("update %s to %s or newer", row.component().spoken(), row.fixedIn())
        .about(row.reference())
        .onlyWhenNew();
  }
}
