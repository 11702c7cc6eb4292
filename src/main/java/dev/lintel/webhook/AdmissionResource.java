package dev.lintel.webhook;

import dev.lintel.cluster.LintelConfig;
import dev.lintel.report.Lines;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The webhook's endpoint. Reading and judging are work in memory and are done where the request
 * arrives; only a large body goes to another thread, so that the others need not wait.
 */
@Path("/validate")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class AdmissionResource {

  private static final int LARGE_BODY = 256 << 10;
  private static final Logger LOG = Logger.getLogger(AdmissionResource.class);

  private final Admission admission;
  private final AdmissionMetrics metrics;
  private final Duration margin;

  AdmissionResource(Admission admission, AdmissionMetrics metrics, LintelConfig config) {
    this.admission = admission;
    this.metrics = metrics;
    this.margin = config.deadlineMargin();
  }

  /**
   * Answers an admission review.
   *
   * @param timeout how long the API server waits, for example {@code 3s}; may be null
   * @param body the review
   */
  @POST
  @NonBlocking
  public Uni<Response> validate(@QueryParam("timeout") @Nullable String timeout, byte[] body) {
    Deadline deadline = Deadline.starting(timeout, margin);
    if (body.length <= LARGE_BODY) {
      return Uni.createFrom().item(respond(body, deadline));
    }
    return Uni.createFrom()
        .item(() -> respond(body, deadline))
        .runSubscriptionOn(Infrastructure.getDefaultExecutor());
  }

  private Response respond(byte[] body, Deadline deadline) {
    int limit = admission.maxBody();
    if (body.length > limit) {
      metrics.refused();
      return refusal(413, "RequestEntityTooLarge", "the review is larger than " + sizeOf(limit));
    }
    AdmissionRequest request;
    try {
      request = ReviewReader.read(body);
    } catch (MalformedReviewException e) {
      metrics.refused();
      LOG.warnf("refused: %s", Lines.brief(e.problem()));
      return refusal(400, "BadRequest", e.problem());
    }
    return Response.ok(answer(request, deadline)).build();
  }

  /** Whatever goes wrong inside Lintel, the write goes on, and its author is told. */
  private byte[] answer(AdmissionRequest request, Deadline deadline) {
    Answer answer;
    byte[] text;
    try {
      answer = admission.answer(request, deadline::isOver);
      text = ReviewWriter.write(request, answer);
    } catch (RuntimeException | StackOverflowError e) {
      LOG.errorf(e, "request %s was not judged", Lines.brief(request.uid()));
      answer =
          Answer.unjudged(
              Decision.ERROR,
              "lintel failed, so this write was not judged; its log has the request's UID "
                  + request.uid());
      text = ReviewWriter.write(request, answer);
    }
    metrics.answered(request, answer, deadline.elapsed());
    AdmissionLog.answered(request, answer);
    return text;
  }

  private static String sizeOf(int bytes) {
    return bytes % (1 << 20) == 0 ? (bytes >> 20) + " MiB" : (bytes >> 10) + " KiB";
  }

  private static Response refusal(int code, String reason, String message) {
    return Response.status(code).entity(ReviewWriter.refusal(code, reason, message)).build();
  }
}
