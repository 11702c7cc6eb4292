package dev.lintel.resource;

import java.util.List;

/**
 * An EndpointSlice.
 *
 * @param metadata its metadata
 * @param serviceName the Service it belongs to; empty if it carries no such label
 * @param addressType {@code IPv4}, {@code IPv6} or {@code FQDN}; a Service of two families has
 *     slices of both for the same Pods
 * @param endpoints its endpoints
 */
public record EndpointSlice(
    Metadata metadata, String serviceName, String addressType, List<Endpoint> endpoints)
    implements Resource {

  /** Copies the collections, so that the record is immutable. */
  public EndpointSlice {
    endpoints = List.copyOf(endpoints);
  }

  @Override
  public Kind kind() {
    return Kind.ENDPOINT_SLICE;
  }

  @Override
  public EndpointSlice withMetadata(Metadata other) {
    return new EndpointSlice(other, serviceName, addressType, endpoints);
  }

  /**
   * An endpoint; where it is and whether it serves, but not its address, which no rule reads.
   *
   * @param nodeName empty if unknown
   * @param zone empty if unknown
   * @param ready true if the object does not say
   */
  public record Endpoint(String nodeName, String zone, boolean ready) {}
}
