package dev.lintel.resource;

import dev.lintel.resource.BackendTlsPolicy.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads a BackendTLSPolicy. */
final class BackendTlsPolicyReader {

  private BackendTlsPolicyReader() {}

  static BackendTlsPolicy read(Cursor in) throws IOException, MalformedObjectException {
    Metadata metadata = MetadataReader.NONE;
    List<Target> targets = new ArrayList<>();
    boolean rejected = false;
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "metadata" -> metadata = MetadataReader.read(in);
        case "spec" -> {
          for (in.object(); in.nextField(); ) {
            switch (in.field()) {
              case "targetRefs" ->
                  in.into(targets, Most.REFERENCES, BackendTlsPolicyReader::readTarget);
              default -> in.skip();
            }
          }
        }
        case "status" -> rejected = PolicyStatusReader.rejection(in).orElse(false);
        default -> in.skip();
      }
    }
    return new BackendTlsPolicy(metadata, targets, rejected);
  }

  private static Target readTarget(Cursor in) throws IOException, MalformedObjectException {
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
    return new Target(group, kind, name, sectionName);
  }
}
