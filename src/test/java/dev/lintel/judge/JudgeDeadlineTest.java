package dev.lintel.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.mesh.Keys;
import dev.lintel.mesh.Platform;
import dev.lintel.policy.Policy;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Service;
import dev.lintel.rule.Action;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A deadline may come at any rule; what was not looked at is said, and denies nothing. */
class JudgeDeadlineTest {

  private static final Service BAD = service("PreferClosest", "one");
  private static final Service BAD_AND_EDITED = service("PreferClosest", "two");

  private final RuleCatalogue catalogue = RuleCatalogue.complete();
  private final Judge judge = new Judge(catalogue);

  @Test
  void inTimeANewFindingDeniesAndAKnownOneWarns() {
    assertThat(actions(Write.create(BAD, "alice"), Integer.MAX_VALUE)).containsExactly(Action.DENY);
    assertThat(actions(Write.update(BAD, BAD_AND_EDITED, "alice"), Integer.MAX_VALUE))
        .containsExactly(Action.WARN);
  }

  @Test
  void aFindingThatMayHaveBeenThereBeforeDoesNotDeny() {
    int rules = catalogue.rulesFor(BAD.kind()).size();
    Verdict verdict = verdict(Write.update(BAD, BAD_AND_EDITED, "alice"), rules);
    assertThat(verdict.findings()).extracting(Judged::action).containsExactly(Action.WARN);
    assertThat(verdict.unfinished()).isPresent();
  }

  @Test
  void ofANewObjectWhatWasFoundInTimeDenies() {
    int rules = catalogue.rulesFor(BAD.kind()).size();
    Verdict verdict = verdict(Write.create(BAD, "alice"), rules - 1);
    assertThat(verdict.findings()).extracting(Judged::action).containsExactly(Action.DENY);
    assertThat(verdict.unfinished()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 20})
  void whatIsLeftOutIsSaid(int rules) {
    assertThat(verdict(Write.create(BAD, "alice"), rules).unfinished()).isPresent();
  }

  private List<Action> actions(Write write, int rules) {
    return verdict(write, rules).findings().stream().map(Judged::action).toList();
  }

  /** Judges with a deadline that comes after a number of rules. */
  private Verdict verdict(Write write, int rules) {
    AtomicInteger evaluated = new AtomicInteger();
    Topology state = Topology.of(Platform.AUTO, write.old().stream().toList());
    return judge.judge(state, write, Policy.DEFAULT, () -> evaluated.getAndIncrement() >= rules);
  }

  private static Service service(String trafficDistribution, String label) {
    return new Service(
        new Metadata(
            "shop",
            "cart",
            Map.of("edited", label),
            Map.of(Keys.TRAFFIC_DISTRIBUTION, trafficDistribution),
            Metadata.NOT_YET,
            false,
            List.of()),
        "ClusterIP",
        List.of("10.0.0.1"),
        Map.of("app", "cart"),
        List.of(new Service.ServicePort("http", 8080, "8080", "TCP", "")),
        Optional.empty(),
        Optional.empty(),
        false);
  }
}
