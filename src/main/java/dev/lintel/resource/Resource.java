package dev.lintel.resource;

/** An object of the cluster, reduced to what rules read. */
public sealed interface Resource
    permits Service,
        ServiceEntry,
        DestinationRule,
        Namespace,
        GatewayClass,
        Gateway,
        Route,
        ReferenceGrant,
        ListenerSet,
        MeshConfig,
        BackendConfigPolicy,
        BackendTlsPolicy,
        VirtualService,
        WorkloadEntry,
        Segment,
        EndpointSlice,
        Node,
        Pod,
        Deployment {

  /** Returns what the object is. */
  Kind kind();

  /** Returns the object's metadata. */
  Metadata metadata();

  /** Returns the same object with other metadata. */
  Resource withMetadata(Metadata metadata);

  /**
   * Returns the same object as the API server holds it: what it does not say is not there. A
   * manifest leaves open what controllers fill in.
   */
  default Resource stored() {
    return this;
  }

  /** Returns the object's namespace; empty for kinds without one. */
  default String namespace() {
    return metadata().namespace();
  }

  /** Returns the object's name. */
  default String name() {
    return metadata().name();
  }

  /** Returns the object's identity. */
  default ResourceRef ref() {
    return new ResourceRef(kind(), namespace(), name());
  }

  /** Returns namespace and name. */
  default NamespacedName key() {
    return new NamespacedName(namespace(), name());
  }
}
