package dev.lintel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.cluster.ClusterState;
import dev.lintel.cluster.Clusters;
import dev.lintel.judge.Judge;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Service;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Nobody else tells what came of a write where a folder stands for the cluster. */
class EmbeddedAdmissionTest {

  private static final String OTHER = Reviews.SERVICE.replace("cart", "another");

  private final ClusterState cluster = Clusters.of();
  private final EmbeddedAdmission admission =
      new EmbeddedAdmission(
          new Admission(cluster, new Judge(RuleCatalogue.complete()), AdmissionReviewerTest.CONFIG),
          Clusters.embedded(cluster));

  @Test
  void anAllowedWriteIsSeenByLaterOnes() throws Exception {
    answer(Reviews.create(Reviews.SERVICE));
    assertThat(service("cart")).isPresent();
    answer(Reviews.service("DELETE", "'oldObject':" + Reviews.SERVICE));
    assertThat(service("cart")).isEmpty();
  }

  @Test
  void aRefusedWriteAndADryRunLeaveNoTrace() throws Exception {
    answer(Reviews.create(Reviews.BAD_SERVICE));
    answer(Reviews.service("CREATE", "'dryRun':true,'object':" + Reviews.SERVICE));
    assertThat(service("cart")).isEmpty();
  }

  @Test
  void aWriteOfASubresourceLeavesNoTrace() throws Exception {
    answer(Reviews.create(Reviews.SERVICE));
    answer(Reviews.service("DELETE", "'subResource':'status','oldObject':" + Reviews.SERVICE));
    assertThat(service("cart")).isPresent();
  }

  @Test
  void whatCannotBeReadLeavesNoTrace() throws Exception {
    Answer answer = answer(Reviews.create(Reviews.UNREADABLE_SERVICE));
    assertThat(answer.decision()).isEqualTo(Decision.UNREADABLE);
    assertThat(service("cart")).isEmpty();
  }

  @Test
  void whatIsWrittenLaterIsYoungerAndAnUpdateKeepsItsAge() throws Exception {
    answer(Reviews.create(Reviews.SERVICE));
    answer(Reviews.create(OTHER));
    assertThat(created("another")).isAfter(created("cart")).isBefore(Metadata.NOT_YET);
    Instant before = created("cart");
    answer(Reviews.update(Reviews.SERVICE, Reviews.SERVICE.replace("80", "81")));
    assertThat(created("cart")).isEqualTo(before);
  }

  private Instant created(String name) {
    return service(name).orElseThrow().metadata().created();
  }

  private Optional<Service> service(String name) {
    return cluster.current().topology().service("shop", name);
  }

  private Answer answer(byte[] review) throws Exception {
    return admission.answer(ReviewReader.read(review), () -> false);
  }
}
