package dev.lintel.webhook;

import dev.lintel.cluster.ClusterState;
import dev.lintel.cluster.EmbeddedCluster;
import dev.lintel.cluster.LintelConfig;
import dev.lintel.cluster.Snapshot;
import dev.lintel.impact.BendingWrite;
import dev.lintel.impact.ImpactJudge;
import dev.lintel.judge.Judge;
import dev.lintel.judge.Verdict;
import dev.lintel.judge.Write;
import dev.lintel.report.NamespaceVeil;
import dev.lintel.report.Veil;
import dev.lintel.resource.Kind;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.Resource;
import dev.lintel.rule.Impact;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Answers what a write or a deletion does to the paths of others. It allows whatever it is asked.
 */
@Singleton
@Typed(ImpactAnswerer.class)
final class ImpactAnswerer implements Answerer {

  private final ClusterState cluster;
  private final ImpactJudge judge;
  private final String pages;
  private final Answerer answerer;

  ImpactAnswerer(ClusterState cluster, EmbeddedCluster embedded, Judge judge, LintelConfig config) {
    this.cluster = cluster;
    this.judge = new ImpactJudge(judge, Clock.systemUTC());
    this.pages = config.pages();
    this.answerer =
        config.topology().isPresent()
            ? new EmbeddedAdmission(this::assessed, embedded)
            : this::assessed;
  }

  @Override
  public Answer answer(AdmissionRequest request, BooleanSupplier isOverdue) {
    return answerer.answer(request, isOverdue);
  }

  private Answer assessed(AdmissionRequest request, BooleanSupplier isOverdue) {
    Optional<Kind> kind = Kind.ofGroup(request.group(), request.kind());
    if (kind.isEmpty() || !Impact.INFO.subjects().contains(kind.get())) {
      return Answer.silent(Decision.UNKNOWN_KIND);
    }
    if (!request.subresource().isEmpty() || request.operation() == Operation.CONNECT) {
      return Answer.silent(Decision.PASS);
    }
    Snapshot now = cluster.current();
    if (!now.isComplete()) {
      return Answer.silent(Decision.NOT_READY);
    }
    try {
      return assessed(request, kind.get(), now, isOverdue);
    } catch (MalformedObjectException e) {
      return Answer.unjudged(
          Decision.UNREADABLE,
          "lintel could not read the object, so what depends on it was not looked at: "
              + e.getMessage());
    }
  }

  private Answer assessed(
      AdmissionRequest request, Kind kind, Snapshot now, BooleanSupplier isOverdue)
      throws MalformedObjectException {
    BendingWrite write = write(request, kind);
    Verdict verdict =
        judge.assess(now.topology(), write, now.policy().publishedAt(pages), isOverdue);
    return Answer.of(verdict, now, Optional.empty(), veil(verdict, write, now));
  }

  private static BendingWrite write(AdmissionRequest request, Kind kind)
      throws MalformedObjectException {
    Optional<Resource> object =
        request.operation().isWrite() ? Optional.of(request.readObject(kind)) : Optional.empty();
    return new BendingWrite(
        request.ref(kind),
        request.readOldObject(kind),
        object,
        request.user(),
        Set.copyOf(request.groups()));
  }

  private static Veil veil(Verdict verdict, BendingWrite write, Snapshot now) {
    return switch (now.policy().disclose()) {
      case ALL -> Veil.NONE;
      case OWN_NAMESPACE ->
          verdict.findings().isEmpty()
              ? Veil.NONE
              : write
                  .known()
                  .<Veil>map(
                      object ->
                          new NamespaceVeil(
                              new Write(object, write.old(), write.user(), write.groups()),
                              now.topology()))
                  .orElse(Veil.NONE);
    };
  }
}
