package dev.lintel.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is longer than anything real is passed over, and the object says so. */
class ReadingLimitsTest {

  @Test
  void ofAListThatIsTooLongTheFirstEntriesAreRead() throws Exception {
    DestinationRule rule = rule("\"exportTo\":" + texts(5_000, "ns-"));
    assertThat(rule.exportTo()).hasSize(1_024).startsWith("ns-0", "ns-1");
    assertThat(rule.metadata().cuts())
        .extracting(Cut::said)
        .containsExactly("spec.exportTo has 5,000 entries; the first 1,024 are read");
  }

  @Test
  void anObjectWithinTheLimitsHasNoCuts() throws Exception {
    DestinationRule rule = rule("\"exportTo\":" + texts(1_024, "ns-"));
    assertThat(rule.exportTo()).hasSize(1_024);
    assertThat(rule.metadata().cuts()).isEmpty();
  }

  @Test
  void aHostThatIsTooLongEqualsNone() throws Exception {
    String host = "a.".repeat(5_000) + "b";
    DestinationRule rule = rule("\"host\":\"%s\"".formatted(host));
    assertThat(rule.host()).hasSize(254).startsWith("a.a.");
    assertThat(rule.metadata().cuts())
        .extracting(Cut::said)
        .containsExactly("spec.host has 10,001 characters; the first 253 are read");
  }

  @Test
  void aHundredThousandLabelsCostNothingButThoseThatRulesRead() throws Exception {
    String labels =
        IntStream.range(0, 100_000)
            .mapToObj(i -> "\"team.example/l-%d\":\"v\"".formatted(i))
            .collect(Collectors.joining(",", "{", ",\"istio.io/use-waypoint\":\"w\"}"));
    Service service =
        (Service) read(Kind.SERVICE, "{\"metadata\":{\"labels\":%s}}".formatted(labels));
    assertThat(service.metadata().labels()).containsOnlyKeys("istio.io/use-waypoint");
    assertThat(service.metadata().cuts()).isEmpty();
  }

  @Test
  void labelsThatRulesReadHaveALimitAsWell() throws Exception {
    String labels =
        IntStream.range(0, 2_000)
            .mapToObj(i -> "\"istio.io/l-%d\":\"v\"".formatted(i))
            .collect(Collectors.joining(",", "{", "}"));
    Resource service = read(Kind.SERVICE, "{\"metadata\":{\"labels\":%s}}".formatted(labels));
    assertThat(service.metadata().labels()).hasSize(256);
    assertThat(service.metadata().cuts())
        .extracting(Cut::said)
        .containsExactly("metadata.labels has 2,000 entries that matter; the first 256 are read");
  }

  @Test
  void aKeyThatIsTooLongIsCutAndSaysWhere() throws Exception {
    DestinationRule rule =
        rule("\"subsets\":[{\"labels\":{\"%s\":\"v\"}}]".formatted("k".repeat(40_000)));
    assertThat(rule.subsets().getFirst().labels().keySet()).allMatch(key -> key.length() == 318);
    assertThat(rule.metadata().cuts()).singleElement().asString().contains("40,000 characters");
  }

  @Test
  void settingsOfAPortHaveNoSettingsByPort() throws Exception {
    int depth = 300;
    String nested = "{\"portLevelSettings\":[".repeat(depth) + "{}" + "]}".repeat(depth);
    DestinationRule rule = rule("\"trafficPolicy\":" + nested);
    TrafficPolicy policy = rule.trafficPolicy().orElseThrow();
    assertThat(policy.ports()).hasSize(1);
    assertThat(policy.ports().getFirst().policy().ports()).isEmpty();
  }

  @Test
  void theBackendsOfAllRulesOfARouteCountTogether() throws Exception {
    String rule =
        IntStream.range(0, 100)
            .mapToObj(i -> "{\"name\":\"b-%d\"}".formatted(i))
            .collect(Collectors.joining(",", "{\"backendRefs\":[", "]}"));
    String rules =
        IntStream.range(0, 20).mapToObj(i -> rule).collect(Collectors.joining(",", "[", "]"));
    Route route = (Route) read(Kind.HTTP_ROUTE, "{\"spec\":{\"rules\":%s}}".formatted(rules));
    assertThat(route.backends()).hasSize(1_024);
    assertThat(route.metadata().cuts())
        .extracting(Cut::said)
        .contains("spec.rules[10].backendRefs has 100 entries; the first 24 are read")
        .hasSize(8);
  }

  private static DestinationRule rule(String field) throws IOException, MalformedObjectException {
    return (DestinationRule) read(Kind.DESTINATION_RULE, "{\"spec\":{%s}}".formatted(field));
  }

  private static String texts(int count, String prefix) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"" + prefix + i + "\"")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static Resource read(Kind kind, String json)
      throws IOException, MalformedObjectException {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      return Resources.read(kind, parser);
    }
  }
}
