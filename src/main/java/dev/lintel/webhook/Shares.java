package dev.lintel.webhook;

import java.util.HashMap;
import java.util.Map;

/**
 * How much of something each user has, and each namespace. Only those that have some are
 * remembered. Not for several threads at one time.
 */
final class Shares {

  private final int limit;
  private final Map<String, Integer> byUser = new HashMap<>();
  private final Map<String, Integer> byNamespace = new HashMap<>();

  /**
   * Creates shares.
   *
   * @param limit how much one user may have, and how much all users together in one namespace
   */
  Shares(int limit) {
    this.limit = limit;
  }

  /** Tells whether neither the user nor the namespace has all that it may have. */
  boolean hasRoomFor(Flow flow) {
    return byUser.getOrDefault(flow.user(), 0) < limit
        && byNamespace.getOrDefault(flow.namespace(), 0) < limit;
  }

  /** One more. */
  void add(Flow flow) {
    byUser.merge(flow.user(), 1, Integer::sum);
    byNamespace.merge(flow.namespace(), 1, Integer::sum);
  }

  /** One less. */
  void remove(Flow flow) {
    byUser.computeIfPresent(flow.user(), (user, count) -> count == 1 ? null : count - 1);
    byNamespace.computeIfPresent(flow.namespace(), (name, count) -> count == 1 ? null : count - 1);
  }
}
