package dev.lintel.cli;

import dev.lintel.manifest.ManifestText;
import dev.lintel.manifest.Manifests;
import dev.lintel.report.CheckReport;
import dev.lintel.samples.WrittenSample;
import dev.lintel.state.Existing;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Judges samples as {@code lintel check} does. */
public final class Checks {

  private static final Ticker QUIET =
      new Ticker(new PrintWriter(new StringWriter()), false, () -> 0);

  private Checks() {}

  /** Judges a sample's write. */
  public static CheckReport check(WrittenSample sample) {
    return checker(sample).check(List.of(sample.written()));
  }

  /** Judges a sample's write as one to the cluster that a folder stands for. */
  public static CheckReport check(Path folder, WrittenSample sample) {
    Existing cluster =
        Existing.of(sample.policy().platform(), Inputs.state(folder, QUIET, doubles -> {}));
    return checker(cluster, sample).check(List.of(sample.written()));
  }

  /** Fixes what can be fixed in a sample's text. */
  static Fixes.Outcome fix(WrittenSample sample) {
    List<ManifestText> texts = List.of(sample.written());
    return new Fixes(checker(sample)::check).fix(texts);
  }

  private static Checker checker(WrittenSample sample) {
    return checker(Existing.of(sample.cluster()), sample);
  }

  private static Checker checker(Existing cluster, WrittenSample sample) {
    return new Checker(
        new StateOptions.State(cluster, sample.policy(), sample.policy()),
        Optional.of(
            sample.before().isPresent() ? Checker.Operation.UPDATE : Checker.Operation.CREATE),
        sample.user(),
        Manifests.DEFAULT_NAMESPACE,
        Suppressions.NONE,
        QUIET);
  }
}
