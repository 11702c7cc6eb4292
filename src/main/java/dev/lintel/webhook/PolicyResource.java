package dev.lintel.webhook;

import dev.lintel.cluster.LintelConfig;
import dev.lintel.report.Lines;
import dev.lintel.resource.MalformedObjectException;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint that is asked about Lintel's own policy. A bad one is refused when it is written; a
 * failure of ours lets it through, for it is read strictly once more before it counts.
 */
@Path("/validate-policy")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class PolicyResource {

  private static final Logger LOG = Logger.getLogger(PolicyResource.class);

  private final PolicyReview policies;
  private final Duration margin;
  private final String field;

  PolicyResource(PolicyReview policies, LintelConfig config) {
    this.policies = policies;
    this.margin = config.deadlineMargin();
    this.field = "data[" + config.policy().key() + "]";
  }

  /**
   * Answers an admission review of a ConfigMap.
   *
   * @param timeout how long the API server waits, for example {@code 3s}; may be null
   * @param body the review
   */
  @POST
  @Blocking
  public Response validate(@QueryParam("timeout") @Nullable String timeout, byte[] body) {
    Deadline deadline = Deadline.starting(timeout, margin);
    AdmissionRequest request;
    try {
      request = ReviewReader.read(body);
    } catch (MalformedReviewException e) {
      LOG.warnf("refused: %s", Lines.brief(e.problem()));
      return Response.status(400)
          .entity(ReviewWriter.refusal(400, "BadRequest", e.problem()))
          .build();
    }
    return Response.ok(answer(request, deadline)).build();
  }

  private byte[] answer(AdmissionRequest request, Deadline deadline) {
    try {
      PolicyReview.Outcome outcome = policies.review(request, deadline::isOver);
      return ReviewWriter.write(request, field, outcome);
    } catch (MalformedObjectException | RuntimeException e) {
      LOG.errorf(e, "policy request %s was not judged", Lines.brief(request.uid()));
      return ReviewWriter.write(
          request,
          field,
          new PolicyReview.Outcome(
              List.of(),
              List.of(
                  "lintel could not judge this policy; its log says why, with " + request.uid())));
    }
  }
}
