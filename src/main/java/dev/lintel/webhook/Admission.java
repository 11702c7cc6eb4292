package dev.lintel.webhook;

import dev.lintel.cluster.ClusterState;
import dev.lintel.cluster.LintelConfig;
import dev.lintel.cluster.Snapshot;
import dev.lintel.judge.Judge;
import dev.lintel.judge.Verdict;
import dev.lintel.judge.Write;
import dev.lintel.report.NamespaceVeil;
import dev.lintel.report.Veil;
import dev.lintel.resource.Kind;
import dev.lintel.resource.MalformedObjectException;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Decides what is answered: what passes at once, and what is put before the judge. */
@Singleton
@Typed(Admission.class)
class Admission implements Answerer {

  private final ClusterState cluster;
  private final Judge judge;
  private final Duration staleAfter;
  private final String pages;

  Admission(ClusterState cluster, Judge judge, LintelConfig config) {
    this.cluster = cluster;
    this.judge = judge;
    this.staleAfter = config.staleAfter();
    this.pages = config.pages();
  }

  @Override
  public Answer answer(AdmissionRequest request, BooleanSupplier isOverdue) {
    Optional<Kind> kind = Kind.ofGroup(request.group(), request.kind());
    if (kind.isEmpty()) {
      return Answer.silent(Decision.UNKNOWN_KIND);
    }
    if (!request.subresource().isEmpty() || !request.operation().isWrite()) {
      return Answer.silent(Decision.PASS);
    }
    Snapshot now = cluster.current();
    if (!now.isComplete()) {
      return Answer.unjudged(
          Decision.NOT_READY, "lintel has not read the cluster yet, so this write was not judged");
    }
    try {
      return judged(request, kind.get(), now, isOverdue);
    } catch (MalformedObjectException e) {
      return Answer.unjudged(
          Decision.UNREADABLE,
          "lintel could not read the object, so it was not judged: " + e.getMessage());
    }
  }

  /** Returns how large a review may be, in bytes. */
  int maxBody() {
    return cluster.current().policy().limits().bodyKib() << 10;
  }

  private Answer judged(
      AdmissionRequest request, Kind kind, Snapshot now, BooleanSupplier isOverdue)
      throws MalformedObjectException {
    Write write = write(request, kind);
    Verdict verdict =
        judge.judge(now.topology(), write, now.policy().publishedAt(pages), isOverdue);
    return Answer.of(
        verdict,
        now,
        verdict.decision().equals("allow") ? Optional.empty() : age(),
        veil(verdict, write, now));
  }

  private static Veil veil(Verdict verdict, Write write, Snapshot now) {
    return switch (now.policy().disclose()) {
      case ALL -> Veil.NONE;
      case OWN_NAMESPACE ->
          verdict.findings().isEmpty() ? Veil.NONE : new NamespaceVeil(write, now.topology());
    };
  }

  /**
   * Judges as a request is judged, but by a state of its own, and with no effect but the answer.
   *
   * @param request a write of a kind that is known
   */
  Answer rehearse(AdmissionRequest request, Snapshot state, BooleanSupplier isOverdue)
      throws MalformedObjectException {
    Kind kind = Kind.ofGroup(request.group(), request.kind()).orElseThrow();
    Write write = write(request, kind);
    Verdict verdict =
        judge.judge(state.topology(), write, state.policy().publishedAt(pages), isOverdue);
    return Answer.of(verdict, state, Optional.empty(), veil(verdict, write, state));
  }

  private static Write write(AdmissionRequest request, Kind kind) throws MalformedObjectException {
    return new Write(
        request.readObject(kind),
        request.readOldObject(kind),
        request.user(),
        Set.copyOf(request.groups()));
  }

  /** What the API server has by now may be other than what a finding rests on. */
  private Optional<String> age() {
    Duration age = cluster.age();
    return age.compareTo(staleAfter) <= 0
        ? Optional.empty()
        : Optional.of(
            "lintel's view of the cluster is %d s old: the API server does not answer it, or a watch is broken"
                .formatted(age.toSeconds()));
  }
}
