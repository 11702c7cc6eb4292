package dev.lintel.resource;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Reads the status of a policy that is attached to other objects. */
final class PolicyStatusReader {

  private PolicyStatusReader() {}

  /**
   * Tells whether some Gateway did not accept a policy. A status without any field is what
   * generators of manifests leave: it tells nothing.
   */
  static Optional<Boolean> rejection(Cursor in) throws IOException, MalformedObjectException {
    boolean rejected = false;
    boolean tells = false;
    for (in.object(); in.nextField(); ) {
      tells = true;
      switch (in.field()) {
        case "ancestors" -> {
          for (in.array(); in.nextElement(); ) {
            for (in.object(); in.nextField(); ) {
              switch (in.field()) {
                case "conditions" -> {
                  for (in.array(); in.nextElement(); ) {
                    Map<String, String> condition = in.scalars();
                    rejected |=
                        "Accepted".equals(condition.get("type"))
                            && "False".equals(condition.get("status"));
                  }
                }
                default -> in.skip();
              }
            }
          }
        }
        default -> in.skip();
      }
    }
    return tells ? Optional.of(rejected) : Optional.empty();
  }
}
