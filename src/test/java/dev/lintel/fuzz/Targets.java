package dev.lintel.fuzz;

import java.util.Locale;
import java.util.function.Supplier;

/** The targets, by the names that {@code tools/fuzz.sh} and the folders of the corpus have. */
enum Targets {
  REVIEW(ReviewTarget::new),
  OBJECT(ObjectTarget::new),
  POLICY(PolicyTarget::new),
  HOST(HostTarget::new),
  AUDIT(AuditTarget::new),
  MANIFEST(ManifestTarget::new);

  private final Supplier<Target> maker;

  Targets(Supplier<Target> maker) {
    this.maker = maker;
  }

  /** Makes the target. */
  Target make() {
    return maker.get();
  }

  /** Returns the name, in lower case. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
