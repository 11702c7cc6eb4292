package dev.lintel.impact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.diff.DiffCases;
import dev.lintel.judge.Judge;
import dev.lintel.judge.Verdict;
import dev.lintel.mesh.Platform;
import dev.lintel.policy.Policy;
import dev.lintel.report.AdmissionMessages;
import dev.lintel.report.Veil;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.state.Existing;
import dev.lintel.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is said of writes that bend the paths of others, to the letter. */
class ImpactJudgeTest {

  private static final ImpactJudge JUDGE =
      new ImpactJudge(new Judge(RuleCatalogue.complete()), Clock.systemUTC());

  @TestFactory
  Stream<DynamicTest> everyPairWarnsAsItsFileSays() throws IOException {
    return DiffCases.all().stream()
        .filter(pair -> Files.exists(pair.resolve("impact.txt")))
        .map(pair -> DynamicTest.dynamicTest(pair.getFileName().toString(), () -> check(pair)));
  }

  private static void check(Path pair) throws Exception {
    assertThat(said(pair)).isEqualTo(Files.readString(pair.resolve("impact.txt")));
  }

  private static String said(Path pair) throws Exception {
    Topology before = topology(pair.resolve("before.yaml"));
    Topology after = topology(pair.resolve("after.yaml"));
    StringBuilder said = new StringBuilder();
    for (BendingWrite write : writes(before, after)) {
      Verdict verdict = JUDGE.assess(before, write, Policy.DEFAULT, () -> false);
      assertThat(verdict.isDenied()).isFalse();
      said.append(write.object().isPresent() ? "write " : "delete ")
          .append(write.ref().spoken())
          .append('\n');
      AdmissionMessages.warnings(verdict, Policy.DEFAULT.limits().warnings(), Veil.NONE)
          .forEach(line -> said.append("  ").append(line).append('\n'));
    }
    return said.toString();
  }

  private static List<BendingWrite> writes(Topology before, Topology after) {
    return Stream.concat(before.resources(), after.resources())
        .map(Resource::ref)
        .distinct()
        .filter(ref -> !before.find(ref).equals(after.find(ref)))
        .sorted(Comparator.comparing(ResourceRef::toString))
        .map(
            ref ->
                new BendingWrite(ref, before.find(ref), after.find(ref), "ann", Set.<String>of()))
        .toList();
  }

  private static Topology topology(Path file) throws Exception {
    return Existing.of(Platform.AUTO, DiffCases.objects(file)).topology();
  }
}
