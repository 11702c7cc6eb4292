package dev.lintel.assertion;

import dev.lintel.assertion.AssertionReport.Breach;
import dev.lintel.assertion.AssertionReport.Doubt;
import dev.lintel.assertion.AssertionReport.Result;
import dev.lintel.assertion.AssertionReport.Way;
import dev.lintel.policy.Assertion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** What is found of one assertion; of very much the first is kept, and the rest counted. */
final class Tally {

  /** More nobody reads, and each has its legs. */
  private static final int MOST_KEPT = 20;

  private final Assertion assertion;
  private final List<Breach> breaches = new ArrayList<>();
  private final List<Doubt> doubts = new ArrayList<>();
  private final Set<String> assumed = new TreeSet<>();
  private int hosts;
  private int paths;
  private int moreBreaches;
  private int moreDoubts;

  Tally(Assertion assertion) {
    this.assertion = assertion;
  }

  Assertion assertion() {
    return assertion;
  }

  int hosts() {
    return hosts;
  }

  void addHost() {
    hosts++;
  }

  void addPath() {
    paths++;
  }

  /** What costs something is not asked for if it is not kept. */
  void breach(Supplier<Breach> breach) {
    if (breaches.size() < MOST_KEPT) {
      breaches.add(breach.get());
    } else {
      moreBreaches++;
    }
  }

  void doubt(Way way, String reason) {
    if (doubts.size() < MOST_KEPT) {
      doubts.add(new Doubt(way, reason));
    } else {
      moreDoubts++;
    }
  }

  /** What many paths rest on is said once. */
  void assume(String sentence) {
    if (assumed.size() < MOST_KEPT) {
      assumed.add(sentence);
    }
  }

  Result result() {
    return new Result(
        assertion, hosts, paths, breaches, moreBreaches, doubts, moreDoubts, List.copyOf(assumed));
  }
}
