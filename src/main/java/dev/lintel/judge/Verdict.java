package dev.lintel.judge;

import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.Action;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The answer to a write.
 *
 * @param object the written object
 * @param findings what was found, denials first, then by rule and subject; findings that only go to
 *     the audit log are among them
 * @param unfinished what was not judged, in words; empty if everything was
 * @param spared why nothing was judged at all; empty if the write was judged
 */
public record Verdict(
    ResourceRef object,
    List<Judged> findings,
    Optional<String> unfinished,
    Optional<Spared> spared) {

  /** Copies the list, so that the record is immutable. */
  public Verdict {
    findings = List.copyOf(findings);
  }

  /** Creates the answer to a write that was judged. */
  public Verdict(ResourceRef object, List<Judged> findings, Optional<String> unfinished) {
    this(object, findings, unfinished, Optional.empty());
  }

  /** Returns the verdict on a write that nothing is said about. */
  public static Verdict silent(ResourceRef object) {
    return new Verdict(object, List.of(), Optional.empty());
  }

  /** Returns the verdict on a write that is not judged. */
  public static Verdict spared(ResourceRef object, Spared why) {
    return new Verdict(object, List.of(), Optional.empty(), Optional.of(why));
  }

  /** Tells whether the write is refused. */
  public boolean isDenied() {
    return with(Action.DENY).findAny().isPresent();
  }

  /** Tells what the author sees: {@code allow}, {@code warn} or {@code deny}. */
  public String decision() {
    if (isDenied()) {
      return "deny";
    }
    return with(Action.WARN).findAny().isPresent() ? "warn" : "allow";
  }

  /** Returns the findings with an action. */
  public Stream<Judged> with(Action action) {
    return findings.stream().filter(judged -> judged.action() == action);
  }
}
