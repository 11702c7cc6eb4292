package dev.lintel.report;

import dev.lintel.resource.ManifestText;
import dev.lintel.rule.JsonPatch;
import dev.lintel.rule.JsonPatch.Operation;
import java.util.Optional;

/** Applies the patch of a finding to the text that the object stands in. */
public final class MechanicalFix {

  private MechanicalFix() {}

  /**
   * Applies a patch.
   *
   * @param position which object of the text
   * @return the text with the patch, otherwise unchanged to the letter; empty if the patch does not
   *     fit, or cannot be written without a change elsewhere
   */
  public static Optional<ManifestText> apply(ManifestText text, int position, JsonPatch patch) {
    Optional<ManifestText> edited = Optional.of(text);
    for (Operation step : patch.operations()) {
      edited = edited.flatMap(now -> apply(now, position, step));
    }
    return edited;
  }

  private static Optional<ManifestText> apply(ManifestText text, int position, Operation step) {
    return switch (step.op()) {
      case "add", "replace" -> text.set(position, step.path(), step.value());
      case "remove" -> text.remove(position, step.path());
      default -> Optional.empty();
    };
  }
}
