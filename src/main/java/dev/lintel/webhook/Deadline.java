package dev.lintel.webhook;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long judging may take: the API server's patience, less what the way back takes. */
final class Deadline {

  /** What the API server waits if a webhook configuration does not say it. */
  private static final Duration DEFAULT = Duration.ofSeconds(10);

  private static final Pattern DURATION =
      Pattern.compile("(?:(\\d{1,4})m)?(?:(\\d{1,6}(?:\\.\\d{1,9})?)s)?(?:(\\d{1,9})ms)?");

  private final long start;
  private final long limit;
  private final long last;

  private Deadline(long start, Duration limit, Duration patience) {
    this.start = start;
    this.limit = limit.toNanos();
    this.last = limit.plus(patience).dividedBy(2).toNanos();
  }

  /**
   * Starts the clock.
   *
   * @param timeout the request's query parameter, for example {@code 3s}; null, or anything that is
   *     no duration, means the API server's default
   * @param margin what is left for the way back; at most half of the timeout is used
   */
  static Deadline starting(@Nullable String timeout, Duration margin) {
    return new Deadline(System.nanoTime(), limit(timeout, margin), parse(timeout));
  }

  /** Tells whether the time is over. */
  boolean isOver() {
    return elapsed().toNanos() >= limit;
  }

  /** Tells whether half of the margin is over too, so that an answer must be given now. */
  boolean isMissed() {
    return elapsed().toNanos() >= last;
  }

  /** Returns the time since the start. */
  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Returns how long judging may take. */
  static Duration limit(@Nullable String timeout, Duration margin) {
    Duration patience = parse(timeout);
    Duration half = patience.dividedBy(2);
    return patience.minus(margin.compareTo(half) > 0 ? half : margin);
  }

  private static Duration parse(@Nullable String timeout) {
    Matcher matcher = DURATION.matcher(timeout == null ? "" : timeout);
    if (timeout == null || timeout.isEmpty() || !matcher.matches()) {
      return DEFAULT;
    }
    double seconds = 60 * number(matcher.group(1)) + number(matcher.group(2));
    return Duration.ofNanos((long) (1e9 * seconds + 1e6 * number(matcher.group(3))));
  }

  private static double number(@Nullable String digits) {
    return digits == null ? 0 : Double.parseDouble(digits);
  }
}
