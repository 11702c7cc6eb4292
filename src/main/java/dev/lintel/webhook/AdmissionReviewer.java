package dev.lintel.webhook;

import dev.lintel.report.Lines;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** Answers the reviews of writes. */
@Singleton
final class AdmissionReviewer implements Reviewer {

  private static final Logger LOG = Logger.getLogger(AdmissionReviewer.class);

  private final Answerer answerer;
  private final AdmissionMetrics metrics;

  AdmissionReviewer(Answerer answerer, AdmissionMetrics metrics) {
    this.answerer = answerer;
    this.metrics = metrics;
  }

  @Override
  public Reply review(byte[] body, BooleanSupplier isOverdue) {
    AdmissionRequest request;
    try {
      request = ReviewReader.read(body);
    } catch (MalformedReviewException e) {
      return Reply.Refused.malformed(e);
    }
    try {
      return reply(request, answerer.answer(request, isOverdue));
    } catch (Throwable e) {
      // An error too: one review must not take a thread, and with it everybody's, down.
      LOG.errorf(e, "request %s was not judged", Lines.brief(request.uid()));
      return unjudged(
          request,
          Decision.ERROR,
          "lintel failed, so this write was not judged; its log has the request's UID "
              + request.uid());
    }
  }

  @Override
  public Reply unjudged(AdmissionRequest head, Decision decision, String notice) {
    return reply(head, Answer.unjudged(decision, notice));
  }

  @Override
  public void answered(Reply reply, Deadline deadline) {
    switch (reply) {
      case Reply.Reviewed reviewed ->
          reviewed
              .answer()
              .ifPresent(
                  answer -> {
                    Duration elapsed = deadline.elapsed();
                    metrics.answered(reviewed.request(), answer, elapsed);
                    AdmissionLog.answered(reviewed.request(), answer, elapsed);
                  });
      case Reply.Refused refused -> {
        metrics.refused();
        LOG.warnf("refused: %s", Lines.brief(refused.message()));
      }
    }
  }

  private static Reply reply(AdmissionRequest request, Answer answer) {
    return new Reply.Reviewed(request, Optional.of(answer), ReviewWriter.write(request, answer));
  }
}
