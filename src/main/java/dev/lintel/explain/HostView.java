package dev.lintel.explain;

import dev.lintel.judge.Judged;
import dev.lintel.mesh.Fact;
import dev.lintel.mesh.HostName;
import dev.lintel.resource.ResourceRef;
import dev.lintel.topology.Attachment;
import dev.lintel.topology.RefusedParent;
import dev.lintel.topology.RouteReference.Standing;
import java.util.List;
import java.util.Optional;

/**
 * A host and what becomes of requests to it.
 *
 * @param host the host
 * @param definedBy the object that defines it; one that peering generates need not exist yet
 * @param ports its ports, each with its name or protocol
 * @param address the address by which ztunnel and kgateway find it, or why there is none
 * @param waypoint what istiod makes of its waypoint
 * @param ingressUseWaypoint the labels that send ingress through the waypoint
 * @param trafficDistribution the traffic distributions that are written for it
 * @param ways the references of routes that mean it, those that fail included
 * @param others Gateways that route to it and are not kgateway's
 * @param paths the path from each kgateway Gateway
 * @param rules the DestinationRules whose host covers it, by namespace and name
 * @param endpoints what is known of its endpoints
 * @param scope its place in a mesh of several clusters; empty if nothing sets any
 */
public record HostView(
    HostName host,
    ResourceRef definedBy,
    List<String> ports,
    Statement address,
    Waypoint waypoint,
    List<Setting> ingressUseWaypoint,
    List<Setting> trafficDistribution,
    List<Way> ways,
    List<Statement> others,
    List<PathView> paths,
    List<HostRule> rules,
    EndpointCount endpoints,
    Optional<ScopeView> scope) {

  /** Copies the lists, so that the record is immutable. */
  public HostView {
    ports = List.copyOf(ports);
    ingressUseWaypoint = List.copyOf(ingressUseWaypoint);
    trafficDistribution = List.copyOf(trafficDistribution);
    ways = List.copyOf(ways);
    others = List.copyOf(others);
    paths = List.copyOf(paths);
    rules = List.copyOf(rules);
  }

  /**
   * What istiod makes of a host's waypoint (docs/domain.md, 3.2).
   *
   * @param state how it ends
   * @param gateway the Gateway that is named, which need not exist; empty if none is
   * @param text the same in words, with the reason
   */
  public record Waypoint(State state, Optional<ResourceRef> gateway, String text) {
    /** How the binding of a waypoint ends. */
    public enum State {
      /** Requests to the host's address go through it. */
      BOUND,
      /** It is named and not used. */
      UNUSABLE,
      /** Nothing names one. */
      NOT_NAMED,
      /** The label says {@code none}. */
      OPTED_OUT,
      /** The Service was generated for a waypoint or an east-west gateway. */
      EXCLUDED
    }
  }

  /**
   * A reference of a route that means the host.
   *
   * @param route the route
   * @param hostnames the route's host names; empty for every host
   * @param reference the reference as a sentence names it, with its port
   * @param standing what becomes of it
   * @param attachments how the route comes to Gateways
   * @param refused the Gateways that it names and that do not take it
   */
  public record Way(
      ResourceRef route,
      List<String> hostnames,
      String reference,
      Standing standing,
      List<Attachment> attachments,
      List<RefusedParent> refused) {
    /** Copies the lists, so that the record is immutable. */
    public Way {
      hostnames = List.copyOf(hostnames);
      attachments = List.copyOf(attachments);
      refused = List.copyOf(refused);
    }
  }

  /**
   * A DestinationRule that covers the host.
   *
   * @param rule the rule, with its readers for this host alone
   * @param findings what stands against the rule, loudest first
   */
  public record HostRule(RuleView rule, List<Judged> findings) {
    /** Copies the list, so that the record is immutable. */
    public HostRule {
      findings = List.copyOf(findings);
    }
  }

  /**
   * What is known of a host's endpoints, as proxies driven by istiod see them.
   *
   * @param known how many are known, 0 or more
   * @param ready how many of those are ready, 0 or more
   * @param complete whether these are all: never a No
   * @param places how many there are in each place, in words, by place
   */
  public record EndpointCount(int known, int ready, Fact complete, List<String> places) {
    /** Copies the list, so that the record is immutable. */
    public EndpointCount {
      places = List.copyOf(places);
    }
  }
}
