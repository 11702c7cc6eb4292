package dev.lintel.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Resource;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject;
import dev.lintel.sample.Sample;
import dev.lintel.topology.Change;
import dev.lintel.topology.Recording;
import dev.lintel.topology.Topology;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A rule declares the kinds that it reads. Over all samples it reads these and no others. */
class DeclaredReadsTest {

  /**
   * What a rule looks at only now and then, when it looks at something else: at grants where a
   * route crosses namespaces, at sets of listeners where it names one, at Namespaces where a
   * listener selects them, at Segments where the cluster has joined one, at WorkloadEntries where a
   * ServiceEntry selects them, at Nodes where a selector names the place of a Pod, at the mesh
   * config where a ServiceEntry names a waypoint elsewhere, and then at istiod's version.
   */
  private static final Map<Kind, Kind> NOW_AND_THEN =
      Map.of(
          Kind.REFERENCE_GRANT, Kind.HTTP_ROUTE,
          Kind.LISTENER_SET, Kind.HTTP_ROUTE,
          Kind.X_LISTENER_SET, Kind.HTTP_ROUTE,
          Kind.NAMESPACE, Kind.HTTP_ROUTE,
          Kind.SEGMENT, Kind.NAMESPACE,
          Kind.WORKLOAD_ENTRY, Kind.ENDPOINT_SLICE,
          Kind.NODE, Kind.POD,
          Kind.CONFIG_MAP, Kind.GATEWAY,
          Kind.DEPLOYMENT, Kind.GATEWAY);

  private final RuleCatalogue catalogue = RuleCatalogue.complete();

  @TestFactory
  Stream<DynamicTest> everyRuleReadsWhatItDeclares() throws IOException {
    Map<Rule, Set<Kind>> read = read();
    return catalogue.rules().stream()
        .map(
            rule ->
                DynamicTest.dynamicTest(
                    rule.info().code(),
                    () -> {
                      Set<Kind> declared = rule.info().reads();
                      assertThat(without(read.get(rule), declared))
                          .as("read, but not declared (all: %s)", read.get(rule))
                          .isEmpty();
                      assertThat(without(without(declared, read.get(rule)), implied(read, rule)))
                          .as("declared, but never read")
                          .isEmpty();
                    }));
  }

  /** Returns what a rule looks at now and then, if a sample of any rule does. */
  private static Set<Kind> implied(Map<Rule, Set<Kind>> read, Rule rule) {
    Set<Kind> implied = EnumSet.noneOf(Kind.class);
    NOW_AND_THEN.forEach(
        (kind, cause) -> {
          boolean isReadBySome = read.values().stream().anyMatch(kinds -> kinds.contains(kind));
          if (isReadBySome && read.get(rule).contains(cause)) {
            implied.add(kind);
          }
        });
    return implied;
  }

  private static Set<Kind> without(Set<Kind> kinds, Set<Kind> others) {
    Set<Kind> rest = new TreeSet<>(kinds);
    rest.removeAll(others);
    return rest;
  }

  private Map<Rule, Set<Kind>> read() throws IOException {
    Map<Rule, Set<Kind>> read = new HashMap<>();
    catalogue.rules().forEach(rule -> read.put(rule, EnumSet.copyOf(rule.info().subjects())));
    RuleSamplesTest.samples().stream()
        .map(Sample::read)
        .forEach(
            sample -> {
              Resource written = sample.write().object();
              Topology after = sample.cluster().apply(Change.put(written));
              for (Rule rule : catalogue.rulesFor(written.kind())) {
                Recording recording = new Recording(after);
                rule.judge(recording.topology(), Subject.of(recording.topology(), written))
                    .forEach(finding -> assertThat(finding.says().text()).isNotBlank());
                read.get(rule).addAll(recording.kinds());
              }
            });
    return read;
  }
}
