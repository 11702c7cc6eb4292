package dev.lintel.topology;

import dev.lintel.mesh.HostName;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A pattern of host names: a host with placeholders, or a domain.
 *
 * @param pattern as written
 */
record SegmentAlias(String pattern) {

  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{\\{[^}]*}}|\\$?\\{[^}]*}|\\$\\([^)]*\\)|\\*");

  /** Tells whether the pattern may stand for a host, whatever its placeholders stand for. */
  boolean mayMean(HostName host) {
    if (!PLACEHOLDER.matcher(pattern).find()) {
      return host.value().equals(new HostName(pattern).value())
          || host.value().endsWith("." + new HostName(pattern).value());
    }
    String regex =
        Arrays.stream(PLACEHOLDER.split(pattern.toLowerCase(Locale.ROOT), -1))
            .map(Pattern::quote)
            .collect(Collectors.joining("[^.]+"));
    return Pattern.matches(regex, host.value());
  }
}
