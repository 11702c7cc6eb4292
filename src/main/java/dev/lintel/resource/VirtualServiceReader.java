package dev.lintel.resource;

import dev.lintel.resource.VirtualService.Destination;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a VirtualService. */
final class VirtualServiceReader {

  private static final Destination NOWHERE = new Destination("", "", Optional.empty());

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
        case "hosts" -> hosts = in.hosts();
        case "gateways" -> gateways = in.texts(Most.NAMES);
        case "exportTo" -> exportTo = in.texts(Most.EXPORTS);
        case "http", "tls", "tcp" -> {
          for (in.array(); in.nextElement(); ) {
            readRule(in, destinations);
          }
        }
        default -> in.skip();
      }
    }
    destinations.removeIf(destination -> destination.host().isEmpty());
    return new VirtualService(MetadataReader.NONE, hosts, gateways, exportTo, destinations);
  }

  private static void readRule(Cursor in, List<Destination> destinations)
      throws IOException, MalformedObjectException {
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "route", "mirrors" ->
            in.into(destinations, Most.BACKENDS, VirtualServiceReader::readTarget);
        case "mirror" ->
            in.addTo(destinations, Most.BACKENDS, VirtualServiceReader::readDestination);
        default -> in.skip();
      }
    }
  }

  private static Destination readTarget(Cursor in) throws IOException, MalformedObjectException {
    Destination destination = NOWHERE;
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "destination" -> destination = readDestination(in);
        default -> in.skip();
      }
    }
    return destination;
  }

  private static Destination readDestination(Cursor in)
      throws IOException, MalformedObjectException {
    String host = "";
    String subset = "";
    Optional<Integer> port = Optional.empty();
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "host" -> host = in.host();
        case "subset" -> subset = in.name();
        case "port" -> port = readPort(in);
        default -> in.skip();
      }
    }
    return new Destination(host, subset, port);
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
