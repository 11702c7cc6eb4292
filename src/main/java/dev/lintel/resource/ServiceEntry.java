package dev.lintel.resource;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An Istio ServiceEntry.
 *
 * @param metadata its metadata
 * @param hosts the hosts as written
 * @param addresses {@code spec.addresses}: addresses or CIDR blocks
 * @param allocatedAddresses {@code status.addresses[].value}: what istiod allocated; empty if
 *     nothing tells, for a manifest seldom has a status
 * @param ports its ports
 * @param location {@code MESH_EXTERNAL} if the object does not say
 * @param resolution {@code NONE} if the object does not say
 * @param endpoints the endpoints written in the object
 * @param workloadSelector the labels that select workloads; empty if there is no selector
 * @param exportTo the namespaces it is exported to, as written
 */
public record ServiceEntry(
    Metadata metadata,
    List<String> hosts,
    List<String> addresses,
    Optional<List<String>> allocatedAddresses,
    List<Port> ports,
    String location,
    String resolution,
    List<Endpoint> endpoints,
    Optional<Map<String, String>> workloadSelector,
    List<String> exportTo)
    implements Resource {

  /** Copies the collections, so that the record is immutable. */
  public ServiceEntry {
    hosts = List.copyOf(hosts);
    addresses = List.copyOf(addresses);
    allocatedAddresses = allocatedAddresses.map(List::copyOf);
    ports = List.copyOf(ports);
    endpoints = List.copyOf(endpoints);
    workloadSelector = workloadSelector.map(Map::copyOf);
    exportTo = List.copyOf(exportTo);
  }

  /** Two forms of one object are rare: its name tells it well enough, whatever its size. */
  @Override
  public int hashCode() {
    return key().hashCode();
  }

  @Override
  public Kind kind() {
    return Kind.SERVICE_ENTRY;
  }

  @Override
  public ServiceEntry withMetadata(Metadata other) {
    return new ServiceEntry(
        other,
        hosts,
        addresses,
        allocatedAddresses,
        ports,
        location,
        resolution,
        endpoints,
        workloadSelector,
        exportTo);
  }

  @Override
  public ServiceEntry stored() {
    return withAllocated(Optional.of(knownAllocated()));
  }

  /** Returns the same entry with what its status says. */
  public ServiceEntry withAllocated(Optional<List<String>> others) {
    return new ServiceEntry(
        metadata,
        hosts,
        addresses,
        others,
        ports,
        location,
        resolution,
        endpoints,
        workloadSelector,
        exportTo);
  }

  /** Returns the addresses that istiod is known to have allocated. */
  public List<String> knownAllocated() {
    return allocatedAddresses.orElse(List.of());
  }

  /** Tells whether requests are passed on to where their callers sent them. */
  public boolean isPassthrough() {
    return resolution.equals("NONE");
  }

  /** Tells whether the sidecars and gateways of a namespace know it. */
  public boolean isExportedTo(String namespace) {
    return exportTo.isEmpty()
        || exportTo.contains("*")
        || exportTo.contains(namespace)
        || (exportTo.contains(".") && metadata.namespace().equals(namespace));
  }

  /** Tells whether it has a port of this number. */
  public boolean hasPort(int number) {
    return ports.stream().anyMatch(port -> port.number() == number);
  }

  /**
   * A port of a ServiceEntry.
   *
   * @param number 1 to 65535 in a valid object
   * @param name empty if it has none
   * @param protocol upper case as written; empty if absent
   * @param targetPort 0 if it is the port itself
   */
  public record Port(int number, String name, String protocol, int targetPort) {}

  /**
   * An endpoint of a ServiceEntry.
   *
   * @param address an IP, a host name or a {@code unix://} path; empty if only a network is given
   * @param network empty if absent
   * @param locality {@code region/zone/subzone}; empty if absent
   * @param labels its labels
   */
  public record Endpoint(
      String address, String network, String locality, Map<String, String> labels) {
    /** Copies the labels, so that the record is immutable. */
    public Endpoint {
      labels = Map.copyOf(labels);
    }
  }
}
