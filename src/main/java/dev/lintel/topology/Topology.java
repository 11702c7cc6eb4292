package dev.lintel.topology;

import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Fact;
import dev.lintel.mesh.HostName;
import dev.lintel.mesh.Kgateway;
import dev.lintel.mesh.KgatewayDistribution;
import dev.lintel.mesh.Locality;
import dev.lintel.mesh.Platform;
import dev.lintel.resource.BackendConfigPolicy;
import dev.lintel.resource.BackendTlsPolicy;
import dev.lintel.resource.Deployment;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.EndpointSlice;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Gateway.NamespacePolicy;
import dev.lintel.resource.GatewayClass;
import dev.lintel.resource.Kind;
import dev.lintel.resource.LabelSelector;
import dev.lintel.resource.ListenerSet;
import dev.lintel.resource.MeshConfig;
import dev.lintel.resource.Namespace;
import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.Node;
import dev.lintel.resource.Pod;
import dev.lintel.resource.ReferenceGrant;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.resource.Route;
import dev.lintel.resource.Route.BackendRef;
import dev.lintel.resource.Segment;
import dev.lintel.resource.Service;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.resource.VirtualService;
import dev.lintel.resource.WorkloadEntry;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The cluster's state as Lintel sees it: immutable, safe to share between threads, changed only by
 * {@link #apply}, which leaves the receiver as it is and costs the same for a watch event as for a
 * what-if.
 *
 * <p>Two topologies are equal if they hold the same objects under the same platform facts, whatever
 * changes led to them.
 */
public final class Topology {

  /** Every rule for its object asks about each of the hosts. */
  private static final int WORK_OF_A_HOST = 16;

  private final Platform platform;
  private final Map<Kind, Table<?>> tables;
  private final Indexes indexes;
  private final Dialect dialect;
  private final Witness witness;
  private final Answers answers;

  private Topology(
      Platform platform,
      Map<Kind, Table<?>> tables,
      Indexes indexes,
      Dialect dialect,
      Witness witness,
      Answers answers) {
    this.platform = platform;
    this.tables = tables;
    this.indexes = indexes;
    this.dialect = dialect;
    this.witness = witness;
    this.answers = answers;
  }

  /** Returns a topology without objects. */
  public static Topology empty(Platform platform) {
    Map<Kind, Table<?>> tables = new EnumMap<>(Kind.class);
    return new Topology(
        platform,
        tables,
        Indexes.empty(platform),
        Dialects.of(platform, Table.empty()),
        Witness.NOBODY,
        Answers.NOT_KEPT);
  }

  /**
   * Returns the topology of the given objects; of two with the same identity the later one counts.
   */
  public static Topology of(Platform platform, Iterable<? extends Resource> resources) {
    Topology topology = empty(platform);
    for (Resource resource : resources) {
      topology = topology.apply(Change.put(resource));
    }
    return topology;
  }

  /** Returns the topology after a change. */
  public Topology apply(Change change) {
    return switch (change) {
      case Change.Put put -> put(put.resource());
      case Change.Remove remove -> remove(remove.ref());
    };
  }

  /** Returns the same objects under other platform facts. */
  public Topology withPlatform(Platform other) {
    if (other.equals(platform)) {
      return this;
    }
    return of(other, resources().toList());
  }

  /** Returns the same objects, and tells a witness which of them are looked at. */
  Topology seenBy(Witness other) {
    return new Topology(platform, tables, indexes.seenBy(other), dialect, other, answers);
  }

  /**
   * Returns the same objects for the judgement of one write, by one thread: what is asked for twice
   * is worked out once, and the work is limited. Of very many objects only the oldest are looked
   * at; {@link #cuts()} then says so. After {@link #apply} all this is over.
   *
   * @param written the object that is written: it is always looked at
   */
  public Topology forJudgementOf(ResourceRef written) {
    return new Topology(platform, tables, indexes, dialect, witness, Answers.ofJudgement(written));
  }

  /** Returns what was left out since {@link #forJudgementOf}, in words; empty without it. */
  public List<String> cuts() {
    return answers.cuts();
  }

  /**
   * Counts what is looked at.
   *
   * @throws TooMuchWorkException if it is too much for one judgement
   */
  public void work(int steps) {
    answers.work(steps);
  }

  Answers answers() {
    return answers;
  }

  /** Returns what the administrator says about the installation. */
  public Platform platform() {
    return platform;
  }

  /** Returns how the installed components read what is written. */
  public Dialect dialect() {
    witness.sees(Kind.DEPLOYMENT);
    return dialect;
  }

  /** Returns every object, in no particular order. */
  public Stream<Resource> resources() {
    return tables.values().stream().flatMap(Table::all);
  }

  /** Returns the objects of a kind in a namespace, in no particular order. */
  public Stream<Resource> resourcesIn(Kind kind, String namespace) {
    return look(kind).inNamespace(namespace).map(found -> found);
  }

  /** Finds an object by its identity. */
  public Optional<Resource> find(ResourceRef ref) {
    return look(ref.kind()).find(ref);
  }

  /** Finds a Service. */
  public Optional<Service> service(String namespace, String name) {
    return this.<Service>look(Kind.SERVICE).get(namespace, name);
  }

  /** Finds a ServiceEntry. */
  public Optional<ServiceEntry> serviceEntry(String namespace, String name) {
    return this.<ServiceEntry>look(Kind.SERVICE_ENTRY).get(namespace, name);
  }

  /** Finds a Namespace. */
  public Optional<Namespace> namespace(String name) {
    return this.<Namespace>look(Kind.NAMESPACE).get("", name);
  }

  /** Returns istiod's mesh config; empty if it is not known. */
  public Optional<MeshConfig> meshConfig() {
    return this.<MeshConfig>look(Kind.CONFIG_MAP).get(platform.rootNamespace(), MeshConfig.NAME);
  }

  /** Returns a label of a Namespace; empty if the label, or the Namespace, is not known. */
  public Optional<String> namespaceLabel(String namespace, String key) {
    return namespace(namespace).flatMap(found -> found.metadata().label(key));
  }

  /** Finds a Gateway. */
  public Optional<Gateway> gateway(String namespace, String name) {
    return this.<Gateway>look(Kind.GATEWAY).get(namespace, name);
  }

  /** Returns the Gateways of a namespace, in no particular order. */
  public Stream<Gateway> gatewaysIn(String namespace) {
    return this.<Gateway>look(Kind.GATEWAY).inNamespace(namespace);
  }

  /** Finds a GatewayClass. */
  public Optional<GatewayClass> gatewayClass(String name) {
    return this.<GatewayClass>look(Kind.GATEWAY_CLASS).get("", name);
  }

  /** Finds a Node. */
  public Optional<Node> node(String name) {
    return this.<Node>look(Kind.NODE).get("", name);
  }

  /** Returns the Services of a namespace, in no particular order. */
  public Stream<Service> servicesIn(String namespace) {
    return this.<Service>look(Kind.SERVICE).inNamespace(namespace);
  }

  /** Returns every Service, in no particular order. */
  public Stream<Service> services() {
    return this.<Service>look(Kind.SERVICE).all();
  }

  /** Returns the Services of a name, whatever their namespace, by namespace. */
  public List<Service> servicesNamed(String name) {
    return this.<Service>table(Kind.SERVICE).named(name);
  }

  /** Returns every ServiceEntry, in no particular order. */
  public Stream<ServiceEntry> serviceEntries() {
    return this.<ServiceEntry>look(Kind.SERVICE_ENTRY).all();
  }

  /**
   * Returns the WorkloadEntries of a namespace that carry every label of a selector, in no
   * particular order; all of the namespace for a selector without labels.
   */
  public Stream<WorkloadEntry> workloadEntries(String namespace, Map<String, String> selector) {
    return Workloads.selected(
        look(Kind.WORKLOAD_ENTRY), indexes.workloadsByLabel(), namespace, selector);
  }

  /** Tells what is known of this cluster as one of several (docs/domain.md, 5.4 and 5.5). */
  public Peering peering() {
    return answers.once(Question.PEERING, () -> Peering.of(this));
  }

  /**
   * Tells what peering makes of a Service, or of a name that only other clusters have
   * (docs/domain.md, 5.3).
   */
  public GlobalService globalService(NamespacedName key) {
    return answers.once(
        new Question.OfGlobalService(key), () -> GlobalService.of(this, indexes, key));
  }

  /**
   * Returns the backend that peering makes of a peered Service of this cluster: that of the entry
   * which it generates for the global host, as the Service is now and whether or not the entry is
   * there yet. The entry's shape is inferred (docs/domain.md, 5.3).
   */
  public Backend globalBackendOf(Service service) {
    return GeneratedEntries.backendOf(this, service);
  }

  /**
   * Returns the name in a namespace that a global host stands for: told by the entry that was
   * generated for the host, else read from the host if it ends in the domain of this cluster's own
   * Services, in the domain of the default segment, or in that of a Segment.
   *
   * @return empty if the host is not a global one
   */
  public Optional<NamespacedName> globalName(HostName host) {
    return GlobalHosts.name(this, indexes, host);
  }

  /**
   * Returns the Service that a ServiceEntry was generated for by peering, told by its labels or by
   * its name.
   *
   * @return empty if the entry was not generated
   */
  public Optional<NamespacedName> parentOf(ServiceEntry entry) {
    return GlobalService.parentOf(entry, platform.rootNamespace());
  }

  /** Finds a Segment by its name, in the root namespace. */
  public Optional<Segment> segment(String name) {
    return this.<Segment>look(Kind.SEGMENT).get(platform.rootNamespace(), name);
  }

  /**
   * Returns the VirtualServices with a host that is this one or covers it, in no particular order.
   */
  public Stream<VirtualService> virtualServicesCovering(HostName host) {
    if (look(Kind.VIRTUAL_SERVICE).isEmpty()) {
      return Stream.empty();
    }
    return answers
        .once(
            new Question.OfVirtualServices(host, true),
            () ->
                Oldest.of(
                    Stream.concat(Stream.of(host), host.wildcards().stream())
                        .flatMap(pattern -> indexes.virtualServicesByHost().find(pattern))
                        .distinct(),
                    Limits.VIRTUAL_SERVICES,
                    answers,
                    "VirtualServices cover the host " + host))
        .stream();
  }

  /** Returns the VirtualServices that send to exactly this host, in no particular order. */
  public Stream<VirtualService> virtualServicesTo(HostName host) {
    Table<VirtualService> sending = indexes.virtualServicesByDestination().get(host);
    if (sending.isEmpty()) {
      return Stream.empty();
    }
    return answers
        .once(
            new Question.OfVirtualServices(host, false),
            () ->
                Oldest.of(
                    sending.all(),
                    Limits.VIRTUAL_SERVICES,
                    answers,
                    "VirtualServices send to " + host))
        .stream();
  }

  /** Returns the host of a destination as Istio resolves it. */
  public HostName hostOf(VirtualService service, VirtualService.Destination destination) {
    return HostName.resolve(destination.host(), service.namespace(), platform.clusterDomain());
  }

  /**
   * Returns kgateway's BackendConfigPolicies that name a backend or select it, by namespace and
   * name. A policy that may select it counts.
   */
  public List<BackendConfigPolicy> backendPoliciesFor(Backend backend) {
    return BackendPolicies.of(indexes, backend);
  }

  /** Returns the BackendTLSPolicies that name a backend, by namespace and name. */
  public List<BackendTlsPolicy> backendTlsPoliciesFor(Backend backend) {
    return Routes.keys(backend).stream()
        .flatMap(key -> indexes.tlsPoliciesByTarget().find(key.normalised()))
        .distinct()
        .sorted(Comparator.comparing(Resource::key))
        .toList();
  }

  /** Finds a set of listeners, of one of the two kinds. */
  Optional<ListenerSet> listenerSet(Kind kind, String namespace, String name) {
    return this.<ListenerSet>look(kind).find(new ResourceRef(kind, namespace, name));
  }

  /**
   * Tells whether a mesh of upstream Istio spans several networks: istiod says so, or a Gateway to
   * other networks exists (docs/domain.md, 5.1 and 5.5).
   */
  public Fact isMultiNetwork() {
    Fact said = dialect.multiNetwork();
    boolean isSeen =
        said.isUnknown()
            && Stream.of(GatewayRole.EAST_WEST, GatewayRole.REMOTE_PEER)
                .flatMap(this::gatewaysOf)
                .findAny()
                .isPresent();
    return isSeen ? Fact.yes() : said;
  }

  /** Tells what a Gateway is for. */
  public GatewayRole roleOf(Gateway gateway) {
    return roleOfClass(gateway.className());
  }

  /** Returns the Gateways of a role, in no particular order. */
  public Stream<Gateway> gatewaysOf(GatewayRole role) {
    return answers.once(new Question.OfRole(role), () -> classesOf(role)).stream()
        .flatMap(className -> indexes.gatewaysByClass().find(className));
  }

  private List<String> classesOf(GatewayRole role) {
    return indexes
        .gatewaysByClass()
        .keys()
        .filter(className -> roleOfClass(className) == role)
        .toList();
  }

  private GatewayRole roleOfClass(String className) {
    String controller = gatewayClass(className).map(GatewayClass::controllerName).orElse("");
    return GatewayRoles.of(className, controller, platform);
  }

  /**
   * Returns what is known of the kgateway controller of a Gateway; empty if it is not kgateway's.
   */
  public Optional<Kgateway> kgatewayOf(Gateway gateway) {
    return GatewayRoles.distribution(roleOf(gateway)).map(dialect()::kgateway);
  }

  /** Returns what is known of each kgateway controller that a GatewayClass or Gateway names. */
  public Stream<Kgateway> kgateways() {
    return kgatewayDistributions().stream().map(dialect()::kgateway);
  }

  /** Tells whether any GatewayClass or Gateway is kgateway's, open source or enterprise. */
  public boolean hasKgateway() {
    return !kgatewayDistributions().isEmpty();
  }

  private List<KgatewayDistribution> kgatewayDistributions() {
    return answers.once(Question.KGATEWAYS, this::findKgateways);
  }

  private List<KgatewayDistribution> findKgateways() {
    Stream<String> classes =
        this.<GatewayClass>look(Kind.GATEWAY_CLASS).all().map(GatewayClass::name);
    return Stream.concat(classes, indexes.gatewaysByClass().keys())
        .map(this::roleOfClass)
        .flatMap(role -> GatewayRoles.distribution(role).stream())
        .distinct()
        .toList();
  }

  /** Returns the Pods of a Gateway, in no particular order. */
  public Stream<Pod> podsOf(Gateway gateway) {
    return indexes.podsByGateway().find(gateway.key());
  }

  /** Returns the known Pods of a namespace, which need not be all, in no particular order. */
  public Stream<Pod> podsIn(String namespace) {
    return this.<Pod>look(Kind.POD).inNamespace(namespace);
  }

  /**
   * Returns the known Pods that a Service selects, which need not be all: Lintel watches the Pods
   * of Gateways only.
   */
  public Stream<Pod> knownPodsOf(Service service) {
    return service.selector().isEmpty()
        ? Stream.empty()
        : podsIn(service.namespace())
            .filter(pod -> LabelSelector.containsAll(pod.metadata().labels(), service.selector()));
  }

  /** Returns the EndpointSlices of a Service, in no particular order. */
  public Stream<EndpointSlice> endpointSlicesOf(Service service) {
    return indexes.slicesByService().find(service.key());
  }

  /** Returns the endpoints of a backend as a reader sees them. */
  public Endpoints endpointsOf(Backend backend, EndpointReader reader) {
    return answers.once(
        new Question.OfEndpoints(backend, reader),
        () -> new EndpointSearch(this, reader, backend).find());
  }

  /**
   * Returns the endpoints of a backend as proxies driven by istiod see them; empty if not all are
   * known.
   */
  public Optional<Endpoints> endpointsOf(Backend backend) {
    return Optional.of(endpointsOf(backend, EndpointReader.ISTIOD_PROXY))
        .filter(endpoints -> endpoints.complete().isYes());
  }

  /**
   * Returns the order in which a reader takes the endpoints of a backend, as far as no
   * DestinationRule has another (docs/domain.md, 1.4).
   */
  public EndpointOrder endpointOrder(Backend backend, EndpointReader reader) {
    return pickers(backend).order(reader);
  }

  /** Tells who picks the endpoints of a backend, and by what (docs/domain.md, 1.3). */
  public Pickers pickers(Backend backend) {
    return new Pickers(this, backend);
  }

  /** Tells where a Pod is, as a reader sees it: a client of whoever it is close to. */
  public Place placeOf(Pod pod, EndpointReader reader) {
    return new Places(this, reader).ofPod(pod);
  }

  /** Returns where the Nodes of the cluster are. */
  public NodeLocalities nodeLocalities() {
    Map<Locality, Integer> counts = new HashMap<>();
    indexes
        .nodesByLocality()
        .keys()
        .forEach(
            locality -> counts.put(locality, indexes.nodesByLocality().get(locality).sizeIn("")));
    return new NodeLocalities(counts);
  }

  /** Returns how many Nodes are known outside the control plane, 0 or more. */
  public int workerNodes() {
    return indexes.workerNodes().get(true).sizeIn("");
  }

  /** Returns the grants of a namespace, in no particular order. */
  Stream<ReferenceGrant> grantsIn(String namespace) {
    return this.<ReferenceGrant>look(Kind.REFERENCE_GRANT).inNamespace(namespace);
  }

  /**
   * Returns the backends that an object defines: a Service one, a ServiceEntry one for each host
   * that is not too long to be one, as far as Istio's API allows hosts.
   */
  public List<Backend> backendsOf(Resource resource) {
    return switch (resource) {
      case Service service -> List.of(backendOf(service));
      case ServiceEntry entry -> backendsOf(entry);
      case DestinationRule _,
          Namespace _,
          GatewayClass _,
          Gateway _,
          Route _,
          ReferenceGrant _,
          ListenerSet _,
          BackendConfigPolicy _,
          BackendTlsPolicy _,
          MeshConfig _,
          VirtualService _,
          WorkloadEntry _,
          Segment _,
          EndpointSlice _,
          Node _,
          Pod _,
          Deployment _ ->
          List.of();
    };
  }

  private List<Backend> backendsOf(ServiceEntry entry) {
    int count = entry.hosts().size();
    if (count > Limits.HOSTS) {
      answers.cut(
          "%s has %,d hosts; the first %,d were looked at"
              .formatted(entry.ref().spoken(), count, Limits.HOSTS));
    }
    answers.work(WORK_OF_A_HOST * Math.min(count, Limits.HOSTS));
    return entry.hosts().stream()
        .limit(Limits.HOSTS)
        .<Backend>map(host -> new Backend.OfEntry(entry, new HostName(host), host))
        .filter(backend -> backend.host().isHost())
        .toList();
  }

  /** Returns the backend that a Service defines. */
  public Backend backendOf(Service service) {
    return new Backend.OfService(
        service, HostName.ofService(service.namespace(), service.name(), platform.clusterDomain()));
  }

  /**
   * Returns the backends with exactly this host: the Service, if the host is one's, and every
   * ServiceEntry, by age.
   */
  public List<Backend> backendsWithHost(HostName host) {
    return answers.once(new Question.OfBackends(host), () -> Hosts.backends(this, host));
  }

  /**
   * Returns the name of the Service that a host would be for, whether or not it exists; empty if
   * the host is not in the cluster's domain.
   */
  public Optional<NamespacedName> serviceNameOf(HostName host) {
    return Hosts.serviceName(this, host);
  }

  /** Returns the ServiceEntries that define exactly this host, oldest first. */
  public List<ServiceEntry> entriesWithHost(HostName host) {
    Table<ServiceEntry> entries = indexes.entriesByHost().get(host);
    if (entries.isEmpty()) {
      return List.of();
    }
    return answers.once(
        new Question.OfEntries(host),
        () ->
            Oldest.of(
                entries.all(), Limits.ENTRIES, answers, "ServiceEntries have the host " + host));
  }

  /**
   * Returns the ServiceEntries of a resolution with a host that a DestinationRule covers, oldest
   * first.
   */
  public List<ServiceEntry> entriesCoveredBy(DestinationRule rule, String resolution) {
    HostName host = hostOf(rule);
    Stream<ServiceEntry> found =
        host.isWildcard()
            ? indexes
                .entriesByResolution()
                .find(resolution)
                .filter(
                    entry -> entry.hosts().stream().anyMatch(own -> host.covers(new HostName(own))))
            : indexes
                .entriesByHost()
                .find(host)
                .filter(entry -> entry.resolution().equals(resolution));
    return found.sorted(Ages.oldestFirst()).toList();
  }

  /**
   * Returns the backends that a DestinationRule's host covers, at most {@code limit}.
   *
   * @param limit 1 or more
   */
  public List<Backend> backendsCoveredBy(DestinationRule rule, int limit) {
    return Hosts.covered(this, indexes, hostOf(rule), limit);
  }

  /** Returns a rule's host as Istio resolves it. */
  public HostName hostOf(DestinationRule rule) {
    return HostName.resolve(rule.host(), rule.namespace(), platform.clusterDomain());
  }

  /**
   * Returns the DestinationRules whose host, as Istio resolves it, covers a host; the most specific
   * first, and of those the oldest.
   */
  public Stream<DestinationRule> rulesCovering(HostName host) {
    return Stream.concat(Stream.of(host), host.wildcards().stream())
        .flatMap(pattern -> rulesWithHost(pattern).stream());
  }

  /** Returns those of them that are in a namespace, in the same order. */
  public Stream<DestinationRule> rulesCovering(HostName host, String namespace) {
    return Stream.concat(Stream.of(host), host.wildcards().stream())
        .flatMap(pattern -> rulesWithHost(pattern, namespace).stream());
  }

  private List<DestinationRule> rulesWithHost(HostName host) {
    Table<DestinationRule> rules = indexes.rulesByHost().get(host);
    return rules.isEmpty()
        ? List.of()
        : answers.once(
            new Question.OfAllRules(host),
            () ->
                Oldest.of(
                    rules.all(), Limits.RULES, answers, "DestinationRules have the host " + host));
  }

  /**
   * Returns the DestinationRules whose host, as Istio resolves it, lies below a wildcard; in no
   * order. Empty for a host that is none.
   */
  public Stream<DestinationRule> rulesBelow(HostName wildcard) {
    return wildcard.value().equals("*")
        ? this.<DestinationRule>look(Kind.DESTINATION_RULE).all()
        : indexes.rulesByWildcard().find(wildcard);
  }

  /**
   * Returns the DestinationRules of a namespace with exactly this host, as Istio resolves it,
   * oldest first.
   */
  List<DestinationRule> rulesWithHost(HostName host, String namespace) {
    Table<DestinationRule> rules = indexes.rulesByHost().get(host);
    int count = rules.sizeIn(namespace);
    if (count <= 1) {
      return count == 0 ? List.of() : rules.inNamespace(namespace).toList();
    }
    return answers.once(
        new Question.OfRules(host, namespace),
        () ->
            Oldest.of(
                rules.inNamespace(namespace),
                Limits.RULES,
                answers,
                "DestinationRules of namespace %s have the host %s".formatted(namespace, host)));
  }

  /** Returns the DestinationRules whose host is written exactly so, oldest first. */
  public List<DestinationRule> rulesWritten(String literalHost) {
    Table<DestinationRule> rules = indexes.rulesByLiteralHost().get(literalHost);
    if (rules.isEmpty()) {
      return List.of();
    }
    return answers.once(
        new Question.OfWritten(literalHost),
        () ->
            Oldest.of(
                rules.all(),
                Limits.RULES,
                answers,
                "DestinationRules have the host " + literalHost));
  }

  /** Tells how istiod binds a backend to a waypoint (docs/domain.md, 3.2). */
  public WaypointBinding waypointOf(Backend backend) {
    return Waypoints.bind(this, backend);
  }

  /**
   * Returns the kgateway Gateways that route to a backend, each with its path; by namespace and
   * name.
   */
  public List<IngressLeg> ingressTo(Backend backend) {
    return answers.once(
        new Question.OfIngress(backend), () -> IngressPaths.resolve(this, indexes, backend));
  }

  /**
   * Returns what becomes of a route's reference at the controllers that serve the route, else at
   * those that there are (docs/domain.md, 4.5).
   *
   * @return empty for a reference to other routes, and where it is not known
   */
  public Optional<ReferenceFate> fateOf(Route route, BackendRef ref) {
    return Fates.of(this, route, ref);
  }

  /**
   * Returns every reference of a route that means a backend, those that fail included: by name or
   * by host, of the right kind or not, permitted or not; by the route's namespace and name.
   */
  public List<RouteReference> referencesTo(Backend backend) {
    return new References(this, indexes).to(backend);
  }

  /**
   * Returns every reference of a route that writes a host, whatever its group and kind; by the
   * route's namespace and name. Only a Hostname leads anywhere; see {@link #entryServing}.
   */
  public List<RouteReference> referencesToHost(HostName host) {
    return new References(this, indexes).toHost(host);
  }

  /**
   * Returns the ServiceEntry that kgateway takes for a reference by host, which is looked up with
   * its port: the oldest that has both, of those that kgateway makes a backend of (docs/domain.md,
   * 4.5).
   */
  public Optional<ServiceEntry> entryServing(HostName host, BackendRef ref) {
    return Hosts.servedBy(this, host, ref);
  }

  /**
   * Returns the host that peering generates for a Service (docs/domain.md, 5.3 and 5.4).
   *
   * @return empty if the Service is not peered, or the domain of its Segment is not known
   */
  public Optional<HostName> globalHostOf(Service service) {
    return GlobalHosts.of(this, service);
  }

  /**
   * Returns the Gateways, of any class, at which one of certain rules of a route is served; by
   * namespace and name, each with whether it is really served there, which is never known not to be
   * (docs/domain.md, 4.5).
   *
   * @param rules the places of the rules in the route
   */
  public Map<Gateway, Fact> gatewaysServing(Route route, Collection<Integer> rules) {
    Map<Gateway, Fact> gateways =
        new TreeMap<>(Comparator.<Gateway, NamespacedName>comparing(Resource::key));
    for (int rule : rules) {
      attachmentsOf(route, rule)
          .forEach(found -> gateways.merge(found.gateway(), found.served(), Topology::orElse));
    }
    return gateways;
  }

  private static Fact orElse(Fact one, Fact other) {
    return one.isYes() ? one : other;
  }

  private List<Attachment> attachmentsOf(Route route, int rule) {
    List<Attachment> direct =
        answers.once(
            new Question.OfRoute(route.ref()), () -> Attachments.direct(this, indexes, route));
    if (BackendKey.delegatingTo(route).isEmpty()) {
      return direct;
    }
    List<Attachment> delegated =
        answers.once(
            new Question.OfRouteRule(route.ref(), rule),
            () -> Attachments.delegated(this, indexes, route, route.rules().get(rule)));
    return Stream.concat(direct.stream(), delegated.stream()).toList();
  }

  /**
   * Returns every way in which a route comes to a Gateway, of any class, by the Gateway's namespace
   * and name.
   */
  public List<Attachment> attachmentsOf(Route route) {
    return Attachments.of(this, indexes, route);
  }

  /** Returns the Gateways and sets of listeners that a route names and that do not take it. */
  public List<RefusedParent> refusedParentsOf(Route route) {
    return Attachments.refused(this, indexes, route);
  }

  /** Returns every route of the Gateway API, in no particular order. */
  public Stream<Route> routes() {
    return Stream.of(Kind.values())
        .filter(Kind::isRoute)
        .flatMap(kind -> this.<Route>look(kind).all());
  }

  /** Returns every Gateway, in no particular order. */
  public Stream<Gateway> gateways() {
    return this.<Gateway>look(Kind.GATEWAY).all();
  }

  /** Returns every DestinationRule, in no particular order. */
  public Stream<DestinationRule> destinationRules() {
    return this.<DestinationRule>look(Kind.DESTINATION_RULE).all();
  }

  /**
   * Returns the backends that a route's reference names, permitted or not (docs/domain.md, 4.5): a
   * ServiceEntry has one for each host.
   */
  public List<Backend> backendsNamed(Route route, Route.BackendRef ref) {
    return Routes.named(this, route, ref);
  }

  /** Returns the routes to which a route's reference delegates, by namespace and name. */
  public List<Route> delegatesOf(Route route, Route.BackendRef ref) {
    return BackendKey.of(route, ref).stream()
        .flatMap(key -> routes().filter(child -> BackendKey.delegatingTo(child).contains(key)))
        .sorted(Routes.ORDER)
        .toList();
  }

  /** Returns the Gateways of any class that have routes to a backend; in no order. */
  public Stream<Gateway> gatewaysTo(Backend backend) {
    return routesTo(backend).stream()
        .flatMap(route -> Routes.gatewaysTo(this, route, backend).keySet().stream())
        .distinct();
  }

  /**
   * Returns the mesh routes for requests to a Service: it is their parent; by namespace and name.
   */
  public List<Route> meshRoutesOf(Service service) {
    return Oldest.of(
            indexes.routesByParentService().find(service.key()),
            Limits.ROUTES,
            answers,
            "routes have the parent " + service.ref().spoken())
        .stream()
        .sorted(Routes.ORDER)
        .toList();
  }

  /** Returns the mesh routes that send traffic to a backend: their parents are Services. */
  public List<Route> meshRoutesTo(Backend backend) {
    return routesTo(backend).stream().filter(Routes::isMeshRoute).toList();
  }

  /** Returns the routes that send to a backend and may refer to it, by namespace and name. */
  List<Route> routesTo(Backend backend) {
    return answers.once(
        new Question.OfRoutes(backend), () -> Routes.to(indexes, backend, this).toList());
  }

  /**
   * Returns the backends that routes of the mesh send a backend's requests to, in no order: its
   * waypoint has a cluster for each (docs/domain.md, 2.1).
   */
  public Stream<Backend> meshDestinationsOf(Backend backend) {
    return answers
        .once(
            new Question.OfDestinations(backend),
            () -> MeshRoutes.destinationsOf(this, indexes, backend).toList())
        .stream();
  }

  /** Tells who reads a DestinationRule for a backend that its host covers (docs/domain.md, 8.3). */
  public RuleReaders readersOf(DestinationRule rule, Backend backend) {
    return RuleReaders.resolve(this, rule, backend);
  }

  /**
   * Returns the rule that a kgateway Gateway's controller picks for a backend (docs/domain.md,
   * 4.4).
   */
  public Optional<DestinationRule> ruleAtKgateway(Gateway gateway, Backend backend) {
    return KgatewayRules.pick(this, gateway, backend);
  }

  /**
   * Tells which traffic a waypoint serves: {@code service}, {@code workload}, {@code all}, {@code
   * none}.
   */
  public String waypointTrafficOf(Gateway waypoint) {
    return Waypoints.trafficOf(this, waypoint);
  }

  /** Returns the rule that a proxy driven by istiod applies to a backend (docs/domain.md, 2.1). */
  public RuleLookup lookUpRule(String proxyNamespace, Backend backend) {
    return answers.once(
        new Question.OfLookUp(proxyNamespace, backend.host(), backend.namespace()),
        () -> RuleLookup.of(this, proxyNamespace, backend));
  }

  /**
   * Returns the rule whose destination-level policy counts for proxies of a namespace that are
   * driven by istiod, among the rules that share a rule's namespace and host (docs/domain.md, 2.1).
   *
   * @return empty if those proxies see none of them
   */
  public Optional<DestinationRule> policyAmongSiblings(
      DestinationRule rule, String proxyNamespace) {
    return RuleLookup.policyAmongSiblings(this, rule, proxyNamespace);
  }

  /**
   * Returns the rule of the same namespace and host whose destination-level policy takes the place
   * of a rule's at every proxy driven by istiod (docs/domain.md, 2.1).
   *
   * @return empty if some proxies may use the rule's own policy
   */
  public Optional<DestinationRule> displacedBy(DestinationRule rule) {
    return RuleLookup.displacedBy(this, rule);
  }

  /**
   * Tells whether kgateway and ztunnel find an address to send to, or will; not so where the host
   * needs one from istiod, which is known to allocate none (docs/domain.md, 4.2).
   */
  public boolean hasVip(Backend backend) {
    return backend.hasVip()
        && !(backend.awaitsAllocation() && dialect.features().allocatesAddresses().isNo());
  }

  /**
   * Returns the waypoints with a cluster for a backend that requests reach: its own and the second
   * one that are bound, and those of hosts whose mesh routes send to it (docs/domain.md, 2.1 and
   * 8.3). Its own do not count where it has no address.
   */
  public Set<Gateway> waypointsFor(Backend backend) {
    return RuleReaders.proxiesFor(this, backend);
  }

  /**
   * Returns the backend that counts for a host in the mesh: the Service, if it is no other name,
   * else the oldest ServiceEntry, else that Service (docs/domain.md, 6.2).
   */
  public Optional<Backend> canonicalBackend(HostName host) {
    List<Backend> backends = backendsWithHost(host);
    return backends.stream()
        .filter(backend -> !(backend.resource() instanceof Service s && s.isExternalName()))
        .findFirst()
        .or(() -> backends.stream().findFirst());
  }

  /**
   * Tells whether sidecars and Gateways of Istio in a namespace have rules for a backend: it is
   * exported to them (docs/domain.md, 2.1).
   */
  public boolean isExportedTo(Backend backend, String namespace) {
    return Visibility.of(backend).isIn(namespace);
  }

  /** Returns the second waypoint that a backend names, usable or not (docs/domain.md, 3.2). */
  public Optional<CanaryWaypoint> canaryOf(Backend backend) {
    return CanaryWaypoint.of(this, backend);
  }

  /**
   * Tells whether a waypoint is an Envoy that istiod configures: those of other makes read no
   * DestinationRule (docs/domain.md, 2.2).
   */
  public boolean isEnvoyOfIstiod(Gateway waypoint) {
    return gatewayClass(waypoint.className())
        .map(found -> found.controllerName().equals("istio.io/mesh-controller"))
        .orElseGet(() -> waypoint.className().equals("istio-waypoint"));
  }

  /** Returns which namespaces a waypoint lets attach, as istiod reads it (docs/domain.md, 3.2). */
  public NamespacePolicy attachmentPolicyOf(Gateway waypoint) {
    return Waypoints.attachmentPolicy(this, waypoint);
  }

  /**
   * Tells whether a Gateway, of whatever class, has a listener or a binding for what ztunnel sends
   * to a waypoint (docs/domain.md, 3.2).
   */
  public boolean takesMeshTraffic(Gateway gateway) {
    return Waypoints.takesMeshTraffic(this, gateway);
  }

  /** Returns the traffic distribution of a backend as its readers see it (docs/domain.md, 1.3). */
  public EffectiveTrafficDistribution trafficDistributionOf(Backend backend) {
    return answers.once(
        new Question.OfDistribution(backend), () -> EffectiveTrafficDistribution.of(this, backend));
  }

  /**
   * Returns the namespaces with proxies that istiod feeds and no Gateway stands for: sidecars, and
   * gateways that were installed without the Gateway API. In no particular order.
   */
  public Stream<String> sidecarNamespaces() {
    return answers.once(Question.SIDECARS, this::findSidecars).stream();
  }

  private Set<String> findSidecars() {
    return Stream.of(
            indexes.namespacesByTrait().find(NamespaceTrait.SIDECARS).map(Resource::name),
            indexes.podsByProxy().get(SidecarProxies.CONTAINER).namespaces(),
            indexes.deploymentsByProxy().get(SidecarProxies.CONTAINER).namespaces())
        .flatMap(namespaces -> namespaces)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Tells whether the Pods of a Namespace get sidecars; not so if it is not known. */
  public boolean hasSidecars(String namespace) {
    return namespace(namespace)
        .filter(found -> NamespaceTrait.of(found).contains(NamespaceTrait.SIDECARS))
        .isPresent();
  }

  /** Tells whether ztunnel captures the Pods of a Namespace; not so if it is not known. */
  public boolean isAmbient(String namespace) {
    return namespace(namespace)
        .filter(found -> NamespaceTrait.of(found).contains(NamespaceTrait.AMBIENT))
        .isPresent();
  }

  /** Returns the namespaces whose workloads ztunnel captures, in no particular order. */
  public Stream<String> ambientNamespaces() {
    return indexes.namespacesByTrait().find(NamespaceTrait.AMBIENT).map(Resource::name);
  }

  /** Returns the Gateways driven by istiod that serve as ingress, in no particular order. */
  public Stream<Gateway> istioIngressGateways() {
    return gatewaysOf(GatewayRole.ISTIO_INGRESS);
  }

  /** Tells whether a controller has given a Gateway an address: known, or assumed. */
  public Fact isProgrammed(Gateway gateway) {
    return Waypoints.programmed(gateway);
  }

  /** Tells whether ztunnel captures a Gateway's Pods (docs/domain.md, 4.1). */
  public Fact isCaptured(Gateway gateway) {
    return answers.once(new Question.OfCapture(gateway.key()), () -> Capture.of(this, gateway));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Topology topology
        && platform.equals(topology.platform)
        && tables.equals(topology.tables)
        && indexes.equals(topology.indexes);
  }

  @Override
  public int hashCode() {
    return tables.hashCode();
  }

  @Override
  public String toString() {
    return "Topology" + resources().map(Resource::ref).sorted(Ages.byText()).toList();
  }

  private <R extends Resource> Table<R> look(Kind kind) {
    witness.sees(kind);
    return table(kind);
  }

  @SuppressWarnings("unchecked")
  private <R extends Resource> Table<R> table(Kind kind) {
    return (Table<R>) tables.getOrDefault(kind, Table.empty());
  }

  private Topology put(Resource resource) {
    Table<Resource> table = table(resource.kind());
    Optional<Resource> old = table.find(resource.ref());
    if (old.isPresent() && old.get().equals(resource)) {
      return this;
    }
    return with(resource.kind(), table.put(resource), indexes.replace(old.orElse(null), resource));
  }

  private Topology remove(ResourceRef ref) {
    Table<Resource> table = table(ref.kind());
    Optional<Resource> old = table.find(ref);
    if (old.isEmpty()) {
      return this;
    }
    return with(ref.kind(), table.remove(ref), indexes.replace(old.get(), null));
  }

  private Topology with(Kind kind, Table<?> table, Indexes nextIndexes) {
    Map<Kind, Table<?>> next = new EnumMap<>(tables);
    if (table.isEmpty()) {
      next.remove(kind);
    } else {
      next.put(kind, table);
    }
    Topology changed =
        new Topology(platform, next, nextIndexes, dialect, witness, Answers.NOT_KEPT);
    if (kind != Kind.DEPLOYMENT) {
      return changed;
    }
    Table<Deployment> deployments = changed.table(Kind.DEPLOYMENT);
    return new Topology(
        platform, next, nextIndexes, Dialects.of(platform, deployments), witness, Answers.NOT_KEPT);
  }
}
