package dev.lintel.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where fields stand in a text, and what an edit does to it. */
class ManifestTextTest {

  private static final String LABEL = "/metadata/labels/istio.io~1use-waypoint";

  private static final String SERVICE =
      """
      # a shop
      apiVersion: v1
      kind: Service
      metadata:
        name: cart
        labels:
          app: cart   # the app
          istio.io/use-waypoint: Way_Point   # why
      spec:
        ports:
          - name: http
            port: 80
          - {name: tls, port: 443}
      """;

  @ParameterizedTest
  @CsvSource({
    "metadata.name, 5, 3, 13",
    "metadata.labels, 6, 3, 9",
    "metadata.labels[istio.io/use-waypoint], 8, 5, 37",
    "metadata.labels[istio.io/rev], 6, 3, 9",
    "metadata.annotations[a/b], 4, 1, 9",
    "spec.ports[0], 11, 7, 7",
    "spec.ports[0].port, 12, 7, 15",
    "spec.ports[1].port, 13, 19, 28",
    "spec.ports[2].port, 10, 3, 8",
    "spec.trafficDistribution, 9, 1, 5",
    "status, 2, 1, 1",
  })
  void aFieldStandsAtItsKeyOrAtTheNearestFieldAroundIt(
      String field, int line, int column, int endColumn) throws Exception {
    assertThat(only(SERVICE).place(field)).isEqualTo(new Region(line, column, line, endColumn));
  }

  @Test
  void anObjectOfAListHasItsOwnPlaces() throws Exception {
    ManifestText list =
        ManifestText.read(
            "list.json",
            "{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [\n"
                + " {\"apiVersion\": \"v1\", \"kind\": \"Service\", \"metadata\": {\"name\":"
                + " \"a\"}},\n"
                + " {\"apiVersion\": \"v1\", \"kind\": \"Service\",\n"
                + "  \"metadata\": {\"name\": \"b\"}}]}\n");
    assertThat(list.manifests()).hasSize(2);
    assertThat(list.manifests().getLast().place("metadata.name"))
        .isEqualTo(new Region(4, 16, 4, 27));
  }

  @Test
  void aWrongTypeIsNamedWithTheFieldsPlace() throws Exception {
    Manifest manifest = only(SERVICE.replace("port: 80", "port: http"));
    assertThat(manifest)
        .satisfies(
            found ->
                assertThatThrownBy(found::resource)
                    .hasMessage(
                        "cart.yaml:12:7: Service: spec.ports[0].port: expected a whole number,"
                            + " found the text \"http\""));
  }

  @Test
  void whatIsNoObjectIsPassedOver() throws Exception {
    String others = "resources: [a.yaml]\n---\n- {op: remove, path: /spec}\n---\nword\n---\n";
    assertThat(Manifests.read("all.yaml", others + SERVICE)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"apiVersion: v1, kind", "kind: Service, apiVersion"})
  void anObjectHasKindAndApiVersion(String written, String missing) {
    assertThatThrownBy(() -> Manifests.read("cart.yaml", written))
        .hasMessage("cart.yaml:1:1: the object has no " + missing);
  }

  @Test
  void jsonMayBeIndentedWithTabs() throws Exception {
    Manifest manifest =
        only(
            "{\n"
                + "\t\"apiVersion\": \"v1\",\n"
                + "\t\"kind\": \"Service\",\n"
                + "\t\"metadata\": {\"name\": \"a\"}\n"
                + "}");
    assertThat(manifest.place("kind")).isEqualTo(new Region(3, 2, 3, 19));
  }

  @Test
  void aValueIsReplacedAndNothingElse() throws Exception {
    assertThat(set(SERVICE, LABEL, "none"))
        .contains(SERVICE.replace("use-waypoint: Way_Point ", "use-waypoint: none "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Way_Point | none | none",
        "'Way_Point' | none | 'none'",
        "\"Way_Point\" | none | \"none\"",
        "Way_Point | true | \"true\"",
        "Way_Point | off | \"off\"",
        "Way_Point | a: b | \"a: b\"",
        "Way_Point | 80 | \"80\"",
        "!!str 5 | none | none",
      })
  void quotationMarksStayAndComeWhereAWordNeedsThem(String before, String value, String after)
      throws Exception {
    assertThat(set(SERVICE.replace("Way_Point", before), LABEL, value))
        .contains(SERVICE.replace("Way_Point", after));
  }

  @Test
  void anEntryIsAddedBelowTheLastOne() throws Exception {
    assertThat(set(SERVICE, "/metadata/labels/istio.io~1ingress-use-waypoint", "true"))
        .contains(
            SERVICE.replace("# why\n", "# why\n    istio.io/ingress-use-waypoint: \"true\"\n"));
  }

  @Test
  void anEntryIsAddedInTheStyleOfItsMapping() throws Exception {
    assertThat(set(text("labels: {app: cart}"), LABEL, "none"))
        .contains(text("labels: {app: cart, istio.io/use-waypoint: none}"));
    assertThat(set(text("labels: {}"), LABEL, "none"))
        .contains(text("labels: {istio.io/use-waypoint: none}"));
    assertThat(set(text("labels:\n    app: |\n      a\n"), LABEL, "none"))
        .contains(text("labels:\n    istio.io/use-waypoint: none\n    app: |\n      a\n"));
  }

  @Test
  void jsonStaysJson() throws Exception {
    String before =
        """
        {
          "apiVersion": "v1", "kind": "Service",
          "metadata": {
            "name": "cart",
            "labels": {
              "app": "cart"
            }
          }
        }
        """;
    assertThat(set(before, LABEL, "none"))
        .contains(
            before.replace(
                "\"app\": \"cart\"",
                "\"app\": \"cart\",\n      \"istio.io/use-waypoint\": \"none\""));
    assertThat(remove(before, "/metadata/labels/app"))
        .contains(before.replace("{\n      \"app\": \"cart\"\n    }", "{\n    }"));
    assertThat(remove(before, "/metadata/name"))
        .contains(before.replace("\"name\": \"cart\",\n    ", ""));
  }

  @Test
  void nothingIsAddedWhereThereIsNoMapping() throws Exception {
    assertThat(set(text("generation: 1"), LABEL, "none")).isEmpty();
  }

  @Test
  void aRemovedEntryTakesItsLineButNoComment() throws Exception {
    assertThat(remove(SERVICE, LABEL))
        .contains(SERVICE.replace("istio.io/use-waypoint: Way_Point   # why", "# why"));
    assertThat(remove(SERVICE, "/metadata/name")).contains(SERVICE.replace("  name: cart\n", ""));
    assertThat(remove(SERVICE, "/spec/ports/0/name"))
        .contains(SERVICE.replace("name: http\n      port", "port"));
    assertThat(remove(SERVICE, "/spec/ports/1/name"))
        .contains(SERVICE.replace("{name: tls, port", "{port"));
    assertThat(remove(SERVICE, "/spec/ports/1/port"))
        .contains(SERVICE.replace("tls, port: 443", "tls"));
  }

  @Test
  void aMappingThatLosesItsOnlyEntryIsEmptyAndNotNull() throws Exception {
    assertThat(remove(text("labels:\n    a: b   # c\n  x: y"), "/metadata/labels/a"))
        .contains(text("labels: {}   # c\n  x: y"));
    assertThat(remove(text("labels:\n    # c\n    a: b\n"), "/metadata/labels/a"))
        .contains(text("labels:\n    # c\n    {}\n"));
    assertThat(remove(text("labels: {a: b}"), "/metadata/labels/a")).contains(text("labels: {}"));
  }

  @Test
  void aValueOfSeveralLinesIsRemovedAsAWhole() throws Exception {
    assertThat(remove(SERVICE, "/metadata/labels"))
        .contains(
            SERVICE.replace(
                "  labels:\n"
                    + "    app: cart   # the app\n"
                    + "    istio.io/use-waypoint: Way_Point   # why\n",
                "  # why\n"));
  }

  @Test
  void whatStandsAtAnAnchorOrAnAliasIsLeftAlone() throws Exception {
    String shared = "labels: &all {istio.io/use-waypoint: a}\nspec:\n  selector: *all\n";
    assertThat(set(text(shared), LABEL, "none")).isEmpty();
    assertThat(set(text(shared), "/spec/selector/istio.io~1use-waypoint", "none")).isEmpty();
  }

  @Test
  void otherDocumentsLineBreaksAndCharactersStayAsTheyAre() throws Exception {
    String before = "\uFEFF# \uD83D\uDE00\r\n" + SERVICE.replace("\n", "\r\n") + "---\r\n# end\r\n";
    assertThat(set(before, LABEL, "none")).contains(before.replace("Way_Point", "none"));
    assertThat(set(before, "/metadata/labels/b", "c"))
        .contains(before.replace("# why\r\n", "# why\r\n    b: c\r\n"));
  }

  @Test
  void anObjectOfSeveralIsMeantByItsPosition() throws Exception {
    String two = SERVICE + "---\n" + SERVICE;
    String edited = ManifestText.read("two.yaml", two).set(1, LABEL, "none").orElseThrow().text();
    assertThat(edited).isEqualTo(SERVICE + "---\n" + SERVICE.replace("Way_Point", "none"));
  }

  @Test
  void anElementOfAListIsEditedInItsPlace() throws Exception {
    String list =
        "apiVersion: v1\nkind: List\nitems:\n  # one\n  - "
            + SERVICE.strip().replaceFirst("# a shop\n", "").replace("\n", "\n    ")
            + "   # end\n"
            + "  # two\n"
            + "  - {apiVersion: v1, kind: Service, metadata: {labels: {a: b}}}\n";
    ManifestText text = ManifestText.read("list.yaml", list);
    Map<Integer, ManifestText> edited = new HashMap<>();
    for (Manifest manifest : text.manifests()) {
      ManifestText excerpt = manifest.excerpt().orElseThrow();
      edited.put(manifest.position(), excerpt.set(0, LABEL, "none").orElseThrow());
    }
    assertThat(text.with(edited).map(ManifestText::text))
        .contains(
            list.replace("Way_Point", "none")
                .replace("{a: b}", "{a: b, istio.io/use-waypoint: none}"));
  }

  @Test
  void whatRefersToTheRestOfTheTextCannotStandAlone() throws Exception {
    String list =
        "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Service, spec: &s {a: b}}\n"
            + "- {apiVersion: v1, kind: Service, spec: *s}\n";
    ManifestText text = ManifestText.read("list.yaml", list);
    assertThat(text.manifests().getLast().excerpt()).isEmpty();
    ManifestText first = text.manifests().getFirst().excerpt().orElseThrow();
    assertThat(text.with(Map.of(0, first.set(0, "/spec/a", "c").orElseThrow()))).isEmpty();
  }

  @Test
  void theLastLineNeedsNoBreak() throws Exception {
    String text = "apiVersion: v1\nkind: Service\nmetadata:\n  labels:\n    a: b";
    assertThat(set(text, LABEL, "none")).contains(text + "\n    istio.io/use-waypoint: none");
    assertThat(remove(text, "/metadata/labels"))
        .contains("apiVersion: v1\nkind: Service\nmetadata: {}");
  }

  private static String text(String metadata) {
    return "apiVersion: v1\nkind: Service\nmetadata:\n  " + metadata;
  }

  private static Optional<String> set(String text, String pointer, String value) throws Exception {
    return ManifestText.read("cart.yaml", text).set(0, pointer, value).map(ManifestText::text);
  }

  private static Optional<String> remove(String text, String pointer) throws Exception {
    return ManifestText.read("cart.yaml", text).remove(0, pointer).map(ManifestText::text);
  }

  private static Manifest only(String text) throws Exception {
    return Manifests.read("cart.yaml", text).getFirst();
  }
}
