package dev.lintel.report;

import dev.lintel.manifest.ManifestText;
import dev.lintel.rule.JsonPatch;
import dev.lintel.rule.JsonPatch.Operation;
import java.util.Optional;

/** Applies the patch of a finding to the text of the object. */
public final class MechanicalFix {

  private MechanicalFix() {}

  /**
   * Applies a patch.
   *
   * @param excerpt the text of the object alone
   * @return the text with the patch, otherwise unchanged to the letter; empty if the patch does not
   *     fit, or cannot be written without a change elsewhere
   */
  public static Optional<ManifestText> apply(ManifestText excerpt, JsonPatch patch) {
    Optional<ManifestText> edited = Optional.of(excerpt);
    for (Operation step : patch.operations()) {
      edited = edited.flatMap(now -> apply(now, step));
    }
    return edited;
  }

  private static Optional<ManifestText> apply(ManifestText excerpt, Operation step) {
    return switch (step.op()) {
      case "add", "replace" -> excerpt.set(0, step.path(), step.value());
      case "remove" -> excerpt.remove(0, step.path());
      default -> Optional.empty();
    };
  }
}
