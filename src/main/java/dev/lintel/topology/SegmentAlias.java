package dev.lintel.topology;

import dev.lintel.mesh.HostName;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A pattern of host names: a host with placeholders, or a domain.
 *
 * @param pattern as written
 */
record SegmentAlias(String pattern) {

  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{\\{[^}]*}}|\\$?\\{[^}]*}|\\$\\([^)]*\\)|\\*");

  /** Stands for a placeholder; no host contains it. */
  private static final String ANYTHING = "\u0000";

  /** Tells whether the pattern may stand for a host, whatever its placeholders stand for. */
  boolean mayMean(HostName host) {
    if (!PLACEHOLDER.matcher(pattern).find()) {
      return host.value().equals(new HostName(pattern).value())
          || host.value().endsWith("." + new HostName(pattern).value());
    }
    String plain = PLACEHOLDER.matcher(pattern.toLowerCase(Locale.ROOT)).replaceAll(ANYTHING);
    List<String> wanted = List.of(plain.split("\\.", -1));
    List<String> labels = List.of(host.value().split("\\.", -1));
    return wanted.size() == labels.size()
        && IntStream.range(0, labels.size()).allMatch(i -> matches(wanted.get(i), labels.get(i)));
  }

  /**
   * Compares one label. A placeholder stands for one or more characters; where the text after it
   * does not fit, the last one is tried with one more. A regular expression would try them all.
   */
  private static boolean matches(String wanted, String label) {
    int at = 0;
    int last = -1;
    int tried = 0;
    for (int i = 0; i < label.length(); i++) {
      if (at < wanted.length() && wanted.charAt(at) == ANYTHING.charAt(0)) {
        last = at++;
        tried = i;
      } else if (at < wanted.length() && wanted.charAt(at) == label.charAt(i)) {
        at++;
      } else if (last >= 0) {
        at = last + 1;
        i = ++tried;
      } else {
        return false;
      }
    }
    return at == wanted.length();
  }
}
