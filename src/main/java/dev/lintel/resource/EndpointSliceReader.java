package dev.lintel.resource;

import dev.lintel.resource.EndpointSlice.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads an EndpointSlice. */
final class EndpointSliceReader {

  private static final String SERVICE_NAME = "kubernetes.io/service-name";

  private EndpointSliceReader() {}

  static EndpointSlice read(Cursor in) throws IOException, MalformedObjectException {
    Metadata metadata = MetadataReader.NONE;
    String addressType = "IPv4";
    List<Endpoint> endpoints = new ArrayList<>();
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "metadata" -> metadata = MetadataReader.read(in);
        case "addressType" -> addressType = in.optionalText().orElse(addressType);
        case "endpoints" -> in.into(endpoints, Most.ENDPOINTS, EndpointSliceReader::readEndpoint);
        default -> in.skip();
      }
    }
    return new EndpointSlice(
        metadata, metadata.label(SERVICE_NAME).orElse(""), addressType, endpoints);
  }

  private static Endpoint readEndpoint(Cursor in) throws IOException, MalformedObjectException {
    String nodeName = "";
    String zone = "";
    boolean ready = true;
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "nodeName" -> nodeName = in.name();
        case "zone" -> zone = in.name();
        case "conditions" -> ready = readReady(in);
        default -> in.skip();
      }
    }
    return new Endpoint(nodeName, zone, ready);
  }

  /** A slice that does not say is ready: that is how the API defines it. */
  private static boolean readReady(Cursor in) throws IOException, MalformedObjectException {
    boolean ready = true;
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "ready" -> ready = in.optionalTruth().orElse(true);
        default -> in.skip();
      }
    }
    return ready;
  }
}
