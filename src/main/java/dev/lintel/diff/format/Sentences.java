package dev.lintel.diff.format;

import dev.lintel.diff.PathDiff;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What formats for people say alike. */
final class Sentences {

  private Sentences() {}

  /** Returns a difference in one sentence. */
  static String summary(PathDiff diff) {
    if (diff.isEmpty()) {
      return "Nothing changes for requests"
          + (diff.unknown().isEmpty() ? "." : ", as far as it is known.");
    }
    return Stream.of(
                counted(diff.paths().size(), "path changes", "paths change"),
                counted(diff.waypoints().size(), "waypoint changes", "waypoints change"),
                counted(
                    diff.readers().size(),
                    "DestinationRule loses or gains readers",
                    "DestinationRules lose or gain readers"),
                counted(
                    diff.distributions().size(),
                    "traffic distribution changes",
                    "traffic distributions change"),
                counted(
                    diff.references().size(),
                    "reference breaks or heals",
                    "references break or heal"),
                counted(diff.vanished().size(), "host vanishes", "hosts vanish"),
                counted(diff.appeared().size(), "host appears", "hosts appear"),
                counted(diff.findings().appeared().size(), "finding is new", "findings are new"),
                counted(diff.findings().vanished().size(), "finding is gone", "findings are gone"))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(", "))
        + ".";
  }

  private static Optional<String> counted(int count, String one, String several) {
    return count == 0
        ? Optional.empty()
        : Optional.of("%d %s".formatted(count, count == 1 ? one : several));
  }

  /** Returns what was taken for granted, and what was not looked at. */
  static List<String> notes(PathDiff diff) {
    List<String> notes = new ArrayList<>();
    diff.assumed().forEach(sentence -> notes.add("[assumed] " + sentence));
    diff.extent().cuts().forEach(sentence -> notes.add("[not looked at] " + sentence));
    if (diff.extent().unfinished() > 0) {
      notes.add(
          "[not looked at] %d of %d hosts: too much bears on each"
              .formatted(diff.extent().unfinished(), diff.extent().hosts()));
    }
    return notes;
  }
}
