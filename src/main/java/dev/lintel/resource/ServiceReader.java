package dev.lintel.resource;

import dev.lintel.resource.Service.ServicePort;
import java.io.IOException;
import java.util.ArrayList;
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
        case "type" -> type = in.text();
        case "clusterIP" -> clusterIp = in.text();
        case "clusterIPs" -> clusterIps = in.texts();
        case "selector" -> selector = in.textMap(key -> true);
        case "ports" -> ports = readPorts(in);
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

  private static List<ServicePort> readPorts(Cursor in)
      throws IOException, MalformedObjectException {
    List<ServicePort> ports = new ArrayList<>();
    for (in.array(); in.nextElement(); ) {
      ports.add(readPort(in));
    }
    return ports;
  }

  private static ServicePort readPort(Cursor in) throws IOException, MalformedObjectException {
    String name = "";
    int number = 0;
    String targetPort = "";
    String protocol = "TCP";
    String appProtocol = "";
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "name" -> name = in.text();
        case "port" -> number = in.number();
        case "targetPort" -> targetPort = in.scalar();
        case "protocol" -> protocol = in.text();
        case "appProtocol" -> appProtocol = in.text();
        default -> in.skip();
      }
    }
    return new ServicePort(name, number, targetPort, protocol, appProtocol);
  }
}
