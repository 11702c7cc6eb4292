package dev.lintel.mesh;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The releases of a component that have a defect (docs/domain.md, 8.1).
 *
 * @param spans those that are verified to have it, oldest first; never empty
 * @param fixed whether everything newer is known not to have it; if not, it is not known
 */
public record AffectedReleases(List<Span> spans, boolean fixed) {

  private static final Pattern SPAN = Pattern.compile("(\\S+)-(\\S+)");

  /** Copies the list, so that the record is immutable. */
  public AffectedReleases {
    spans = List.copyOf(spans);
  }

  /**
   * Returns releases after which the defect is fixed.
   *
   * @param spans {@code FIRST-LAST}, or one release, oldest first
   */
  public static AffectedReleases fixedAfter(String... spans) {
    return new AffectedReleases(read(spans), true);
  }

  /**
   * Returns releases after which nobody knows of a fix.
   *
   * @param spans {@code FIRST-LAST}, or one release, oldest first
   */
  public static AffectedReleases openAfter(String... spans) {
    return new AffectedReleases(read(spans), false);
  }

  /**
   * Tells whether a release has the defect.
   *
   * @return unknown for builds that are not the project's own, for those whose version is not
   *     known, and for newer ones where no fix is known
   */
  public Fact has(Release release) {
    if (release.version().isEmpty()) {
      return Fact.unknown("the version is not known");
    }
    Version version = release.version().get();
    if (spans.stream().anyMatch(span -> span.contains(version))) {
      return release.isPlain()
          ? Fact.yes()
          : Fact.unknown(release.name() + " may hold changes of its own");
    }
    boolean isOlder = version.compareTo(spans.getFirst().first()) < 0;
    return isOlder || fixed
        ? Fact.no()
        : Fact.unknown("whether " + release.name() + " has the defect was not looked up");
  }

  /**
   * Returns the release that counts where several run side by side: one that is verified to have
   * the defect, else one that may. Where none is visible, some release may run.
   *
   * @return empty if none has the defect
   */
  public Optional<Match> among(List<Release> releases) {
    List<Release> running = releases.isEmpty() ? List.of(Release.UNKNOWN) : releases;
    List<Match> matches =
        running.stream()
            .map(release -> new Match(release, has(release)))
            .filter(match -> !match.has().isNo())
            .toList();
    return Stream.concat(matches.stream().filter(match -> match.has().isYes()), matches.stream())
        .findFirst();
  }

  private static List<Span> read(String... spans) {
    return Stream.of(spans).map(Span::read).toList();
  }

  /**
   * Releases from one to another, both included.
   *
   * @param first the oldest
   * @param last the newest
   */
  public record Span(Version first, Version last) {

    private static Span read(String written) {
      Matcher span = SPAN.matcher(written);
      return span.matches()
          ? new Span(version(span.group(1)), version(span.group(2)))
          : new Span(version(written), version(written));
    }

    private static Version version(String written) {
      return Version.parse(written)
          .orElseThrow(() -> new IllegalArgumentException("no version: " + written));
    }

    private boolean contains(Version version) {
      return first.compareTo(version) <= 0 && version.compareTo(last) <= 0;
    }
  }

  /**
   * A release that runs, and whether it has the defect.
   *
   * @param release the release
   * @param has never a No
   */
  public record Match(Release release, Fact has) {}
}
