package dev.lintel.resource;

import java.io.IOException;

/** Reads what a policy names. */
final class PolicyTargetReader {

  private PolicyTargetReader() {}

  static PolicyTarget read(Cursor in) throws IOException, MalformedObjectException {
    String group = "";
    String kind = "";
    String name = "";
    String sectionName = "";
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "group" -> group = in.name();
        case "kind" -> kind = in.name();
        case "name" -> name = in.name();
        case "sectionName" -> sectionName = in.name();
        default -> in.skip();
      }
    }
    return new PolicyTarget(group, kind, name, sectionName);
  }
}
