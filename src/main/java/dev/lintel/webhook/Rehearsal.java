package dev.lintel.webhook;

import dev.lintel.cluster.Snapshot;
import dev.lintel.resource.MalformedObjectException;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Answers a sample as a real review is answered, by the sample's own cluster: nothing of it is
 * counted, logged or remembered.
 */
final class Rehearsal implements Reviewer {

  private final Admission admission;
  private volatile Snapshot state = Snapshot.NOTHING;

  Rehearsal(Admission admission) {
    this.admission = admission;
  }

  /** Sets the scene: until the next one, reviews are judged by the cluster of this sample. */
  void perform(WarmUpSample sample) {
    state = sample.state();
  }

  /** Answers a sample in this thread. */
  Reply review(WarmUpSample sample) {
    perform(sample);
    ReviewReader.head(sample.body());
    return review(sample.body(), () -> false);
  }

  @Override
  public Reply review(byte[] body, BooleanSupplier isOverdue) {
    try {
      AdmissionRequest request = ReviewReader.read(body);
      Answer answer = admission.rehearse(request, state, isOverdue);
      AdmissionLog.line(request, answer);
      return reply(request, answer);
    } catch (MalformedReviewException e) {
      return Reply.Refused.malformed(e);
    } catch (MalformedObjectException e) {
      return Reply.Refused.malformed(new MalformedReviewException(String.valueOf(e.getMessage())));
    }
  }

  @Override
  public Reply unjudged(AdmissionRequest head, Decision decision, String notice) {
    return reply(head, Answer.unjudged(decision, notice));
  }

  @Override
  public void answered(Reply reply, Deadline deadline) {
    // Nobody asked.
  }

  private static Reply reply(AdmissionRequest request, Answer answer) {
    return new Reply.Reviewed(request, Optional.of(answer), ReviewWriter.write(request, answer));
  }
}
