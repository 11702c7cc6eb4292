package dev.lintel.state;

import dev.lintel.resource.BackendConfigPolicy;
import dev.lintel.resource.BackendTlsPolicy;
import dev.lintel.resource.Deployment;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.EndpointSlice;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.GatewayClass;
import dev.lintel.resource.ListenerSet;
import dev.lintel.resource.MeshConfig;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Namespace;
import dev.lintel.resource.Node;
import dev.lintel.resource.Pod;
import dev.lintel.resource.ReferenceGrant;
import dev.lintel.resource.Resource;
import dev.lintel.resource.Route;
import dev.lintel.resource.Segment;
import dev.lintel.resource.Service;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.resource.VirtualService;
import dev.lintel.resource.WorkloadEntry;

/**
 * What the API server keeps when an object is written that does not say it: who applies a manifest
 * changes neither the status nor what was allocated. What an API server itself has sent says all
 * that there is, and nothing is added to it.
 */
final class Kept {

  private Kept() {}

  /** Returns an object with what it leaves open, as an earlier form of it has that. */
  static Resource of(Resource earlier, Resource written) {
    Resource whole = filled(written, earlier);
    return isWhole(whole.metadata(), earlier.metadata())
        ? whole
        : whole.withMetadata(metadata(whole.metadata(), earlier.metadata()));
  }

  /** Returns the earlier form of an object if the other one differs in its status alone. */
  static Resource unlessStatus(Resource earlier, Resource written) {
    Resource same = written;
    if (written instanceof Gateway gateway && earlier instanceof Gateway known) {
      same = gateway.withAddresses(known.addresses());
    } else if (written instanceof ServiceEntry entry && earlier instanceof ServiceEntry known) {
      same = entry.withAllocated(known.allocatedAddresses());
    } else if (written instanceof BackendConfigPolicy policy
        && earlier instanceof BackendConfigPolicy known) {
      same = policy.withRejection(known.rejection());
    }
    return of(earlier, same).equals(earlier) ? earlier : written;
  }

  private static Resource filled(Resource written, Resource earlier) {
    return switch (written) {
      case Gateway gateway when gateway.addresses().isEmpty() && earlier instanceof Gateway known ->
          gateway.withAddresses(known.addresses());
      case ServiceEntry entry
          when entry.allocatedAddresses().isEmpty() && earlier instanceof ServiceEntry known ->
          entry.withAllocated(known.allocatedAddresses());
      case BackendConfigPolicy policy
          when policy.rejection().isEmpty() && earlier instanceof BackendConfigPolicy known ->
          policy.withRejection(known.rejection());
      case Service service when earlier instanceof Service known && hasNoAddress(service) ->
          service.withClusterIps(known.clusterIps());
      case Gateway other -> other;
      case ServiceEntry other -> other;
      case BackendConfigPolicy other -> other;
      case Service other -> other;
      case DestinationRule other -> other;
      case MeshConfig other -> other;
      case BackendTlsPolicy other -> other;
      case Namespace other -> other;
      case GatewayClass other -> other;
      case Route other -> other;
      case ReferenceGrant other -> other;
      case ListenerSet other -> other;
      case VirtualService other -> other;
      case WorkloadEntry other -> other;
      case Segment other -> other;
      case EndpointSlice other -> other;
      case Node other -> other;
      case Pod other -> other;
      case Deployment other -> other;
    };
  }

  /** The API server gives every Service an address, or None, but for an ExternalName. */
  private static boolean hasNoAddress(Service service) {
    return service.clusterIps().isEmpty() && !service.isExternalName();
  }

  private static boolean isWhole(Metadata written, Metadata earlier) {
    boolean isDated = !written.created().equals(Metadata.NOT_YET);
    return isDated && (!written.uid().isEmpty() || earlier.uid().isEmpty());
  }

  private static Metadata metadata(Metadata written, Metadata earlier) {
    Metadata dated =
        written.created().equals(Metadata.NOT_YET) ? written.createdAt(earlier.created()) : written;
    return dated.uid().isEmpty() ? dated.identifiedBy(earlier.uid()) : dated;
  }
}
