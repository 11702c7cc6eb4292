package dev.lintel.explain;

import dev.lintel.mesh.Tier;
import dev.lintel.resource.ResourceRef;
import dev.lintel.topology.EndpointOrder;
import java.util.List;
import java.util.Optional;

/**
 * A leg of a path: from one stop to the next, with who picks the endpoint there and by what.
 *
 * @param from where it begins
 * @param to where it ends
 * @param picks who picks the endpoint, in words; empty if there is nothing to pick
 * @param carriedBy who carries the connection, and how
 * @param choice by what it is picked; empty if there is nothing to pick
 * @param notes what else is to be known, in full clauses
 */
public record Leg(
    Stop from,
    Stop to,
    Optional<String> picks,
    String carriedBy,
    Optional<Choice> choice,
    List<String> notes) {

  /** Copies the list, so that the record is immutable. */
  public Leg {
    notes = List.copyOf(notes);
  }

  /**
   * A place that requests come by.
   *
   * @param kind what it is
   * @param name how a sentence names it
   */
  public record Stop(Kind kind, String name) {
    /** What a stop is. */
    public enum Kind {
      /** Whoever calls from outside the cluster. */
      CLIENT,
      /** An ingress. */
      GATEWAY,
      /** The node's proxy. */
      ZTUNNEL,
      /** The host's virtual address. */
      ADDRESS,
      /** A waypoint. */
      WAYPOINT,
      /** The host's endpoints. */
      ENDPOINTS,
      /** Nothing: the request ends here. */
      NOTHING
    }
  }

  /**
   * By what an endpoint is picked.
   *
   * @param mode the traffic distribution as the one who picks reads it
   * @param source where it comes from, in words
   * @param defaultOf whose default it is; empty if somebody chose it
   * @param displacedBy what takes its place, in words; empty if it counts
   * @param tiers what is compared, one after the other; empty if all endpoints are equally close
   * @param kind what becomes of endpoints that differ
   * @param rule which DestinationRule acts, in words
   * @param ruleRef that rule; empty if none acts, or may act
   * @param rankings how close the endpoints are to those who pick; empty if that is not known
   */
  public record Choice(
      String mode,
      String source,
      Optional<String> defaultOf,
      Optional<String> displacedBy,
      List<Tier> tiers,
      EndpointOrder.Kind kind,
      Statement rule,
      Optional<ResourceRef> ruleRef,
      List<Ranking> rankings) {
    /** Copies the lists, so that the record is immutable. */
    public Choice {
      tiers = List.copyOf(tiers);
      rankings = List.copyOf(rankings);
    }
  }

  /**
   * The order of endpoints for those who pick in one place.
   *
   * @param client the place, in words
   * @param pods how many Pods pick there, 1 or more
   * @param priorities the ready endpoints, the closest first
   */
  public record Ranking(String client, int pods, List<Priority> priorities) {
    /** Copies the list, so that the record is immutable. */
    public Ranking {
      priorities = List.copyOf(priorities);
    }
  }

  /**
   * Endpoints that are equally close.
   *
   * @param endpoints how many, 1 or more
   * @param same the tiers in which they are where those are who pick; empty if in none
   * @param places where they are, in words, each once
   */
  public record Priority(int endpoints, List<Tier> same, List<String> places) {
    /** Copies the lists, so that the record is immutable. */
    public Priority {
      same = List.copyOf(same);
      places = List.copyOf(places);
    }
  }
}
