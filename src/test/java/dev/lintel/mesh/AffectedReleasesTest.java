package dev.lintel.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.AffectedReleases.Match;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AffectedReleasesTest {

  private final AffectedReleases open = AffectedReleases.openAfter("1.28.0-1.28.10", "1.30.0");
  private final AffectedReleases fixed = AffectedReleases.fixedAfter("1.29.0-1.29.3", "1.30.0");

  @Test
  void bothEndsOfASpanHaveTheDefect() {
    assertThat(Stream.of("1.28.0", "1.28.10", "v1.30.0", "1.28.4-distroless").map(this::isOpen))
        .allMatch(Fact::isYes);
  }

  @Test
  void whatIsOlderDoesNotHaveIt() {
    assertThat(isOpen("1.27.9").isNo()).isTrue();
  }

  @Test
  void betweenAndAfterTheSpansNobodyKnowsWhereNoFixIsKnown() {
    assertThat(Stream.of("1.28.11", "1.29.0", "1.30.1", "1.32.0").map(this::isOpen))
        .allMatch(Fact::isUnknown);
  }

  @Test
  void betweenAndAfterTheSpansItIsFixed() {
    assertThat(Stream.of("1.29.4", "1.30.1", "1.31.0").map(Release::ofTag).map(fixed::has))
        .allMatch(Fact::isNo);
  }

  @Test
  void aBuildThatIsNotTheProjectsOwnMayHoldTheFix() {
    assertThat(Stream.of("1.30.0-solo", "1.30.0-rc.1", "latest", "").map(this::isOpen))
        .allMatch(Fact::isUnknown);
    assertThat(open.has(Release.ofTag("1.30.0").ofVendor()).isUnknown()).isTrue();
  }

  @Test
  void ofRevisionsSideBySideTheOneThatIsKnownToHaveItCounts() {
    List<Release> revisions =
        Stream.of("1.27.0", "1.30.0-solo", "1.28.2").map(Release::ofTag).toList();

    assertThat(open.among(revisions).map(Match::release)).contains(Release.ofTag("1.28.2"));
    assertThat(open.among(List.of(Release.ofTag("1.27.0")))).isEmpty();
  }

  @Test
  void whereNoneIsVisibleSomeReleaseMayHaveIt() {
    assertThat(open.among(List.of()).filter(match -> match.has().isUnknown())).isPresent();
  }

  private Fact isOpen(String tag) {
    return open.has(Release.ofTag(tag));
  }
}
