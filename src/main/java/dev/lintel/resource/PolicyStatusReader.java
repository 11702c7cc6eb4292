package dev.lintel.resource;

import java.io.IOException;
import java.util.Map;

/** Reads the status of a policy that is attached to other objects. */
final class PolicyStatusReader {

  private PolicyStatusReader() {}

  /** Tells whether some Gateway did not accept a policy, by its status. */
  static boolean isRejected(Cursor in) throws IOException, MalformedObjectException {
    boolean rejected = false;
    for (in.object(); in.nextField(); ) {
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
    return rejected;
  }
}
