package dev.lintel.topology;

import dev.lintel.mesh.Fact;
import dev.lintel.resource.DestinationRule;
import java.util.List;

/**
 * What one proxy makes of one DestinationRule for one host, and why (docs/domain.md, 2.1, 4.4).
 *
 * <p>Of several reasons the first counts, in the order in which the proxy comes to them.
 */
public sealed interface RuleReading {

  /** Returns the proxy. */
  Proxy proxy();

  /** It applies the rule's destination-level policy. */
  record Applied(Proxy proxy) implements RuleReading {}

  /**
   * It finds the rule among several of the same rank, and uses the policy of another one.
   *
   * @param by the rule whose policy it uses
   */
  record Displaced(Proxy proxy, DestinationRule by) implements RuleReading {}

  /**
   * It finds the rule beside others with the same host that stand alone, and reads the newest of
   * them only: nothing of this one, its subsets included.
   *
   * @param by the rule whose policy it uses
   */
  record SetAside(Proxy proxy, DestinationRule by) implements RuleReading {}

  /**
   * istiod has merged the rule into one with a selector, which does not pick the proxy, and keeps
   * it nowhere else.
   *
   * @param by the rule with the selector
   */
  record Swallowed(Proxy proxy, DestinationRule by) implements RuleReading {}

  /** The host is not exported to the proxy's namespace, so no rule for it reaches the proxy. */
  record HostNotExported(Proxy.Waypoint proxy) implements RuleReading {}

  /**
   * Its search ends at another rule before it comes to this one.
   *
   * @param by the rule at which it ends, whether or not the proxy may apply that one
   */
  record Hidden(Proxy proxy, DestinationRule by) implements RuleReading {}

  /**
   * It does not look for rules of the host in the rule's namespace.
   *
   * @param searched the namespaces in which it looks, in their order
   */
  record NotSearched(Proxy.Waypoint proxy, List<String> searched) implements RuleReading {
    /** Copies the list, so that the record is immutable. */
    public NotSearched {
      searched = List.copyOf(searched);
    }
  }

  /** The rule's {@code exportTo} leaves out the proxy's namespace. */
  record NotExported(Proxy proxy) implements RuleReading {}

  /** The rule selects workloads, and the proxy is none of them: a waypoint never is one. */
  record HasSelector(Proxy proxy) implements RuleReading {}

  /**
   * The proxy compares hosts letter for letter.
   *
   * @param canonical the host as it would have to be written
   */
  record OtherSpelling(Proxy.Kgateway proxy, String canonical) implements RuleReading {}

  /**
   * It takes the host for the first of its ServiceEntry, and looks for rules for that one.
   *
   * @param first the first host
   */
  record TakenForFirst(Proxy.Kgateway proxy, String first) implements RuleReading {}

  /** It sees the rule, and picks no Pod that it could act on. */
  record PicksNoPod(Proxy.Kgateway proxy) implements RuleReading {}

  /**
   * Its controller reads no DestinationRules.
   *
   * @param reason which setting is off
   */
  record IntegrationOff(Proxy.Kgateway proxy, String reason) implements RuleReading {}

  /** It reads no DestinationRules, whatever is set. */
  record ReadsNone(Proxy proxy) implements RuleReading {}

  /** It does not come by the rule: an older one that it was merged into is for others. */
  record NotFound(Proxy proxy) implements RuleReading {}

  /**
   * It may apply the rule.
   *
   * @param reason what is not known
   */
  record Unknown(Proxy proxy, String reason) implements RuleReading {}

  /** Tells whether the proxy applies the rule's destination-level policy. */
  default Fact applies() {
    return switch (this) {
      case Applied applied -> Fact.yes();
      case Unknown unknown -> Fact.unknown(unknown.reason());
      case IntegrationOff off -> Fact.no(off.reason());
      case Displaced displaced -> Fact.no();
      case SetAside setAside -> Fact.no();
      case Swallowed swallowed -> Fact.no();
      case HostNotExported notExported -> Fact.no();
      case Hidden hidden -> Fact.no();
      case NotSearched notSearched -> Fact.no();
      case NotExported notExported -> Fact.no();
      case HasSelector hasSelector -> Fact.no();
      case OtherSpelling spelling -> Fact.no();
      case TakenForFirst first -> Fact.no();
      case PicksNoPod picksNoPod -> Fact.no();
      case ReadsNone none -> Fact.no();
      case NotFound notFound -> Fact.no();
    };
  }

  /** Tells whether nothing but another rule for the host may keep the proxy from applying it. */
  default boolean wouldApply() {
    return switch (this) {
      case Applied applied -> true;
      case Displaced displaced -> balancesByRules();
      case SetAside setAside -> false;
      case Swallowed swallowed -> false;
      case HostNotExported notExported -> false;
      case Hidden hidden -> balancesByRules();
      case Unknown unknown -> balancesByRules();
      case NotFound notFound -> false;
      case IntegrationOff off -> false;
      case NotSearched notSearched -> false;
      case NotExported notExported -> false;
      case HasSelector hasSelector -> false;
      case OtherSpelling spelling -> false;
      case TakenForFirst first -> false;
      case PicksNoPod picksNoPod -> false;
      case ReadsNone none -> false;
    };
  }

  private boolean balancesByRules() {
    return proxy() instanceof Proxy.Kgateway kgateway && kgateway.balancesByRules();
  }
}
