package dev.lintel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.lintel.mesh.TrafficDistribution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The document of assertions, as its reader and its schema take it. */
class AssertionsTest {

  private static final String HEAD = "apiVersion: lintel.dev/v1\nkind: Assertions\nassertions:\n";

  private final JsonSchema schema =
      JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(Assertions.schema());

  @Test
  void thePublishedSchemaIsUpToDate() throws Exception {
    assertThat(Files.readString(Path.of("docs/assertions.schema.json")))
        .as("run: bin/lintel assert --schema > docs/assertions.schema.json")
        .isEqualTo(Assertions.schema());
  }

  @Test
  void theSampleIsReadAndFitsTheSchema() throws Exception {
    String text = Files.readString(Path.of("samples/assertions/shop.yaml"));
    assertThat(schema.validate(text, InputFormat.YAML)).isEmpty();
    assertThat(Assertions.read("sample", text).problems()).isEmpty();
  }

  @Test
  void eachClaimIsReadWithItsLine() {
    List<Assertion> all =
        read(
            """
              - {name: a, throughWaypoint: "*"}
              - {name: b, encrypted: true}
              - {name: c, onlyFrom: [edge/*]}
              - {name: d, trafficDistribution: PreferClose}
              - {name: e, destinationRuleRead: shop/cart}
            """);
    assertThat(all)
        .extracting(Assertion::claim)
        .containsExactly(
            new Claim.ThroughWaypoint(new Glob("*")),
            new Claim.Encrypted(),
            new Claim.OnlyFrom(List.of(new Glob("edge/*"))),
            new Claim.ByTrafficDistribution(TrafficDistribution.PREFER_SAME_ZONE),
            new Claim.RuleIsRead("shop", "cart"));
    assertThat(all).extracting(Assertion::line).containsExactly(4, 5, 6, 7, 8);
  }

  @Test
  void whatIsLeftOutFitsEveryHost() {
    Assertion narrow =
        read("  - {name: a, hosts: ['*.example'], namespaces: [shop], encrypted: true}").getFirst();
    assertThat(narrow.isAbout("a.example", "shop")).isTrue();
    assertThat(narrow.isAbout("a.example", "edge")).isFalse();
    assertThat(narrow.isAbout("a.test", "shop")).isFalse();
    assertThat(read("  - {name: a, encrypted: true}").getFirst().isAbout("x", "y")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{name: a, encrypt: true} | unknown key `encrypt`; did you mean `encrypted`?",
        "{name: a, encrypted: false} | unknown value `false`",
        "{name: a} | must have one of these keys, and has none: throughWaypoint, ",
        "{name: a, encrypted: true, onlyFrom: [a/b]} | must have one of these keys, and has 2",
        "{encrypted: true} | assertions[0].name: is missing",
        "{name: a, onlyFrom: []} | must have at least 1 element",
        "{name: a, onlyFrom: [front]} | `front` is not of the form namespace/name",
        "{name: a, destinationRuleRead: 'shop/*'} | is not of the form namespace/name",
        "{name: a, trafficDistribution: PreferClosest} | did you mean `PreferClose`?",
      })
  void neitherSchemaNorReaderTakesWhatIsWrong(String assertion, String problem) {
    String text = HEAD + "  - " + assertion + "\n";
    assertThat(schema.validate(text, InputFormat.YAML)).isNotEmpty();
    assertThat(Assertions.read("a.yaml", text).problems())
        .singleElement()
        .asString()
        .startsWith("a.yaml:4:")
        .contains(problem);
  }

  @Test
  void twoOfOneNameAreRefused() {
    assertThat(
            Assertions.read(
                    "a.yaml",
                    HEAD + "  - {name: a, encrypted: true}\n  - {name: a, encrypted: true}\n")
                .problems())
        .containsExactly("a.yaml: assertions: two of them are called `a`, the second in line 5");
  }

  @Test
  void thereIsALimitToHowManyAreRead() {
    String many = String.join("", Collections.nCopies(1001, "  - {name: a, encrypted: true}\n"));
    assertThat(Assertions.read("a.yaml", HEAD + many).problems())
        .anySatisfy(problem -> assertThat(problem).contains("has 1001 elements; at most 1000"));
    assertThat(Assertions.read("a.yaml", HEAD + "#" + "x".repeat(1 << 18)).problems())
        .singleElement()
        .asString()
        .contains("is longer than");
  }

  private static List<Assertion> read(String assertions) {
    Assertions.Reading reading = Assertions.read("a.yaml", HEAD + assertions);
    assertThat(reading.problems()).isEmpty();
    return reading.assertions().orElseThrow().all();
  }
}
