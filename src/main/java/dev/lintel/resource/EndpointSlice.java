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
   * An endpoint: where it is, whether it serves and how many addresses it has, but not which.
   *
   * @param nodeName empty if unknown
   * @param zone empty if unknown
   * @param ready true if the object does not say
   * @param terminating whether it is about to go
   * @param pod the name of the Pod that it stands for, in the slice's namespace; empty if it names
   *     none
   * @param addresses how many addresses it has, 1 or more
   */
  public record Endpoint(
      String nodeName,
      String zone,
      boolean ready,
      boolean terminating,
      String pod,
      int addresses) {}
}
