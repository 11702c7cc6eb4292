package dev.lintel.cluster;

import dev.lintel.resource.Kind;
import java.util.List;

/**
 * Objects that are not known, for whoever asks has no right to list them.
 *
 * @param kind what they are
 * @param known the namespaces of which they are known all the same; of most kinds there are none
 */
public record Gap(Kind kind, List<String> known) {

  /** Copies the list, so that the record is immutable. */
  public Gap {
    known = List.copyOf(known);
  }

  /** Returns a line for people. */
  public String said() {
    String plural = kind.group().isEmpty() ? kind.plural() : kind.plural() + "." + kind.group();
    return known.isEmpty()
        ? "no right to list %s: which there are is not known".formatted(plural)
        : "no right to list %s of all namespaces: those outside %s are not known"
            .formatted(plural, String.join(", ", known));
  }
}
