package dev.lintel.resource;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * kgateway's BackendConfigPolicy, of which only its targets and the settings that decide health and
 * balancing matter.
 *
 * @param metadata its metadata
 * @param targets what it names, in its own namespace but for hosts
 * @param selectors what it selects by labels
 * @param settings what it sets
 * @param rejection whether its status says that it was not accepted, and so has no effect; empty if
 *     nothing tells, for a manifest seldom has a status
 */
public record BackendConfigPolicy(
    Metadata metadata,
    List<PolicyTarget> targets,
    List<Selector> selectors,
    Set<Setting> settings,
    Optional<Boolean> rejection)
    implements Resource {

  /** Copies the collections, so that the record is immutable. */
  public BackendConfigPolicy {
    targets = List.copyOf(targets);
    selectors = List.copyOf(selectors);
    settings = Set.copyOf(settings);
  }

  /** What a policy may set. */
  public enum Setting {
    /** Pods that fail are ejected. */
    OUTLIER_DETECTION,
    /** As many of them as fail: {@code maxEjectionPercent} is 100. */
    EJECTS_ALL,
    /** Pods are probed. */
    HEALTH_CHECK,
    /** Balancing is configured, by more than its panic threshold. */
    LOAD_BALANCER,
    /** What is not healthy is never used: {@code healthyPanicThreshold} is 0. */
    NEVER_PANICS,
    /** Balancing prefers the own zone. */
    ZONE_AWARE,
    /** The gateway speaks TLS to the target. */
    TLS
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
    return new BackendConfigPolicy(other, targets, selectors, settings, rejection);
  }

  @Override
  public BackendConfigPolicy stored() {
    return withRejection(Optional.of(rejected()));
  }

  /** Tells whether it sets something. */
  public boolean sets(Setting setting) {
    return settings.contains(setting);
  }

  /** Tells whether it is known to have no effect. */
  public boolean rejected() {
    return rejection.orElse(false);
  }

  /** Returns the same policy with what its status says. */
  public BackendConfigPolicy withRejection(Optional<Boolean> other) {
    return new BackendConfigPolicy(metadata, targets, selectors, settings, other);
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
