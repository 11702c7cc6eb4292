package dev.lintel.webhook;

import dev.lintel.cluster.LintelConfig;
import dev.lintel.report.Lines;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Answers the reviews of Lintel's own policy. A bad one is refused when it is written; a failure of
 * ours lets it through, for it is read strictly once more before it counts.
 */
@Singleton
final class PolicyReviewer implements Reviewer {

  private static final Logger LOG = Logger.getLogger(PolicyReviewer.class);

  private final PolicyReview policies;
  private final String field;

  PolicyReviewer(PolicyReview policies, LintelConfig config) {
    this.policies = policies;
    this.field = "data[" + config.policy().key() + "]";
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
      return reply(request, policies.review(request, isOverdue));
    } catch (Throwable e) {
      LOG.errorf(e, "policy request %s was not judged", Lines.brief(request.uid()));
      return unjudged(
          request,
          Decision.ERROR,
          "lintel could not judge this policy; its log says why, with " + request.uid());
    }
  }

  @Override
  public Reply unjudged(AdmissionRequest head, Decision decision, String notice) {
    return reply(head, new PolicyReview.Outcome(List.of(), List.of(notice)));
  }

  @Override
  public void answered(Reply reply, Deadline deadline) {
    switch (reply) {
      case Reply.Reviewed reviewed -> {}
      case Reply.Refused refused -> LOG.warnf("refused: %s", Lines.brief(refused.message()));
    }
  }

  private Reply reply(AdmissionRequest request, PolicyReview.Outcome outcome) {
    return new Reply.Reviewed(
        request, Optional.empty(), ReviewWriter.write(request, field, outcome));
  }
}
