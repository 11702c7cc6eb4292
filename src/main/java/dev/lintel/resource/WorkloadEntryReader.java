package dev.lintel.resource;

import dev.lintel.resource.ServiceEntry.Endpoint;
import java.io.IOException;

/** Reads a WorkloadEntry. */
final class WorkloadEntryReader {

  private WorkloadEntryReader() {}

  static WorkloadEntry read(Cursor in) throws IOException, MalformedObjectException {
    Metadata metadata = MetadataReader.NONE;
    Endpoint spec = WorkloadReader.NONE;
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "metadata" -> metadata = MetadataReader.read(in, key -> true);
        case "spec" -> spec = WorkloadReader.read(in);
        default -> in.skip();
      }
    }
    return new WorkloadEntry(
        metadata, spec.address(), spec.network(), spec.locality(), spec.labels());
  }
}
