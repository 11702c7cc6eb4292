package dev.lintel.mesh;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of a component, compared by its first three numbers.
 *
 * @param major first number, 0 or more
 * @param minor second number, 0 or more
 * @param patch third number, 0 if there is none
 */
public record Version(int major, int minor, int patch) implements Comparable<Version> {

  private static final Pattern NUMBERS =
      Pattern.compile("v?(\\d{1,6})\\.(\\d{1,6})(?:\\.(\\d{1,6}))?(?:[-+.].*)?");

  /** Creates a version without a patch number. */
  public static Version of(int major, int minor) {
    return new Version(major, minor, 0);
  }

  /**
   * Reads a version.
   *
   * @param text for example {@code 1.30.2}, {@code v2.3.1} or {@code 1.30.3-solo}
   * @return empty if the text does not begin with two numbers
   */
  public static Optional<Version> parse(String text) {
    Matcher matcher = NUMBERS.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String patch = matcher.group(3);
    return Optional.of(
        new Version(
            Integer.parseInt(matcher.group(1)),
            Integer.parseInt(matcher.group(2)),
            patch == null ? 0 : Integer.parseInt(patch)));
  }

  /** Tells whether this version is the given one or newer. */
  public boolean isAtLeast(int otherMajor, int otherMinor) {
    return compareTo(of(otherMajor, otherMinor)) >= 0;
  }

  @Override
  public int compareTo(Version other) {
    if (major != other.major) {
      return Integer.compare(major, other.major);
    }
    return minor != other.minor
        ? Integer.compare(minor, other.minor)
        : Integer.compare(patch, other.patch);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
