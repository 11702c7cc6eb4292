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
    Conditions conditions = Conditions.NONE;
    String pod = "";
    int addresses = 1;
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "nodeName" -> nodeName = in.name();
        case "zone" -> zone = in.name();
        case "conditions" -> conditions = readConditions(in);
        case "targetRef" -> pod = readPod(in);
        case "addresses" -> addresses = Math.max(1, count(in));
        default -> in.skip();
      }
    }
    return new Endpoint(
        nodeName, zone, conditions.ready(), conditions.terminating(), pod, addresses);
  }

  private static int count(Cursor in) throws IOException, MalformedObjectException {
    int count = 0;
    for (in.array(); in.nextElement(); ) {
      in.skip();
      count++;
    }
    return count;
  }

  /** An endpoint may stand for something else than a Pod. */
  private static String readPod(Cursor in) throws IOException, MalformedObjectException {
    String kind = "";
    String name = "";
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "kind" -> kind = in.name();
        case "name" -> name = in.name();
        default -> in.skip();
      }
    }
    return kind.equals("Pod") ? name : "";
  }

  /** A slice that does not say is ready: that is how the API defines it. */
  private static Conditions readConditions(Cursor in) throws IOException, MalformedObjectException {
    boolean ready = true;
    boolean terminating = false;
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "ready" -> ready = in.optionalTruth().orElse(true);
        case "terminating" -> terminating = in.truth();
        default -> in.skip();
      }
    }
    return new Conditions(ready, terminating);
  }

  private record Conditions(boolean ready, boolean terminating) {
    static final Conditions NONE = new Conditions(true, false);
  }
}
