package dev.lintel.explain;

import dev.lintel.judge.Judged;
import dev.lintel.resource.ResourceRef;
import java.util.List;
import java.util.stream.Stream;

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

  /**
   * Returns everything that is found, loudest first: what stands against the object, and against
   * the DestinationRules that its hosts are told with.
   */
  public List<Judged> allFindings() {
    return Stream.concat(findings.stream(), content.findings().stream())
        .distinct()
        .sorted(Explainer.LOUDEST_FIRST)
        .toList();
  }

  /** What there is to say of an object. */
  public sealed interface Content {
    /** Returns what stands against other objects that are told of. */
    default List<Judged> findings() {
      return List.of();
    }
  }

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

    @Override
    public List<Judged> findings() {
      return hosts.stream()
          .flatMap(host -> host.rules().stream())
          .flatMap(rule -> rule.findings().stream())
          .toList();
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
