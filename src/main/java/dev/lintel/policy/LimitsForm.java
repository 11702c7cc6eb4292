package dev.lintel.policy;

import static dev.lintel.policy.Comparison.lowered;
import static dev.lintel.policy.Form.whole;

/** What the document says about bounds. */
final class LimitsForm {

  private final Section<Limits> keys = Section.outermost();
  private final Key<Limits, Integer> dependents =
      keys.key(
          "dependents",
          whole(0, Limits.MAX_DEPENDENTS),
          Limits::dependents,
          lowered("only %d instead of %d other objects are looked at for one write"),
          "How many other objects are looked at for one write; 50 if left out.");
  private final Key<Limits, Integer> warnings =
      keys.key(
          "warnings",
          whole(1, Limits.MAX_WARNINGS),
          Limits::warnings,
          lowered("only %d instead of %d warnings are shown for one write"),
          "How many warnings one answer has; 5 if left out.");
  private final Key<Limits, Integer> bodyKib =
      keys.key(
          "bodyKiB",
          whole(Limits.MIN_BODY_KIB, Limits.MAX_BODY_KIB),
          Limits::bodyKib,
          lowered("requests of more than %d instead of %d KiB are not judged"),
          "How large a request may be, in KiB, from 1024 to 7168; 7168 (7 MiB) if left out."
              + " What is larger is not judged.");

  /** Returns how bounds are written. */
  Form<Limits> form() {
    return keys.form(
        Limits.DEFAULT, in -> new Limits(in.of(dependents), in.of(warnings), in.of(bodyKib)));
  }

  /** Returns how they are compared. */
  Comparison<Limits> comparison() {
    return keys;
  }
}
