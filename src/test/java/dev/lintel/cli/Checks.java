package dev.lintel.cli;

import dev.lintel.report.CheckReport;
import dev.lintel.resource.ManifestText;
import dev.lintel.samples.WrittenSample;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;

/** Judges samples as {@code lintel check} does. */
public final class Checks {

  private Checks() {}

  /** Judges a sample's write. */
  public static CheckReport check(WrittenSample sample) {
    return checker(sample).check(List.of(sample.written()));
  }

  /** Fixes what can be fixed in a sample's text. */
  static Fixes.Outcome fix(WrittenSample sample) {
    List<ManifestText> texts = List.of(sample.written());
    return new Fixes(checker(sample)::check).fix(texts);
  }

  private static Checker checker(WrittenSample sample) {
    return new Checker(
        new StateOptions.State(sample.cluster(), sample.policy()),
        Optional.of(
            sample.before().isPresent() ? Checker.Operation.UPDATE : Checker.Operation.CREATE),
        sample.user(),
        new Ticker(new PrintWriter(new StringWriter()), false, () -> 0));
  }
}
