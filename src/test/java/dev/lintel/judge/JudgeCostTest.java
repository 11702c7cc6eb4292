package dev.lintel.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.sun.management.ThreadMXBean;
import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.mesh.Platform;
import dev.lintel.policy.Policy;
import dev.lintel.resource.Kind;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.Resource;
import dev.lintel.resource.Resources;
import dev.lintel.rule.Action;
import dev.lintel.topology.Change;
import dev.lintel.topology.Topology;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What one namespace may pile up around a host costs nobody more than a bounded amount: twice as
 * much of it allocates twice as much at most, and what is left out is said.
 */
class JudgeCostTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final String HOST = "cart.shop.svc.cluster.local";
  private static final int SOME = 400;

  private final Judge judge = new Judge(RuleCatalogue.complete());

  /** What is piled up. */
  enum Pile {
    RULES(i -> rule("r-" + i, HOST, "")),
    RULES_EXPORTED_APART(i -> rule("r-" + i, HOST, ",\"exportTo\":[\"ns-" + i + "\"]")),
    RULES_WITH_SELECTORS(
        i ->
            rule(
                "r-" + i,
                HOST,
                ",\"workloadSelector\":{\"matchLabels\":{\"app\":\"a-" + i + "\"}}")),
    WILDCARDS(i -> rule("r-" + i, "*.shop.svc.cluster.local", "")),
    ROUTES(i -> route("route-" + i, "{\"name\":\"front\"}", "cart")),
    MESH_ROUTES(
        i ->
            route("route-" + i, "{\"group\":\"\",\"kind\":\"Service\",\"name\":\"cart\"}", "cart")),
    DELEGATIONS(
        i ->
            object(
                Kind.HTTP_ROUTE,
                "route-" + i,
                """
                "rules":[{"backendRefs":[{"name":"cart","port":8080},
                 {"group":"gateway.networking.k8s.io","kind":"HTTPRoute","name":"route-%d"}]}]
                """
                    .formatted(i + 1))),
    VIRTUAL_SERVICES(
        i ->
            object(
                Kind.VIRTUAL_SERVICE,
                "vs-" + i,
                "\"hosts\":[\"%s\"],\"http\":[{\"route\":[{\"destination\":{\"host\":\"%s\"}}]}]"
                    .formatted(HOST, HOST))),
    ENTRIES(i -> entry("e-" + i, 1)),
    GATEWAYS(
        i ->
            object(
                Kind.GATEWAY,
                "gw-" + i,
                "\"gatewayClassName\":\"class-" + i + "\",\"listeners\":[{\"name\":\"a\"}]"));

    private final IntFunction<Resource> object;

    Pile(IntFunction<Resource> object) {
      this.object = object;
    }

    Topology of(int count) {
      Topology topology = Topology.of(Platform.AUTO, List.of(service(), gateway()));
      for (int i = 0; i < count; i++) {
        topology = topology.apply(Change.put(object.apply(i)));
      }
      return topology;
    }
  }

  @ParameterizedTest
  @EnumSource
  void twiceThePileCostsARuleTwiceAtMost(Pile pile) {
    assertLinear(pile, rule("written", HOST, ""));
  }

  @ParameterizedTest
  @EnumSource
  void twiceThePileCostsAServiceTwiceAtMost(Pile pile) {
    assertLinear(pile, service());
  }

  @ParameterizedTest
  @EnumSource
  void twiceThePileCostsAnEntryTwiceAtMost(Pile pile) {
    assertLinear(pile, entry("written", 1));
  }

  @Test
  void anEntryOfManyHostsCostsLittle() {
    Topology state = Pile.ENTRIES.of(0);
    assertThat(allocated(state, entry("written", 1_000)))
        .isLessThan(allocated(state, entry("written", 500)) * 5 / 2);
    assertThat(judge(state, entry("written", 1_000)).unfinished())
        .hasValueSatisfying(said -> assertThat(said).contains("1,000 hosts; the first 256"));
  }

  @Test
  void theOldestRulesOfAHostAreLookedAtAndTheRestIsSaid() {
    Verdict verdict = judge(Pile.RULES.of(1_000), rule("written", HOST, ""));
    assertThat(verdict.unfinished())
        .hasValueSatisfying(
            said ->
                assertThat(said)
                    .contains("1,001 DestinationRules have the host " + HOST)
                    .contains("the oldest 129 were looked at"));
  }

  @Test
  void belowTheLimitsEverythingIsLookedAt() {
    assertThat(judge(Pile.RULES.of(40), rule("written", HOST, "")).unfinished()).isEmpty();
  }

  @Test
  void findingsDoNotDependOnTheOrderInWhichManyRulesCame() {
    List<Resource> objects =
        new ArrayList<>(IntStream.range(0, 300).mapToObj(i -> rule("r-" + i, HOST, "")).toList());
    objects.add(service());
    Resource written = rule("written", HOST, "");
    Verdict one = judge(Topology.of(Platform.AUTO, objects), written);
    Collections.reverse(objects);
    assertThat(judge(Topology.of(Platform.AUTO, objects), written)).isEqualTo(one);
  }

  @Test
  void paddingElsewhereSparesNobody() throws Exception {
    Topology state = Topology.empty(Platform.AUTO);
    Resource padded = withPorts("nonsense", 2_000);
    Verdict created = judge(state, padded);
    assertThat(created.findings()).extracting(Judged::action).containsExactly(Action.DENY);
    assertThat(created.unfinished())
        .contains("spec.ports has 2,000 entries; the first 1,024 are read");
    Verdict updated =
        new Judge(RuleCatalogue.complete())
            .judge(state, Write.update(withPorts("Any", 1), padded, "eve"), Policy.DEFAULT);
    assertThat(updated.findings()).extracting(Judged::action).containsExactly(Action.DENY);
  }

  private static Resource withPorts(String trafficDistribution, int ports) throws Exception {
    String many =
        IntStream.range(0, ports)
            .mapToObj(i -> "{\"name\":\"p-%d\",\"port\":%d}".formatted(i, i + 1))
            .collect(Collectors.joining(","));
    String json =
        """
        {"metadata": {"namespace": "shop", "name": "cart",
          "annotations": {"networking.istio.io/traffic-distribution": "%s"}},
         "spec": {"clusterIP": "10.96.0.9", "ports": [%s]}}
        """
            .formatted(trafficDistribution, many);
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      return Resources.read(Kind.SERVICE, parser);
    }
  }

  @Test
  void whatWasNotReadAsAWholeDeniesNothing() throws Exception {
    assertThat(actions("nonsense")).containsExactly(Action.DENY);
    assertThat(actions("nonsense".repeat(1_000))).containsOnly(Action.WARN);
  }

  private static List<Action> actions(String trafficDistribution) throws Exception {
    String json =
        """
        {"metadata": {"namespace": "shop", "name": "cart",
          "annotations": {"networking.istio.io/traffic-distribution": "%s"}}}
        """
            .formatted(trafficDistribution);
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      Resource written = Resources.read(Kind.SERVICE, parser);
      return new Judge(RuleCatalogue.complete())
              .judge(
                  Topology.of(Platform.AUTO, List.of()),
                  Write.create(written, "eve"),
                  Policy.DEFAULT)
              .findings()
              .stream()
              .map(Judged::action)
              .toList();
    }
  }

  private void assertLinear(Pile pile, Resource written) {
    long once = allocated(pile.of(SOME), written);
    long twice = allocated(pile.of(2 * SOME), written);
    assertThat(twice).isLessThan(once * 5 / 2);
  }

  /** The second of two: the first one loads classes. */
  private long allocated(Topology state, Resource written) {
    judge(state, written);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    judge(state, written);
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  private Verdict judge(Topology state, Resource written) {
    return judge.judge(state, Write.create(written, "eve"), Policy.DEFAULT);
  }

  private static Resource rule(String name, String host, String more) {
    return object(
        Kind.DESTINATION_RULE,
        name,
        "\"host\":\"%s\",\"trafficPolicy\":{\"outlierDetection\":{}}%s".formatted(host, more));
  }

  private static Resource service() {
    return object(
        Kind.SERVICE,
        "cart",
        "\"clusterIP\":\"10.0.0.1\",\"ports\":[{\"name\":\"http\",\"port\":8080}]");
  }

  private static Resource gateway() {
    return object(
        Kind.GATEWAY,
        "front",
        """
        "gatewayClassName":"kgateway","listeners":[{"name":"http","port":80,"protocol":"HTTP"}]
        """);
  }

  private static Resource route(String name, String parent, String backend) {
    return object(
        Kind.HTTP_ROUTE,
        name,
        "\"parentRefs\":[%s],\"rules\":[{\"backendRefs\":[{\"name\":\"%s\",\"port\":8080}]}]"
            .formatted(parent, backend));
  }

  private static Resource entry(String name, int hosts) {
    return object(
        Kind.SERVICE_ENTRY,
        name,
        """
        "hosts":%s,"resolution":"STATIC","ports":[{"number":80,"name":"http","protocol":"HTTP"}]
        """
            .formatted(
                Stream.concat(
                        Stream.of(HOST),
                        IntStream.range(1, hosts).mapToObj(i -> "h-" + i + ".example.com"))
                    .collect(Collectors.joining("\",\"", "[\"", "\"]"))));
  }

  private static Resource object(Kind kind, String name, String spec) {
    String json =
        "{\"metadata\":{\"namespace\":\"shop\",\"name\":\"%s\",\"creationTimestamp\":\"%s\"},\"spec\":{%s}}"
            .formatted(name, Instant.EPOCH, spec);
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      return Resources.read(kind, parser);
    } catch (IOException | MalformedObjectException e) {
      throw new IllegalStateException(json, e);
    }
  }
}
