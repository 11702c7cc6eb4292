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
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Resource;
import dev.lintel.topology.Change;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Decides what is answered: what passes at once, and what is put before the judge. */
@Singleton
class Admission {

  private final ClusterState cluster;
  private final Judge judge;
  private final Duration staleAfter;

  Admission(ClusterState cluster, Judge judge, LintelConfig config) {
    this.cluster = cluster;
    this.judge = judge;
    this.staleAfter = config.staleAfter();
  }

  /**
   * Answers a request.
   *
   * @param isOverdue asked while judging; once true, judging stops
   */
  Answer answer(AdmissionRequest request, BooleanSupplier isOverdue) {
    Optional<Kind> kind = Kind.ofGroup(request.group(), request.kind());
    if (kind.isEmpty()) {
      return Answer.silent(Decision.UNKNOWN_KIND);
    }
    if (!request.subresource().isEmpty() || !request.operation().isWrite()) {
      return passed(request, kind.get());
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

  private Answer passed(AdmissionRequest request, Kind kind) {
    boolean isDelete = request.operation() == Operation.DELETE && request.subresource().isEmpty();
    if (isDelete && !request.dryRun()) {
      cluster.allowed(Change.remove(request.ref(kind)));
    }
    return Answer.silent(Decision.PASS);
  }

  private Answer judged(
      AdmissionRequest request, Kind kind, Snapshot now, BooleanSupplier isOverdue)
      throws MalformedObjectException {
    Write write = write(request, kind);
    Verdict verdict = judge.judge(now.topology(), write, now.policy(), isOverdue);
    if (!verdict.isDenied() && !request.dryRun()) {
      cluster.allowed(Change.put(stored(write)));
    }
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
    Verdict verdict = judge.judge(state.topology(), write, state.policy(), isOverdue);
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

  /** As an API server would store it: with a time of creation, which an update keeps. */
  private static Resource stored(Write write) {
    Metadata metadata = write.object().metadata();
    if (!metadata.created().equals(Metadata.NOT_YET)) {
      return write.object();
    }
    Instant created = write.old().map(old -> old.metadata().created()).orElseGet(Instant::now);
    return write.object().withMetadata(metadata.createdAt(created));
  }
}
