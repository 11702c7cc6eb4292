package dev.lintel.webhook;

import dev.lintel.cluster.EmbeddedCluster;
import dev.lintel.resource.Kind;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.topology.Change;
import java.util.function.BooleanSupplier;

/**
 * Answers where a folder stands for the cluster. No watch tells there whether a write came about,
 * so one that may go on is taken as done.
 */
final class EmbeddedAdmission implements Answerer {

  private final Answerer answerer;
  private final EmbeddedCluster cluster;

  EmbeddedAdmission(Answerer answerer, EmbeddedCluster cluster) {
    this.answerer = answerer;
    this.cluster = cluster;
  }

  @Override
  public Answer answer(AdmissionRequest request, BooleanSupplier isOverdue) {
    Answer answer = answerer.answer(request, isOverdue);
    if (answer.isAllowed() && !request.dryRun() && request.subresource().isEmpty()) {
      Kind.ofGroup(request.group(), request.kind()).ifPresent(kind -> take(request, kind));
    }
    return answer;
  }

  private void take(AdmissionRequest request, Kind kind) {
    switch (request.operation()) {
      case CREATE, UPDATE -> put(request, kind);
      case DELETE -> cluster.written(Change.remove(request.ref(kind)));
      case CONNECT -> {}
    }
  }

  private void put(AdmissionRequest request, Kind kind) {
    try {
      cluster.written(Change.put(request.readObject(kind)));
    } catch (MalformedObjectException e) {
      // The answer has said so; what cannot be read is in no topology.
    }
  }
}
