package dev.lintel.policy;

import java.util.List;

/** What a new policy changes for those who are judged by it. */
public final class PolicyDiff {

  private final Change change;

  /**
   * Compares two policies.
   *
   * @param old the one in force
   * @param now the one that follows
   */
  public PolicyDiff(Policy old, Policy now) {
    this.change = new PolicyForm().comparison().between("", old, now);
  }

  /** Says what becomes weaker, each as one sentence without a full stop; empty if nothing does. */
  public List<String> loosened() {
    return change.weaker();
  }

  /**
   * Says which facts about the installation are stated otherwise, each as one sentence without a
   * full stop. What follows from them may be more or fewer findings.
   */
  public List<String> restated() {
    return change.restated();
  }

  /** Says what answers say otherwise, each as one sentence without a full stop. */
  public List<String> reworded() {
    return change.reworded();
  }

  /** Tells whether anything may be denied that was not denied before. */
  public boolean tightens() {
    return change.isStricter();
  }
}
