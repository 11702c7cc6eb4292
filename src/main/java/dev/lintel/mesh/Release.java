package dev.lintel.mesh;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A build of a component, as its image's tag or the policy names it.
 *
 * @param name what it is called, for example {@code 1.30.3} or {@code 1.30.3-solo}; empty if
 *     nothing tells
 * @param version its version; empty if the name tells none
 * @param vendor whether a vendor is known to have built it
 */
public record Release(String name, Optional<Version> version, boolean vendor) {

  /** What a project publishes itself: the numbers, and how the image was built. */
  private static final Pattern OWN = Pattern.compile("v?\\d+\\.\\d+\\.\\d+(-(distroless|debug))?");

  /** A release of which nothing is known. */
  public static final Release UNKNOWN = new Release("", Optional.empty(), false);

  /** Returns the release that a tag names. */
  public static Release ofTag(String tag) {
    return new Release(tag, Version.parse(tag), false);
  }

  /** Returns the release of a version that somebody wrote down. */
  public static Release of(Version version) {
    return new Release(version.toString(), Optional.of(version), false);
  }

  /**
   * Tells whether it is a project's own release. Builds of vendors, candidates and branches may
   * hold changes that their number does not tell.
   */
  public boolean isPlain() {
    return !vendor && OWN.matcher(name).matches();
  }

  /** Returns the same build as one that a vendor made. */
  public Release ofVendor() {
    return new Release(name, version, true);
  }
}
