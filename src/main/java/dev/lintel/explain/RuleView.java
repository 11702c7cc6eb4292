package dev.lintel.explain;

import dev.lintel.mesh.Fact;
import dev.lintel.mesh.HostName;
import dev.lintel.resource.ResourceRef;
import java.util.List;
import java.util.Optional;

/**
 * A DestinationRule and who reads it (docs/domain.md, 8.3).
 *
 * @param rule the rule
 * @param written the host as written
 * @param host the host as Istio resolves it
 * @param exportTo the namespaces it is exported to; empty for everybody
 * @param selector the labels that select clients; empty if there is no selector
 * @param sets the blocks that it sets
 * @param displacedBy the rule whose policy takes the place of this one's at every proxy that istiod
 *     drives; empty if there is none
 * @param readings who reads it, for each host that it covers
 * @param cut whether it covers more hosts than were looked at
 */
public record RuleView(
    ResourceRef rule,
    String written,
    HostName host,
    List<String> exportTo,
    List<String> selector,
    List<String> sets,
    Optional<ResourceRef> displacedBy,
    List<Reading> readings,
    boolean cut) {

  /** Copies the lists, so that the record is immutable. */
  public RuleView {
    exportTo = List.copyOf(exportTo);
    selector = List.copyOf(selector);
    sets = List.copyOf(sets);
    readings = List.copyOf(readings);
  }

  /**
   * Who reads the rule for one host.
   *
   * @param host the host
   * @param definedBy the object that defines it
   * @param readers everyone who might read the rule, with what comes of it
   */
  public record Reading(HostName host, ResourceRef definedBy, List<Reader> readers) {
    /** Copies the list, so that the record is immutable. */
    public Reading {
      readers = List.copyOf(readers);
    }
  }

  /**
   * A proxy that might read the rule.
   *
   * @param who the proxy, in words
   * @param proxy its Gateway; empty if there is none
   * @param applies whether it applies the rule's policy
   * @param why the reason, in words; empty where there is nothing to say
   * @param ignores the fields that it does not act on; empty if it does not apply the rule
   */
  public record Reader(
      String who, Optional<ResourceRef> proxy, Fact applies, String why, List<String> ignores) {
    /** Copies the list, so that the record is immutable. */
    public Reader {
      ignores = List.copyOf(ignores);
    }
  }
}
