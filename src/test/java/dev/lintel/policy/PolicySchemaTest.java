package dev.lintel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.lintel.catalogue.RuleCatalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schema is the one of the reader, and takes what the reader takes. */
class PolicySchemaTest {

  private static final String WRITTEN = PolicySchema.write();
  private static final String HEAD = "apiVersion: lintel.dev/v1\nkind: Policy\n";

  private final JsonSchema schema =
      JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(WRITTEN);

  @Test
  void thePublishedSchemaIsUpToDate() throws Exception {
    assertThat(Files.readString(Path.of("docs/policy.schema.json")))
        .as("run: bin/lintel config schema > docs/policy.schema.json")
        .isEqualTo(WRITTEN);
  }

  @Test
  void itIsJsonAndNamesEveryRule() throws Exception {
    JsonNode names =
        new ObjectMapper().readTree(WRITTEN).at("/properties/rules/propertyNames/enum");
    // Each by code and by name, and what a write does to others.
    assertThat(names).hasSize(2 * RuleCatalogue.complete().rules().size() + 1);
  }

  @Test
  void theShippedDocumentFitsIt() throws Exception {
    String shipped = Files.readString(Path.of("deploy/kustomize/base/policy.yaml"));
    assertThat(schema.validate(shipped, InputFormat.YAML)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "enforcement: loud",
        "enforcment: deny",
        "rules: {TD-9999: off}",
        "exemptions: [{rules: [TD-001], resources: ['Service/a/b'], reason: r}]",
        "exemptions: [{rules: [TD-001], resources: ['Service/a'], reason: r, owner: o}]",
        "limits: {warnings: 0}",
        "platform: {istio: {distribution: other}}",
        "overrides: [{namespaces: []}]",
      })
  void neitherSchemaNorReaderTakesWhatIsWrong(String body) {
    assertThat(schema.validate(HEAD + body, InputFormat.YAML)).isNotEmpty();
    assertThat(PolicyReader.read("policy", HEAD + body).problems()).isNotEmpty();
  }
}
