package dev.lintel.resource;

/**
 * What a policy names that is attached to other objects.
 *
 * @param group empty for the core group
 * @param kind {@code Service}, for example; at a BackendConfigPolicy also {@code Backend}, {@code
 *     ServiceEntry} or {@code Hostname}
 * @param name the target's name, or the host
 * @param sectionName the port; empty for all
 */
public record PolicyTarget(String group, String kind, String name, String sectionName) {}
