package dev.lintel.resource;

import java.util.List;

/**
 * A BackendTLSPolicy of the Gateway API, of which only matters whom gateways speak TLS to.
 *
 * @param metadata its metadata
 * @param targets what it names, in its own namespace
 * @param rejected whether its status says that it was not accepted, and so has no effect
 */
public record BackendTlsPolicy(Metadata metadata, List<PolicyTarget> targets, boolean rejected)
    implements Resource {

  /** Copies the list, so that the record is immutable. */
  public BackendTlsPolicy {
    targets = List.copyOf(targets);
  }

  @Override
  public Kind kind() {
    return Kind.BACKEND_TLS_POLICY;
  }

  @Override
  public BackendTlsPolicy withMetadata(Metadata other) {
    return new BackendTlsPolicy(other, targets, rejected);
  }
}
