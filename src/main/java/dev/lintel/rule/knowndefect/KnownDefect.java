package dev.lintel.rule.knowndefect;

import dev.lintel.mesh.AffectedReleases;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Fact;
import dev.lintel.mesh.Release;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A row of the table of known defects (docs/domain.md, 8.1).
 *
 * @param component which component has it
 * @param affected in which releases
 * @param fixedIn the release that fixes it, as it is spoken of
 * @param trigger what sets it off
 * @param effect what happens then, as a clause
 * @param reference where it is told, for example {@code istio/istio#60312}
 */
record KnownDefect(
    Component component,
    AffectedReleases affected,
    String fixedIn,
    Trigger trigger,
    String effect,
    String reference) {

  /** A component with versions of its own. */
  enum Component {
    ISTIOD("istiod"),
    KGATEWAY("kgateway");

    private final String spoken;

    Component(String spoken) {
      this.spoken = spoken;
    }

    static Component named(String name) {
      return Stream.of(values())
          .filter(component -> component.spoken.equals(name))
          .findFirst()
          .orElseThrow();
    }

    String spoken() {
      return spoken;
    }

    /** Returns the releases that run and are known; empty if one of them is not. */
    private List<Release> running(Dialect dialect) {
      List<Release> running =
          switch (this) {
            case ISTIOD -> dialect.istiods();
            case KGATEWAY -> dialect.openSourceKgateway().release().stream().toList();
          };
      return running.stream().allMatch(release -> release.version().isPresent())
          ? running
          : List.of();
    }
  }

  /**
   * Returns the release that has it, if every release which runs has it or may.
   *
   * @return empty if one of them has it not, or is not known
   */
  Optional<AffectedReleases.Match> match(Dialect dialect) {
    List<Release> running = component.running(dialect);
    boolean isCertain = !running.isEmpty();
    for (Release release : running) {
      Fact has = affected.has(release);
      isCertain &= !has.isNo();
    }
    return isCertain ? affected.among(running) : Optional.empty();
  }
}
