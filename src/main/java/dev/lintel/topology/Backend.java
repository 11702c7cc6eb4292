package dev.lintel.topology;

import dev.lintel.mesh.Fact;
import dev.lintel.mesh.HostName;
import dev.lintel.mesh.Keys;
import dev.lintel.mesh.Protocols;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Resource;
import dev.lintel.resource.Service;
import dev.lintel.resource.ServiceEntry;
import java.util.List;
import java.util.Optional;

/** A host of the mesh's registry, with the object that defines it. */
public sealed interface Backend {

  /** Returns the object that defines the host. */
  Resource resource();

  /** Returns the host, normalised. */
  HostName host();

  /** Returns the host as kgateway compares it: letter for letter (docs/domain.md, 4.4). */
  String canonicalHost();

  /**
   * Tells whether kgateway and ztunnel find an address to send to, or will once the API server or
   * istiod has allocated one.
   */
  boolean hasVip();

  /**
   * Tells whether its address is one that istiod has yet to allocate, which it does only where the
   * feature is on; see {@link IngressView#hasVip}.
   */
  default boolean awaitsAllocation() {
    return false;
  }

  /** Returns the numbers of its ports. */
  List<Integer> ports();

  /**
   * Tells whether a port speaks HTTP in clear.
   *
   * @param port a port's number
   * @return unknown where proxies find out by themselves, and for a port that does not exist
   */
  Fact speaksHttp(int port);

  /** Returns the metadata of the object that defines the host. */
  default Metadata metadata() {
    return resource().metadata();
  }

  /** Returns the namespace of the object that defines the host. */
  default String namespace() {
    return resource().namespace();
  }

  /** Returns the value of the traffic distribution annotation on the object. */
  default Optional<String> trafficDistributionAnnotation() {
    return metadata().annotation(Keys.TRAFFIC_DISTRIBUTION);
  }

  /**
   * The host of a Service.
   *
   * @param service the Service
   * @param host its host in the cluster's domain
   */
  record OfService(Service service, HostName host) implements Backend {
    @Override
    public Service resource() {
      return service;
    }

    @Override
    public String canonicalHost() {
      return host.value();
    }

    @Override
    public boolean hasVip() {
      return !service.isHeadless() && !service.isExternalName();
    }

    @Override
    public List<Integer> ports() {
      return service.ports().stream().map(Service.ServicePort::number).toList();
    }

    @Override
    public Fact speaksHttp(int port) {
      return service.ports().stream()
          .filter(candidate -> candidate.number() == port)
          .findFirst()
          .map(OfService::speaksHttp)
          .orElseGet(() -> Fact.unknown("there is no such port"));
    }

    private static Fact speaksHttp(Service.ServicePort port) {
      if (port.protocol().equals("UDP")) {
        return Fact.no();
      }
      return port.appProtocol().isEmpty()
          ? Protocols.isHttpByName(port.name())
          : Protocols.isHttp(port.appProtocol());
    }
  }

  /**
   * A host of a ServiceEntry.
   *
   * @param entry the ServiceEntry
   * @param host the host, normalised
   * @param canonicalHost the host as written
   */
  record OfEntry(ServiceEntry entry, HostName host, String canonicalHost) implements Backend {
    @Override
    public ServiceEntry resource() {
      return entry;
    }

    @Override
    public boolean hasVip() {
      return hasOwnAddress() || !entry.knownAllocated().isEmpty() || isAutoAllocated();
    }

    @Override
    public boolean awaitsAllocation() {
      return entry.knownAllocated().isEmpty() && isAutoAllocated();
    }

    @Override
    public List<Integer> ports() {
      return entry.ports().stream().map(ServiceEntry.Port::number).toList();
    }

    @Override
    public Fact speaksHttp(int port) {
      return entry.ports().stream()
          .filter(candidate -> candidate.number() == port)
          .findFirst()
          .map(candidate -> Protocols.isHttp(candidate.protocol()))
          .orElseGet(() -> Fact.unknown("there is no such port"));
    }

    /**
     * Tells whether kgateway sends requests for every host of the entry to the cluster of this one:
     * it takes them for other names of the first in the order of the alphabet (docs/domain.md,
     * 4.5).
     */
    public boolean isFirst() {
      return entry.hosts().stream().allMatch(other -> canonicalHost.compareTo(other) <= 0);
    }

    /** A CIDR block is no address that a cluster could send to (docs/domain.md, 4.2). */
    private boolean hasOwnAddress() {
      return entry.addresses().stream().anyMatch(address -> address.indexOf('/') < 0);
    }

    private boolean isAutoAllocated() {
      return entry.addresses().isEmpty()
          && !entry.isPassthrough()
          && (!host.isWildcard() || entry.resolution().equals("DYNAMIC_DNS"))
          && !entry.metadata().label(Keys.AUTO_ALLOCATE).orElse("true").equalsIgnoreCase("false");
    }
  }
}
