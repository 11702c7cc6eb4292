package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.lintel.report.CheckReport;
import dev.lintel.report.GithubReport;
import dev.lintel.report.JsonReport;
import dev.lintel.report.JsonReport.Syntax;
import dev.lintel.report.JunitReport;
import dev.lintel.report.Report;
import dev.lintel.report.SarifReport;
import dev.lintel.rule.Action;
import dev.lintel.samples.WrittenSample;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Every format of the report, over all samples. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckFormatsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private final Map<Path, CheckReport> reports = new LinkedHashMap<>();

  @BeforeAll
  void judge() throws Exception {
    WrittenSample.all().forEach(sample -> reports.put(sample.file(), Checks.check(sample)));
  }

  @Test
  void jsonFitsThePublishedSchema() throws Exception {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(Files.readString(Path.of("docs/check-report.schema.json")));
    reports.forEach(
        (sample, report) -> {
          String text = written(new JsonReport(Syntax.JSON), report);
          assertThat(schema.validate(text, InputFormat.JSON)).as("%s: %s", sample, text).isEmpty();
        });
  }

  @Test
  void yamlSaysTheSameAsJson() throws Exception {
    for (Map.Entry<Path, CheckReport> report : reports.entrySet()) {
      assertThat(YAML.readTree(written(new JsonReport(Syntax.YAML), report.getValue())))
          .as("%s", report.getKey())
          .isEqualTo(json(report.getValue()));
    }
  }

  @Test
  void sarifFitsTheStandardsSchema() throws Exception {
    JsonSchema schema = sarifSchema();
    reports.forEach(
        (sample, report) -> {
          String text = written(new SarifReport("1.0"), report);
          assertThat(schema.validate(text, InputFormat.JSON)).as("%s: %s", sample, text).isEmpty();
        });
  }

  @Test
  void sarifHasAResultForEachFindingWithItsRuleAndPlace() throws Exception {
    for (Map.Entry<Path, CheckReport> report : reports.entrySet()) {
      JsonNode findings = json(report.getValue()).at("/verdicts/0/findings");
      JsonNode run =
          JSON.readTree(written(new SarifReport("1.0"), report.getValue())).at("/runs/0");
      assertThat(run.path("results")).as("%s", report.getKey()).hasSameSizeAs(findings);
      for (int i = 0; i < findings.size(); i++) {
        JsonNode result = run.at("/results/" + i);
        JsonNode rule = run.at("/tool/driver/rules/" + result.path("ruleIndex").asInt());
        assertThat(rule.path("id")).isEqualTo(findings.get(i).path("code"));
        assertThat(rule.path("helpUri")).isEqualTo(findings.get(i).path("page"));
        assertThat(result.at("/locations/0/physicalLocation/region/startLine"))
            .isEqualTo(findings.get(i).at("/source/line"));
      }
    }
  }

  @Test
  void junitHasACaseThatFailsWhereTheWriteIsDenied() throws Exception {
    for (Map.Entry<Path, CheckReport> report : reports.entrySet()) {
      boolean isDenied = report.getValue().denied() > 0;
      Element suites = xml(written(new JunitReport(Action.DENY), report.getValue()));
      assertThat(suites.getTagName()).isEqualTo("testsuites");
      assertThat(suites.getAttribute("failures"))
          .as("%s", report.getKey())
          .isEqualTo(isDenied ? "1" : "0");
      List<Element> cases = elements(suites, "testcase");
      assertThat(cases).hasSize(1);
      assertThat(((Element) cases.getFirst().getParentNode()).getTagName()).isEqualTo("testsuite");
      assertThat(cases.getFirst().getAttribute("classname")).isNotEmpty();
      assertThat(elements(cases.getFirst(), "failure")).hasSize(isDenied ? 1 : 0);
    }
  }

  @Test
  void workflowCommandsAreOneLineForEachDenialAndWarning() {
    reports.forEach(
        (sample, report) -> {
          long loud =
              report.entries().getFirst().verdict().findings().stream()
                  .filter(judged -> judged.action().compareTo(Action.WARN) >= 0)
                  .count();
          assertThat(written(new GithubReport(), report).lines())
              .as("%s", sample)
              .hasSize((int) loud)
              .allMatch(line -> line.matches("::(error|warning) file=[^,]+,line=\\d+,.*::\\[.*"));
        });
  }

  private static JsonNode json(CheckReport report) throws Exception {
    return JSON.readTree(written(new JsonReport(Syntax.JSON), report));
  }

  private static String written(Report format, CheckReport report) {
    StringWriter text = new StringWriter();
    format.write(report, text);
    return text.toString();
  }

  private static JsonSchema sarifSchema() throws Exception {
    try (InputStream schema =
        Objects.requireNonNull(
            CheckFormatsTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json"))) {
      return JsonSchemaFactory.getInstance(VersionFlag.V7)
          .getSchema(new String(schema.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static Element xml(String text) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
        .getDocumentElement();
  }

  private static List<Element> elements(Element parent, String name) {
    NodeList found = parent.getElementsByTagName(name);
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
  }
}
