package dev.lintel.resource;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * kgateway's BackendConfigPolicy, of which only its targets and the blocks that decide health and
 * balancing matter.
 *
 * @param metadata its metadata
 * @param targets what it names, in its own namespace but for hosts
 * @param selectors what it selects by labels
 * @param hasOutlierDetection whether Pods that fail are ejected
 * @param hasHealthCheck whether Pods are probed
 * @param hasLoadBalancer whether balancing is configured
 * @param hasZoneAware whether balancing prefers the own zone
 * @param hasTls whether the gateway speaks TLS to the target
 * @param rejection whether its status says that it was not accepted, and so has no effect; empty if
 *     nothing tells, for a manifest seldom has a status
 */
public record BackendConfigPolicy(
    Metadata metadata,
    List<PolicyTarget> targets,
    List<Selector> selectors,
    boolean hasOutlierDetection,
    boolean hasHealthCheck,
    boolean hasLoadBalancer,
    boolean hasZoneAware,
    boolean hasTls,
    Optional<Boolean> rejection)
    implements Resource {

  /** Copies the collections, so that the record is immutable. */
  public BackendConfigPolicy {
    targets = List.copyOf(targets);
    selectors = List.copyOf(selectors);
  }

  /** Two forms of one object are rare: its name tells it well enough, whatever its size. */
  @Override
  public int hashCode() {
    return key().hashCode();
  }

  @Override
  public Kind kind() {
    return Kind.BACKEND_CONFIG_POLICY;
  }

  @Override
  public BackendConfigPolicy withMetadata(Metadata other) {
    return new BackendConfigPolicy(
        other,
        targets,
        selectors,
        hasOutlierDetection,
        hasHealthCheck,
        hasLoadBalancer,
        hasZoneAware,
        hasTls,
        rejection);
  }

  @Override
  public BackendConfigPolicy stored() {
    return withRejection(Optional.of(rejected()));
  }

  /** Tells whether it is known to have no effect. */
  public boolean rejected() {
    return rejection.orElse(false);
  }

  /** Returns the same policy with what its status says. */
  public BackendConfigPolicy withRejection(Optional<Boolean> other) {
    return new BackendConfigPolicy(
        metadata,
        targets,
        selectors,
        hasOutlierDetection,
        hasHealthCheck,
        hasLoadBalancer,
        hasZoneAware,
        hasTls,
        other);
  }

  /**
   * Targets by labels.
   *
   * @param group empty for the core group
   * @param kind as for a {@link PolicyTarget}
   * @param matchLabels the labels that they carry
   */
  public record Selector(String group, String kind, Map<String, String> matchLabels) {
    /** Copies the labels, so that the record is immutable. */
    public Selector {
      matchLabels = Map.copyOf(matchLabels);
    }
  }
}
