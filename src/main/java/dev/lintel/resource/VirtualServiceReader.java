package dev.lintel.resource;

import dev.lintel.resource.VirtualService.Destination;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a VirtualService. */
final class VirtualServiceReader {

  private VirtualServiceReader() {}

  static VirtualService read(Cursor in) throws IOException, MalformedObjectException {
    Metadata metadata = MetadataReader.NONE;
    VirtualService spec = new VirtualService(metadata, List.of(), List.of(), List.of(), List.of());
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "metadata" -> metadata = MetadataReader.read(in);
        case "spec" -> spec = readSpec(in);
        default -> in.skip();
      }
    }
    return spec.withMetadata(metadata);
  }

  private static VirtualService readSpec(Cursor in) throws IOException, MalformedObjectException {
    List<String> hosts = List.of();
    List<String> gateways = List.of();
    List<String> exportTo = List.of();
    List<Destination> destinations = new ArrayList<>();
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "hosts" -> hosts = in.texts();
        case "gateways" -> gateways = in.texts();
        case "exportTo" -> exportTo = in.texts();
        case "http", "tls", "tcp" -> {
          for (in.array(); in.nextElement(); ) {
            readRule(in, destinations);
          }
        }
        default -> in.skip();
      }
    }
    return new VirtualService(MetadataReader.NONE, hosts, gateways, exportTo, destinations);
  }

  private static void readRule(Cursor in, List<Destination> destinations)
      throws IOException, MalformedObjectException {
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "route", "mirrors" -> {
          for (in.array(); in.nextElement(); ) {
            readTarget(in, destinations);
          }
        }
        case "mirror" -> readDestination(in).ifPresent(destinations::add);
        default -> in.skip();
      }
    }
  }

  private static void readTarget(Cursor in, List<Destination> destinations)
      throws IOException, MalformedObjectException {
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "destination" -> readDestination(in).ifPresent(destinations::add);
        default -> in.skip();
      }
    }
  }

  private static Optional<Destination> readDestination(Cursor in)
      throws IOException, MalformedObjectException {
    String host = "";
    String subset = "";
    Optional<Integer> port = Optional.empty();
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "host" -> host = in.text();
        case "subset" -> subset = in.text();
        case "port" -> port = readPort(in);
        default -> in.skip();
      }
    }
    return host.isEmpty() ? Optional.empty() : Optional.of(new Destination(host, subset, port));
  }

  private static Optional<Integer> readPort(Cursor in)
      throws IOException, MalformedObjectException {
    Optional<Integer> port = Optional.empty();
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "number" -> port = in.isNull() ? Optional.empty() : Optional.of(in.number());
        default -> in.skip();
      }
    }
    return port;
  }
}
