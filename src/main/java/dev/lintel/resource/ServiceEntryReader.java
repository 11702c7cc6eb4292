package dev.lintel.resource;

import dev.lintel.resource.ServiceEntry.Endpoint;
import dev.lintel.resource.ServiceEntry.Port;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a ServiceEntry. */
final class ServiceEntryReader {

  private static final ServiceEntry EMPTY =
      new ServiceEntry(
          MetadataReader.NONE,
          List.of(),
          List.of(),
          Optional.empty(),
          List.of(),
          "MESH_EXTERNAL",
          "NONE",
          List.of(),
          Optional.empty(),
          List.of());

  private ServiceEntryReader() {}

  static ServiceEntry read(Cursor in) throws IOException, MalformedObjectException {
    Metadata metadata = MetadataReader.NONE;
    ServiceEntry spec = EMPTY;
    Optional<List<String>> allocated = Optional.empty();
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "metadata" -> metadata = MetadataReader.read(in, key -> true);
        case "spec" -> spec = readSpec(in);
        case "status" -> allocated = readStatus(in);
        default -> in.skip();
      }
    }
    return new ServiceEntry(
        metadata,
        spec.hosts(),
        spec.addresses(),
        allocated,
        spec.ports(),
        spec.location(),
        spec.resolution(),
        spec.endpoints(),
        spec.workloadSelector(),
        spec.exportTo());
  }

  private static ServiceEntry readSpec(Cursor in) throws IOException, MalformedObjectException {
    List<String> hosts = List.of();
    List<String> addresses = List.of();
    List<Port> ports = new ArrayList<>();
    String location = EMPTY.location();
    String resolution = EMPTY.resolution();
    List<Endpoint> endpoints = new ArrayList<>();
    Optional<Map<String, String>> workloadSelector = Optional.empty();
    List<String> exportTo = List.of();
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "hosts" -> hosts = in.hosts();
        case "addresses" -> addresses = in.texts(Most.HOSTS);
        case "ports" -> in.into(ports, Most.PORTS, ServiceEntryReader::readPort);
        case "location" -> location = in.optionalText().orElse(location);
        case "resolution" -> resolution = in.optionalText().orElse(resolution);
        case "endpoints" -> in.into(endpoints, Most.ENDPOINTS, WorkloadReader::read);
        case "workloadSelector" -> workloadSelector = WorkloadSelectorReader.read(in, "labels");
        case "exportTo" -> exportTo = in.texts(Most.EXPORTS);
        default -> in.skip();
      }
    }
    return new ServiceEntry(
        MetadataReader.NONE,
        hosts,
        addresses,
        Optional.empty(),
        ports,
        location,
        resolution,
        endpoints,
        workloadSelector,
        exportTo);
  }

  private static Port readPort(Cursor in) throws IOException, MalformedObjectException {
    int number = 0;
    String name = "";
    String protocol = "";
    int targetPort = 0;
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "number" -> number = in.number();
        case "name" -> name = in.name();
        case "protocol" -> protocol = in.name();
        case "targetPort" -> targetPort = in.number();
        default -> in.skip();
      }
    }
    return new Port(number, name, protocol, targetPort);
  }

  /** A status without any field is what generators of manifests leave: it tells nothing. */
  private static Optional<List<String>> readStatus(Cursor in)
      throws IOException, MalformedObjectException {
    List<String> addresses = List.of();
    boolean tells = false;
    for (in.object(); in.nextField(); ) {
      tells = true;
      switch (in.field()) {
        case "addresses" -> addresses = AddressReader.readValues(in);
        default -> in.skip();
      }
    }
    return tells ? Optional.of(addresses) : Optional.empty();
  }
}
