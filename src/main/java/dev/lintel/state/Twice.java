package dev.lintel.state;

import dev.lintel.manifest.Located;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Resource;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Two forms of one object, of which one counts: what a cluster said last, before what it said
 * earlier and before what nobody applied yet.
 *
 * @param winner the form that counts
 * @param loser the other one
 * @param why what tells, as part of a sentence
 */
record Twice(Located winner, Located loser, String why) {

  private static final Pattern NUMBER = Pattern.compile("\\d{1,20}");

  /** Compares two forms, of which one was read after the other. */
  static Twice of(Located first, Located second) {
    int byVersion = compareVersions(first.resourceVersion(), second.resourceVersion());
    if (byVersion != 0) {
      return chosen(first, second, byVersion, "its resourceVersion is newer");
    }
    int byStatus = Boolean.compare(first.hasStatus(), second.hasStatus());
    if (byStatus != 0) {
      return chosen(first, second, byStatus, "it has a status, as the cluster's objects have");
    }
    int byAge = compareAges(created(first), created(second));
    if (byAge != 0) {
      return chosen(first, second, byAge, "its creationTimestamp is newer");
    }
    return first.resource().equals(second.resource())
        ? new Twice(second, first, "they say the same")
        : new Twice(second, first, "nothing tells which is newer, and it was read last");
  }

  /** Returns the form that counts; what it leaves open is as the other one has it. */
  Located whole() {
    Resource resource = Existing.kept(winner.resource(), loser.resource());
    return new Located(
        resource,
        winner.place(),
        winner.resourceVersion(),
        winner.hasStatus() || loser.hasStatus());
  }

  /** Returns a line for people. */
  String told() {
    return "%s is there twice, at %s and at %s: the former counts, for %s"
        .formatted(winner.resource().ref().spoken(), winner.place(), loser.place(), why);
  }

  private static Twice chosen(Located first, Located second, int comparison, String why) {
    return comparison > 0 ? new Twice(first, second, why) : new Twice(second, first, why);
  }

  /** Versions are numbers of any length; who has none was never read from a cluster. */
  private static int compareVersions(String first, String second) {
    boolean areNumbers = NUMBER.matcher(first).matches() && NUMBER.matcher(second).matches();
    if (!areNumbers) {
      return 0;
    }
    int byLength = Integer.compare(first.length(), second.length());
    return byLength == 0 ? first.compareTo(second) : byLength;
  }

  private static int compareAges(Instant first, Instant second) {
    return first.equals(Metadata.NOT_YET) || second.equals(Metadata.NOT_YET)
        ? 0
        : first.compareTo(second);
  }

  private static Instant created(Located form) {
    return form.resource().metadata().created();
  }
}
