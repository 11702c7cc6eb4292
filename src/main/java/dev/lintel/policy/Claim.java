package dev.lintel.policy;

import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ResourceRef;
import java.util.List;
import java.util.stream.Collectors;

/** What an {@link Assertion} says of every path that it is about. */
public sealed interface Claim {

  /** Returns the claim as the document has it, on one line. */
  String spoken();

  /**
   * It passes a waypoint.
   *
   * @param waypoint which one, {@code namespace/name} with wildcards
   */
  record ThroughWaypoint(Glob waypoint) implements Claim {
    @Override
    public String spoken() {
      return "throughWaypoint: " + waypoint;
    }
  }

  /** No leg of it leads to a Pod in clear. */
  record Encrypted() implements Claim {
    @Override
    public String spoken() {
      return "encrypted: true";
    }
  }

  /**
   * It comes from one of some Gateways.
   *
   * @param gateways which ones, {@code namespace/name} with wildcards
   */
  record OnlyFrom(List<Glob> gateways) implements Claim {
    /** Copies the list, so that the record is immutable. */
    public OnlyFrom {
      gateways = List.copyOf(gateways);
    }

    @Override
    public String spoken() {
      return "onlyFrom: "
          + gateways.stream().map(Glob::toString).collect(Collectors.joining(", ", "[", "]"));
    }
  }

  /**
   * Whoever picks an endpoint of the host on it goes by a traffic distribution.
   *
   * @param mode which one
   */
  record ByTrafficDistribution(TrafficDistribution mode) implements Claim {
    @Override
    public String spoken() {
      return "trafficDistribution: " + mode.spelling();
    }
  }

  /**
   * Somebody reads a DestinationRule for one of the hosts.
   *
   * @param namespace where the rule is
   * @param name what it is called
   */
  record RuleIsRead(String namespace, String name) implements Claim {
    /** Returns the identity of the rule. */
    public ResourceRef rule() {
      return new ResourceRef(Kind.DESTINATION_RULE, namespace, name);
    }

    @Override
    public String spoken() {
      return "destinationRuleRead: %s/%s".formatted(namespace, name);
    }
  }
}
