package dev.lintel.webhook;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.cluster.Clusters;
import dev.lintel.cluster.LintelConfig;
import dev.lintel.judge.Judge;
import dev.lintel.policy.Policy;
import dev.lintel.topology.Topology;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Optional;

/** The webhook from body to answer, without its server, for tests of other packages. */
public final class Entrance {

  private static final LintelConfig CONFIG =
      new SmallRyeConfigBuilder()
          .withMapping(LintelConfig.class)
          .build()
          .getConfigMapping(LintelConfig.class);

  private final Admission admission;

  /** Opens an entrance to a cluster that stays as it is. */
  public Entrance(Topology cluster) {
    this.admission =
        new Admission(
            Clusters.of(Policy.DEFAULT, cluster.resources().toList()),
            new Judge(RuleCatalogue.complete()),
            CONFIG);
  }

  /**
   * What came of a body.
   *
   * @param uid of the request; empty if the body is refused
   * @param text the answer, or the refusal
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Answered(Optional<String> uid, byte[] text) {}

  /** Answers a review whose write is never stored: a dry run is made of it. */
  public Answered answer(byte[] body) {
    AdmissionRequest request;
    try {
      request = ReviewReader.read(body);
    } catch (MalformedReviewException e) {
      return new Answered(Optional.empty(), ReviewWriter.refusal(400, "BadRequest", e.problem()));
    }
    if (!request.dryRun()) {
      request = dry(request);
    }
    return new Answered(
        Optional.of(request.uid()),
        ReviewWriter.write(request, admission.answer(request, () -> false)));
  }

  private static AdmissionRequest dry(AdmissionRequest request) {
    return new AdmissionRequest(
        request.uid(),
        request.operation(),
        request.group(),
        request.kind(),
        request.subresource(),
        request.namespace(),
        request.name(),
        request.user(),
        request.groups(),
        true,
        request.object(),
        request.oldObject());
  }
}
