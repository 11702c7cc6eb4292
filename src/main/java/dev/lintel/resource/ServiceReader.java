package dev.lintel.resource;

import dev.lintel.resource.Service.ServicePort;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a Service. */
final class ServiceReader {

  private static final Service EMPTY =
      new Service(
          MetadataReader.NONE,
          "ClusterIP",
          List.of(),
          Map.of(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          false);

  private ServiceReader() {}

  static Service read(Cursor in) throws IOException, MalformedObjectException {
    Metadata metadata = MetadataReader.NONE;
    Service spec = EMPTY;
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "metadata" -> metadata = MetadataReader.read(in);
        case "spec" -> spec = readSpec(in);
        default -> in.skip();
      }
    }
    return spec.withMetadata(metadata);
  }

  private static Service readSpec(Cursor in) throws IOException, MalformedObjectException {
    String type = EMPTY.type();
    String clusterIp = "";
    List<String> clusterIps = List.of();
    Map<String, String> selector = Map.of();
    List<ServicePort> ports = List.of();
    Optional<String> trafficDistribution = Optional.empty();
    Optional<String> internalTrafficPolicy = Optional.empty();
    boolean publishNotReadyAddresses = false;
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "type" -> type = in.name();
        case "clusterIP" -> clusterIp = in.name();
        case "clusterIPs" -> clusterIps = in.texts(Most.NAMES);
        case "selector" -> selector = in.textMap();
        case "ports" -> ports = in.list(Most.PORTS, ServiceReader::readPort);
        case "trafficDistribution" -> trafficDistribution = in.optionalText();
        case "internalTrafficPolicy" -> internalTrafficPolicy = in.optionalText();
        case "publishNotReadyAddresses" -> publishNotReadyAddresses = in.truth();
        default -> in.skip();
      }
    }
    if (clusterIps.isEmpty() && !clusterIp.isEmpty()) {
      clusterIps = List.of(clusterIp);
    }
    return new Service(
        MetadataReader.NONE,
        type,
        clusterIps,
        selector,
        ports,
        trafficDistribution,
        internalTrafficPolicy,
        publishNotReadyAddresses);
  }

  private static ServicePort readPort(Cursor in) throws IOException, MalformedObjectException {
    String name = "";
    int number = 0;
    String targetPort = "";
    String protocol = "TCP";
    String appProtocol = "";
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "name" -> name = in.name();
        case "port" -> number = in.number();
        case "targetPort" -> targetPort = in.scalar();
        case "protocol" -> protocol = in.name();
        case "appProtocol" -> appProtocol = in.name();
        default -> in.skip();
      }
    }
    return new ServicePort(name, number, targetPort, protocol, appProtocol);
  }
}
