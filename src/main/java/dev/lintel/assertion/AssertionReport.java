package dev.lintel.assertion;

import dev.lintel.explain.PathView;
import dev.lintel.explain.RuleView;
import dev.lintel.mesh.HostName;
import dev.lintel.policy.Assertion;
import dev.lintel.resource.ResourceRef;
import java.util.List;
import java.util.Optional;

/**
 * What became of assertions.
 *
 * @param results one for each, in their order
 */
public record AssertionReport(List<Result> results) {

  /** Copies the list, so that the record is immutable. */
  public AssertionReport {
    results = List.copyOf(results);
  }

  /** What became of an assertion. */
  public enum Outcome {
    /** It is so of everything that it is about. */
    HOLDS,
    /** Something is known of which it is not so. */
    BROKEN,
    /** It is so of everything of which it is known, and not of everything is it known. */
    UNTOLD
  }

  /**
   * One assertion.
   *
   * @param hosts how many hosts it is about, 0 or more
   * @param paths how many paths lead to them, 0 or more
   * @param breaches of what it is not so; the first ones
   * @param moreBreaches of how much else it is not so, 0 or more
   * @param doubts of what it cannot be told; the first ones
   * @param moreDoubts of how much else it cannot be told, 0 or more
   * @param assumed what it rests on that is taken for granted, in sentences; the first ones
   */
  public record Result(
      Assertion assertion,
      int hosts,
      int paths,
      List<Breach> breaches,
      int moreBreaches,
      List<Doubt> doubts,
      int moreDoubts,
      List<String> assumed) {

    /** Copies the lists, so that the record is immutable. */
    public Result {
      breaches = List.copyOf(breaches);
      doubts = List.copyOf(doubts);
      assumed = List.copyOf(assumed);
    }

    /** Returns what became of it. */
    public Outcome outcome() {
      if (!breaches.isEmpty()) {
        return Outcome.BROKEN;
      }
      return doubts.isEmpty() ? Outcome.HOLDS : Outcome.UNTOLD;
    }
  }

  /**
   * Something of which an assertion is not so.
   *
   * @param way from where to where
   * @param why what is so instead, as a clause
   * @param path the path, leg by leg; empty where none is followed
   * @param rule the DestinationRule and who might read it; empty unless it is about one
   */
  public record Breach(Way way, String why, Optional<PathView> path, Optional<RuleView> rule) {}

  /**
   * Something of which it cannot be told whether an assertion is so.
   *
   * @param way from where to where
   * @param reason what is not known, as a clause
   */
  public record Doubt(Way way, String reason) {}

  /**
   * From where to where.
   *
   * @param gateway where requests come from; empty if it is about none
   * @param host where they go; empty if it is about none
   */
  public record Way(Optional<ResourceRef> gateway, Optional<HostName> host) {

    /** What is about no path at all. */
    public static final Way NONE = new Way(Optional.empty(), Optional.empty());

    /** Returns it in words; empty if it is about nothing. */
    public String spoken() {
      String from = gateway.map(ResourceRef::spoken).orElse("");
      String to = host.map(HostName::value).orElse("");
      return from.isEmpty() || to.isEmpty() ? from + to : from + " to " + to;
    }
  }

  /** Returns how many assertions have an outcome. */
  public int count(Outcome outcome) {
    return (int) results.stream().filter(result -> result.outcome() == outcome).count();
  }

  /**
   * Tells whether somebody should look.
   *
   * @param strict whether what cannot be told is enough for it
   */
  public boolean fails(boolean strict) {
    return count(Outcome.BROKEN) > 0 || (strict && count(Outcome.UNTOLD) > 0);
  }
}
