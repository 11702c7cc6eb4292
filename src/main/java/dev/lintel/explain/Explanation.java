package dev.lintel.explain;

import dev.lintel.judge.Judged;
import dev.lintel.resource.ResourceRef;
import java.util.List;

/**
 * What becomes of requests to an object, as far as the snapshot tells: the model from which every
 * format is written.
 *
 * @param object what is explained
 * @param installation how the installed components read
 * @param content what there is to say, by the kind of the object
 * @param isJudged whether objects of the kind are judged; if not, there is nothing to find
 * @param findings what stands against the object, loudest first
 */
public record Explanation(
    ResourceRef object,
    Installation installation,
    Content content,
    boolean isJudged,
    List<Judged> findings) {

  /** Copies the list, so that the record is immutable. */
  public Explanation {
    findings = List.copyOf(findings);
  }

  /** What there is to say of an object. */
  public sealed interface Content {}

  /**
   * What there is to say of a Service, a ServiceEntry or a host.
   *
   * @param hosts its hosts; the global host of a peered Service comes last
   */
  public record OfHosts(List<HostView> hosts) implements Content {
    /** Copies the list, so that the record is immutable. */
    public OfHosts {
      hosts = List.copyOf(hosts);
    }
  }

  /**
   * What there is to say of a DestinationRule.
   *
   * @param rule the rule and its readers
   */
  public record OfRule(RuleView rule) implements Content {}

  /**
   * What there is to say of a Gateway.
   *
   * @param gateway the Gateway
   */
  public record OfGateway(GatewayView gateway) implements Content {}

  /**
   * What there is to say of a route.
   *
   * @param route the route
   */
  public record OfRoute(RouteView route) implements Content {}
}
