package dev.lintel.report;

import dev.lintel.manifest.ManifestText;
import dev.lintel.rule.JsonPatch;
import dev.lintel.rule.JsonPatch.Operation;
import java.util.Optional;

/** Applies the patch of a finding to the text of the object. */
public final class MechanicalFix {

  private MechanicalFix() {}

  /**
   * Applies a patch. Labels and annotations go as a whole with the last of them, for nobody wants
   * to read {@code annotations: {}}.
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
    for (Operation step : patch.operations()) {
      edited = edited.map(now -> withoutEmptyHolder(now, step));
    }
    return edited;
  }

  private static ManifestText withoutEmptyHolder(ManifestText excerpt, Operation step) {
    String holder = step.path().substring(0, step.path().lastIndexOf('/'));
    return step.op().equals("remove") && holder.startsWith("/metadata/")
        ? excerpt.removeEmpty(0, holder).orElse(excerpt)
        : excerpt;
  }

  private static Optional<ManifestText> apply(ManifestText excerpt, Operation step) {
    return switch (step.op()) {
      case "add", "replace" -> excerpt.set(0, step.path(), step.value());
      case "remove" -> excerpt.remove(0, step.path());
      default -> Optional.empty();
    };
  }
}
