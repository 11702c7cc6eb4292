package dev.lintel.explain;

import dev.lintel.explain.Explanation.Content;
import dev.lintel.judge.Judge;
import dev.lintel.judge.Judged;
import dev.lintel.policy.Policy;
import dev.lintel.resource.BackendConfigPolicy;
import dev.lintel.resource.BackendTlsPolicy;
import dev.lintel.resource.Deployment;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.EndpointSlice;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.GatewayClass;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ListenerSet;
import dev.lintel.resource.MeshConfig;
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
import dev.lintel.rule.Action;
import dev.lintel.rule.Subject;
import dev.lintel.topology.Backend;
import dev.lintel.topology.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Explains objects of a topology: pure, and the same for everyone who asks. */
public final class Explainer {

  /** The kinds of objects that can be explained. */
  public static final Set<Kind> KINDS =
      Set.of(
          Kind.SERVICE,
          Kind.SERVICE_ENTRY,
          Kind.DESTINATION_RULE,
          Kind.GATEWAY,
          Kind.HTTP_ROUTE,
          Kind.GRPC_ROUTE,
          Kind.TCP_ROUTE,
          Kind.TLS_ROUTE);

  static final Comparator<Judged> LOUDEST_FIRST =
      Comparator.<Judged, Action>comparing(Judged::action)
          .reversed()
          .thenComparing(judged -> judged.rule().code())
          .thenComparing(judged -> judged.finding().field().text());

  private final Topology topology;
  private final Policy policy;
  private final Judge judge;

  /**
   * Creates an explainer.
   *
   * @param judge tells what stands against an object, as for the webhook
   */
  public Explainer(Topology topology, Policy policy, Judge judge) {
    this.topology = topology;
    this.policy = policy;
    this.judge = judge;
  }

  /**
   * Explains an object.
   *
   * @param object of one of {@link #KINDS}
   * @throws IllegalArgumentException if the object is of another kind
   */
  public Explanation explain(Resource object) {
    Content content =
        switch (object) {
          case Service service -> hosts(withGlobalHost(service));
          case ServiceEntry entry -> hosts(topology.backendsOf(entry));
          case DestinationRule rule -> rule(rule);
          case Gateway gateway ->
              new Explanation.OfGateway(new GatewayReader(topology, gateway).read());
          case Route route -> new Explanation.OfRoute(new RouteReader(topology).read(route));
          case Namespace _,
              GatewayClass _,
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
              throw new IllegalArgumentException("cannot explain " + object.ref().spoken());
        };
    return new Explanation(
        object.ref(),
        installation(),
        content,
        judge.kinds().contains(object.kind()),
        findings(object));
  }

  /**
   * Explains a host.
   *
   * @param definitions the backends that define it, the one that counts first; never empty
   */
  public Explanation explainHost(List<Backend> definitions) {
    List<Judged> findings =
        definitions.stream()
            .flatMap(backend -> findings(backend.resource()).stream())
            .sorted(LOUDEST_FIRST)
            .toList();
    return new Explanation(
        definitions.getFirst().resource().ref(),
        installation(),
        hosts(definitions),
        true,
        findings);
  }

  /** Returns the path from each Gateway of kgateway to a backend, and nothing else of it. */
  public static List<PathView> paths(Topology topology, Backend backend) {
    return new PathReader(topology, backend).paths();
  }

  /** Returns what stands against an object as it is, loudest first; its rules may be off. */
  public List<Judged> findings(Resource object) {
    return judge.review(topology, object, policy).stream().sorted(LOUDEST_FIRST).toList();
  }

  private Installation installation() {
    return new Installation(
        topology.dialect().istio(),
        topology.dialect().istioVersion(),
        topology
            .ingress()
            .kgateways()
            .sorted(Comparator.comparing(k -> k.distribution()))
            .toList());
  }

  private List<Backend> withGlobalHost(Service service) {
    List<Backend> backends = new ArrayList<>(topology.backendsOf(service));
    if (topology.dialect().isSolo()
        && !service.isExternalName()
        && topology.scopes().isPeered(service)) {
      backends.add(topology.scopes().globalBackendOf(service));
    }
    return backends;
  }

  private Explanation.OfHosts hosts(List<Backend> backends) {
    return new Explanation.OfHosts(
        backends.stream()
            .map(backend -> new HostReader(topology, backend, this::findings).read())
            .toList());
  }

  private Explanation.OfRule rule(DestinationRule rule) {
    List<Backend> backends = topology.rules().backendsCoveredBy(rule, Subject.MAX_HOSTS + 1);
    Stream<Backend> first = backends.stream().limit(Subject.MAX_HOSTS);
    return new Explanation.OfRule(
        new RuleReader(topology, rule).read(first.toList(), backends.size() > Subject.MAX_HOSTS));
  }
}
