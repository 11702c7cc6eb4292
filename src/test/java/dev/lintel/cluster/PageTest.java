package dev.lintel.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.resource.Kind;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.Resources;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {

  private final List<String> read = new ArrayList<>();
  private final List<String> bad = new ArrayList<>();
  private final List<String> nameless = new ArrayList<>();

  @Test
  void theObjectsOfAPageAreReadOneByOne() throws Exception {
    Page page =
        page(
            """
        "metadata": {"resourceVersion": "7", "continue": "more"},
        "items": [%s, %s]
        """
                .formatted(rule("a", "\"host\": \"a\""), rule("b", "\"host\": \"b\"")));
    assertThat(page).isEqualTo(new Page("7", "more"));
    assertThat(read).containsExactly("shop/a", "shop/b");
  }

  @Test
  void theVersionMayComeAfterTheObjects() throws Exception {
    Page page =
        page(
            """
        "items": [%s], "kind": "DestinationRuleList", "metadata": {"resourceVersion": "7"}
        """
                .formatted(rule("a", "")));
    assertThat(page).isEqualTo(new Page("7", ""));
    assertThat(read).containsExactly("shop/a");
  }

  @Test
  void thereMayBeNoObjects() throws Exception {
    page("\"metadata\": {\"resourceVersion\": \"7\"}, \"items\": []");
    page("\"metadata\": {\"resourceVersion\": \"7\"}, \"items\": null");
    page("\"metadata\": {\"resourceVersion\": \"7\"}");
    assertThat(read).isEmpty();
  }

  @Test
  void anObjectThatCannotBeReadInTheMiddleHidesNoOther() throws Exception {
    items(rule("a", ""), rule("bad", "\"host\": {\"a\": [1]}"), rule("c", ""));
    assertThat(read).containsExactly("shop/a", "shop/c");
    assertThat(bad).containsExactly("shop/bad: spec.host: expected text, found an object");
  }

  @Test
  void anObjectIsNamedThoughItsMetadataComesAfterWhatIsBad() throws Exception {
    items("{\"spec\": {\"host\": 5}, \"metadata\": {\"namespace\": \"shop\", \"name\": \"late\"}}");
    assertThat(bad).containsExactly("shop/late: spec.host: expected text, found the number 5");
  }

  @Test
  void aDeeplyNestedPartThatNobodyReadsIsNoReasonNotToReadTheObject() throws Exception {
    String deep = "{\"a\":".repeat(9000) + "1" + "}".repeat(9000);
    String metadata = "{\"namespace\": \"shop\", \"name\": \"NAME\"}";
    items(
        "{\"metadata\": %s, \"spec\": {\"host\": \"a\"}, \"status\": %s}"
            .formatted(metadata.replace("NAME", "a"), deep),
        "{\"metadata\": %s, \"spec\": {\"host\": \"a\", \"unknown\": %s}}"
            .formatted(metadata.replace("NAME", "b"), deep),
        "{\"status\": %s, \"metadata\": %s}".formatted(deep, metadata.replace("NAME", "c")));
    assertThat(read).containsExactly("shop/a", "shop/b", "shop/c");
  }

  @Test
  void keysAndTextsMayBeAsLongAsTheyLike() throws Exception {
    String key = "k".repeat(60_000);
    items(
        rule("a", "\"host\": \"a\", \"unknown\": {\"%s\": \"%s\"}".formatted(key, key)),
        rule("b", "\"host\": \"b\""));
    assertThat(read).containsExactly("shop/a", "shop/b");
  }

  @Test
  void anObjectLargerThanTheApiServerStoresIsNamedAndNotRead() throws Exception {
    String large = "x".repeat(JsonFrames.MAX_VALUE);
    items(rule("large", "\"unknown\": \"%s\"".formatted(large)), rule("b", ""));
    assertThat(bad).containsExactly("shop/large: the object is larger than 4 MiB");
    assertThat(read).containsExactly("shop/b");
  }

  @Test
  void anObjectWithoutMetadataIsToldOf() throws Exception {
    items("{\"spec\": {}}", "5", "null", "{\"metadata\": {\"name\": 5}}", rule("b", ""));
    assertThat(nameless)
        .containsExactly(
            "there is no metadata",
            "the object: expected an object, found the number 5",
            "there is no metadata",
            "metadata.name: expected text, found the number 5");
    assertThat(read).containsExactly("shop/b");
  }

  @Test
  void aPageThatEndsInTheMiddleIsAnError() {
    String whole =
        "{\"metadata\": {\"resourceVersion\": \"7\"}, \"items\": [" + rule("a", "") + "]}";
    for (int length = 0; length < whole.length(); length++) {
      String part = whole.substring(0, length);
      assertThatThrownBy(() -> readPage(part)).as(part).isInstanceOf(IOException.class);
    }
  }

  @Test
  void whatIsNoListIsAnError() {
    assertThatThrownBy(() -> readPage("{\"kind\": \"Status\", \"metadata\": {}}"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no list");
  }

  private void items(String... items) throws IOException {
    page(
        "\"metadata\": {\"resourceVersion\": \"7\"}, \"items\": [" + String.join(",", items) + "]");
  }

  private Page page(String members) throws IOException {
    return readPage("{" + members + "}");
  }

  private Page readPage(String json) throws IOException {
    return Page.read(new JsonFramesTest.Drip(json), this::read, nameless::add);
  }

  private void read(WatchedObject object) {
    try {
      read.add(Resources.read(Kind.DESTINATION_RULE, object.parser()).key().toString());
    } catch (MalformedObjectException | IOException e) {
      bad.add(object.id().key() + ": " + e.getMessage());
    }
  }

  private static String rule(String name, String spec) {
    return "{\"metadata\": {\"namespace\": \"shop\", \"name\": \"%s\"}, \"spec\": {%s}}"
        .formatted(name, spec);
  }
}
