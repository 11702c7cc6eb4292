package dev.lintel.resource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads a BackendTLSPolicy. */
final class BackendTlsPolicyReader {

  private BackendTlsPolicyReader() {}

  static BackendTlsPolicy read(Cursor in) throws IOException, MalformedObjectException {
    Metadata metadata = MetadataReader.NONE;
    List<PolicyTarget> targets = new ArrayList<>();
    boolean rejected = false;
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "metadata" -> metadata = MetadataReader.read(in);
        case "spec" -> {
          for (in.object(); in.nextField(); ) {
            switch (in.field()) {
              case "targetRefs" -> in.into(targets, Most.REFERENCES, PolicyTargetReader::read);
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
}
