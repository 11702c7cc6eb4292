package dev.lintel.resource;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Service.
 *
 * @param metadata its metadata
 * @param type {@code ClusterIP} if the object does not say
 * @param clusterIps the addresses in the order of the object; {@code None} stands for a headless
 *     Service; empty where the API server has yet to allocate one
 * @param selector the pod selector; empty if there is none
 * @param ports its ports, in the order of the object
 * @param trafficDistribution {@code spec.trafficDistribution}
 * @param internalTrafficPolicy {@code spec.internalTrafficPolicy}
 * @param publishNotReadyAddresses {@code spec.publishNotReadyAddresses}, false if absent
 */
public record Service(
    Metadata metadata,
    String type,
    List<String> clusterIps,
    Map<String, String> selector,
    List<ServicePort> ports,
    Optional<String> trafficDistribution,
    Optional<String> internalTrafficPolicy,
    boolean publishNotReadyAddresses)
    implements Resource {

  /** Copies the collections, so that the record is immutable. */
  public Service {
    clusterIps = List.copyOf(clusterIps);
    selector = Map.copyOf(selector);
    ports = List.copyOf(ports);
  }

  /** Two forms of one object are rare: its name tells it well enough, whatever its size. */
  @Override
  public int hashCode() {
    return key().hashCode();
  }

  @Override
  public Kind kind() {
    return Kind.SERVICE;
  }

  @Override
  public Service withMetadata(Metadata other) {
    return new Service(
        other,
        type,
        clusterIps,
        selector,
        ports,
        trafficDistribution,
        internalTrafficPolicy,
        publishNotReadyAddresses);
  }

  /** Tells whether the mesh uses endpoints of a proxy's own node only. */
  public boolean isNodeLocal() {
    return internalTrafficPolicy.filter("Local"::equals).isPresent();
  }

  /** Tells whether the Service is headless: {@code clusterIP: None}. */
  public boolean isHeadless() {
    return clusterIps.contains("None");
  }

  /** Tells whether the Service is of type ExternalName, which no mesh registry holds. */
  public boolean isExternalName() {
    return type.equals("ExternalName");
  }

  /**
   * A port of a Service.
   *
   * @param name empty if it has none
   * @param number 1 to 65535 in a valid object
   * @param targetPort number or name; empty if it is the port itself
   * @param protocol {@code TCP} if the object does not say
   * @param appProtocol {@code appProtocol}; empty if absent
   */
  public record ServicePort(
      String name, int number, String targetPort, String protocol, String appProtocol) {}
}
