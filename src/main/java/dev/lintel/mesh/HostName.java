package dev.lintel.mesh;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A host name as the mesh compares it: letter by letter, with an optional wildcard as its first
 * label. Neither case nor a dot at the end is overlooked (docs/domain.md, 2.1).
 *
 * <p>What is written may be of any length. A name that is too long for DNS is no host: nothing
 * covers it, it covers nothing, and it costs no more than to be read once.
 *
 * @param value the name as it is written; {@code *} alone stands for every host
 */
public record HostName(String value) implements Comparable<HostName> {

  /** How many characters a host has at most, as DNS has it. */
  public static final int MAX_LENGTH = 253;

  /** Returns the name as DNS compares it: in lower case, without dots at its end. */
  public HostName folded() {
    if (!isHost()) {
      return this;
    }
    int end = value.length();
    while (end > 1 && value.charAt(end - 1) == '.') {
      end--;
    }
    return new HostName(value.substring(0, end).toLowerCase(Locale.ROOT));
  }

  /** Tells whether the name is short enough to be one. */
  public boolean isHost() {
    return value.length() <= MAX_LENGTH;
  }

  /** Returns the host of a Service. */
  public static HostName ofService(String namespace, String name, String clusterDomain) {
    return new HostName(name + "." + namespace + ".svc." + clusterDomain);
  }

  /**
   * Resolves a host as Istio does: a name without any dot is expanded with the namespace of the
   * object that writes it, everything else stays as it is (docs/domain.md, 2.1).
   *
   * @param written the host as written
   * @param namespace the namespace of the object that writes it
   */
  public static HostName resolve(String written, String namespace, String clusterDomain) {
    if (isShort(written)) {
      return ofService(namespace, written, clusterDomain);
    }
    return new HostName(written);
  }

  /** Tells whether Istio would expand the written host with a namespace. */
  public static boolean isShort(String written) {
    return !written.isEmpty()
        && written.indexOf('.') < 0
        && written.indexOf(':') < 0
        && !written.contains("*");
  }

  /** Tells whether the first label is a wildcard. */
  public boolean isWildcard() {
    return value.equals("*") || value.startsWith("*.");
  }

  /**
   * Tells whether this name, which may be a wildcard, covers another. A wildcard stands for one or
   * more labels.
   */
  public boolean covers(HostName other) {
    if (!isWildcard()) {
      return value.equals(other.value);
    }
    int suffix = value.length() - 1;
    int start = other.value.length() - suffix;
    return start > 0
        && isHost()
        && other.isHost()
        && other.value.regionMatches(start, value, 1, suffix);
  }

  /** Tells whether Istio prefers this name to another, where both cover a host. */
  public boolean isMoreSpecificThan(HostName other) {
    if (isWildcard() != other.isWildcard()) {
      return other.isWildcard();
    }
    return isWildcard() && value.length() > other.value.length();
  }

  /**
   * Returns the wildcards that cover this name, other than itself; the most specific first, {@code
   * *} last. None for what is no host.
   */
  public List<HostName> wildcards() {
    if (!isHost()) {
      return List.of();
    }
    List<HostName> wildcards = new ArrayList<>();
    for (int dot = value.indexOf('.', 1); dot >= 0; dot = value.indexOf('.', dot + 1)) {
      HostName wildcard = new HostName("*" + value.substring(dot));
      if (!wildcard.equals(this)) {
        wildcards.add(wildcard);
      }
    }
    if (!value.equals("*") && !value.isEmpty()) {
      wildcards.add(new HostName("*"));
    }
    return wildcards;
  }

  @Override
  public int compareTo(HostName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
