package dev.lintel.replay;

import dev.lintel.judge.Judged;
import dev.lintel.report.Lines;
import dev.lintel.rule.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What would have been said to the writes of a log, in numbers. */
public final class Outcome {

  private static final int MAX_NAMED = 5;

  private final Duration bucket;
  private final Tally rules = new Tally();
  private final Tally namespaces = new Tally();
  private final Tally users = new Tally();
  private final Tally times = new Tally();
  private final Map<String, Example> examples = new HashMap<>();
  private final List<String> unreadable = new ArrayList<>();
  private Optional<Instant> first = Optional.empty();
  private Optional<Instant> last = Optional.empty();
  private long events;
  private long unreadableLines;
  private long judged;
  private long denied;
  private long warned;
  private long refused;
  private long dryRuns;
  private long unjudged;
  private long withoutEarlierForm;
  private long unfollowed;

  /**
   * Creates an outcome without any write.
   *
   * @param bucket how long the times are that writes are counted by
   */
  Outcome(Duration bucket) {
    this.bucket = bucket;
  }

  /**
   * The first write that a rule had something against.
   *
   * @param object what was written
   * @param user by whom
   * @param message what would have been said
   */
  public record Example(
      Instant time, String object, String user, boolean isDenied, String message) {}

  /**
   * A line of a table.
   *
   * @param key what the writes have in common
   * @param denied how many would have been denied
   * @param warned how many would have been warned about, and not denied
   * @param objects of how many objects they were writes
   */
  public record Row(String key, long denied, long warned, long objects) {}

  void event(Instant time) {
    events++;
    if (!time.equals(Instant.EPOCH)) {
      first = Optional.of(first.filter(time::isAfter).orElse(time));
      last = Optional.of(last.filter(time::isBefore).orElse(time));
    }
  }

  void unreadable(long line, String problem) {
    unreadableLines++;
    if (unreadable.size() < MAX_NAMED) {
      unreadable.add("line %d: %s".formatted(line, Lines.brief(problem)));
    }
  }

  void countUnjudged() {
    unjudged++;
  }

  void countUnfollowed() {
    unfollowed++;
  }

  /**
   * Counts a write.
   *
   * @param findings what would have been said, with what would have come of it
   * @param hasEarlierForm whether it is known what the object was before
   */
  void write(AuditEvent event, String object, List<Judged> findings, boolean hasEarlierForm) {
    judged++;
    refused += event.isRefused() ? 1 : 0;
    dryRuns += event.isDryRun() ? 1 : 0;
    withoutEarlierForm += hasEarlierForm ? 0 : 1;
    TreeSet<String> warning = new TreeSet<>();
    TreeSet<String> denying = new TreeSet<>();
    for (Judged finding : findings) {
      boolean denies = finding.action() == Action.DENY && hasEarlierForm;
      if (denies || finding.action().compareTo(Action.WARN) >= 0) {
        (denies ? denying : warning).add(finding.rule().code());
        remember(
            finding,
            new Example(event.time(), object, event.user(), denies, finding.finding().message()));
      }
    }
    warning.removeAll(denying);
    denying.forEach(code -> rules.add(code, object, true));
    warning.forEach(code -> rules.add(code, object, false));
    if (!denying.isEmpty() || !warning.isEmpty()) {
      heard(event, object, !denying.isEmpty());
    }
  }

  private void remember(Judged finding, Example example) {
    String code = finding.rule().code();
    if (!examples.containsKey(code) || (example.isDenied() && !examples.get(code).isDenied())) {
      examples.put(code, example);
    }
  }

  private void heard(AuditEvent event, String object, boolean isDenied) {
    denied += isDenied ? 1 : 0;
    warned += isDenied ? 0 : 1;
    namespaces.add(event.namespace(), object, isDenied);
    users.add(event.user(), object, isDenied);
    long length = bucket.toSeconds();
    long start = Math.floorDiv(event.time().getEpochSecond(), length) * length;
    times.add(Instant.ofEpochSecond(start).toString(), object, isDenied);
  }

  /** Returns the writes by the code of a rule that speaks of them, the most denials first. */
  public List<Row> rules() {
    return rows(rules.mostFirst());
  }

  /** Returns the writes by namespace, the most denials first. */
  public List<Row> namespaces() {
    return rows(namespaces.mostFirst());
  }

  /** Returns the writes by user, the most denials first. */
  public List<Row> users() {
    return rows(users.mostFirst());
  }

  /** Returns the writes by the beginning of the time in which they came. */
  public List<Row> times() {
    return rows(times.byKey());
  }

  private static List<Row> rows(List<Map.Entry<String, Tally.Count>> counts) {
    return counts.stream()
        .map(
            count ->
                new Row(
                    count.getKey(),
                    count.getValue().denied(),
                    count.getValue().warned(),
                    count.getValue().objects()))
        .toList();
  }

  /** Returns the first write that a rule had something against, one that it denies if any. */
  public Optional<Example> example(String code) {
    return Optional.ofNullable(examples.get(code));
  }

  /** Returns the time of the earliest event; empty if there is none. */
  public Optional<Instant> first() {
    return first;
  }

  /** Returns the time of the latest event; empty if there is none. */
  public Optional<Instant> last() {
    return last;
  }

  /** Returns how many events were read. */
  public long events() {
    return events;
  }

  /** Returns how many lines could not be read. */
  public long unreadableLines() {
    return unreadableLines;
  }

  /** Returns the first lines that could not be read, with their numbers and what is wrong. */
  public List<String> unreadable() {
    return List.copyOf(unreadable);
  }

  /** Returns how many writes were judged. */
  public long judged() {
    return judged;
  }

  /** Returns how many writes would have been denied. */
  public long denied() {
    return denied;
  }

  /** Returns how many writes would have been warned about, and not denied. */
  public long warned() {
    return warned;
  }

  /** Returns how many of the judged writes were refused by something else. */
  public long refused() {
    return refused;
  }

  /** Returns how many of the judged writes were dry runs. */
  public long dryRuns() {
    return dryRuns;
  }

  /** Returns how many writes could not be judged, because the log does not hold the object. */
  public long unjudged() {
    return unjudged;
  }

  /**
   * Returns how many updates changed an object whose earlier form is not known; they count as
   * warned about at most.
   */
  public long withoutEarlierForm() {
    return withoutEarlierForm;
  }

  /** Returns how many deletions of several objects do not tell which. */
  public long unfollowed() {
    return unfollowed;
  }
}
