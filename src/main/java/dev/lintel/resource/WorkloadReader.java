package dev.lintel.resource;

import dev.lintel.resource.ServiceEntry.Endpoint;
import java.io.IOException;
import java.util.Map;

/**
 * Reads where a workload is: an endpoint of a ServiceEntry has the same fields as a WorkloadEntry.
 */
final class WorkloadReader {

  /** A workload of which nothing is written. */
  static final Endpoint NONE = new Endpoint("", "", "", Map.of());

  private WorkloadReader() {}

  static Endpoint read(Cursor in) throws IOException, MalformedObjectException {
    String address = "";
    String network = "";
    String locality = "";
    Map<String, String> labels = Map.of();
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "address" -> address = in.name();
        case "network" -> network = in.name();
        case "locality" -> locality = in.name();
        case "labels" -> labels = in.textMap();
        default -> in.skip();
      }
    }
    return new Endpoint(address, network, locality, labels);
  }
}
