package dev.lintel.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.lintel.diff.format.DiffFormat;
import dev.lintel.diff.format.DiffJson;
import dev.lintel.diff.format.DiffMarkdown;
import dev.lintel.diff.format.DiffMermaid;
import dev.lintel.diff.format.DiffText;
import dev.lintel.mesh.HostName;
import dev.lintel.mesh.Platform;
import dev.lintel.report.JsonReport.Syntax;
import dev.lintel.report.Style;
import dev.lintel.resource.Resource;
import dev.lintel.state.Existing;
import dev.lintel.state.Settled;
import dev.lintel.topology.Topology;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Differences between states, against what was worked out by hand. */
class PathDiffTest {

  private static final Map<String, DiffFormat> FORMATS =
      Map.of(
          "diff.json", new DiffJson(Syntax.JSON),
          "diff.yaml", new DiffJson(Syntax.YAML),
          "diff.md", new DiffMarkdown(),
          "diff.txt", new DiffText(Style.PLAIN),
          "diff.mmd", new DiffMermaid());

  private static final Set<String> SILENT =
      Set.of("route-with-defaults-spelled-out", "gateway-with-another-status");

  @TestFactory
  Stream<DynamicTest> everyPairDiffersAsItsFilesSay() throws IOException {
    return DiffCases.all().stream()
        .map(pair -> DynamicTest.dynamicTest(pair.getFileName().toString(), () -> check(pair)));
  }

  private static void check(Path pair) throws Exception {
    PathDiff diff = DiffCases.diff(pair);
    assertThat(diff.isEmpty()).isEqualTo(SILENT.contains(pair.getFileName().toString()));
    assertThat(pair.resolve("diff.json")).exists();
    for (Map.Entry<String, DiffFormat> format : FORMATS.entrySet()) {
      Path golden = pair.resolve(format.getKey());
      if (Files.exists(golden)) {
        assertThat(written(diff, format.getValue())).isEqualTo(Files.readString(golden));
      }
    }
  }

  @Test
  void jsonFitsThePublishedSchema() throws Exception {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(Files.readString(Path.of("docs/path-diff.schema.json")));
    for (Path pair : DiffCases.all()) {
      String text = written(DiffCases.diff(pair), new DiffJson(Syntax.JSON));
      assertThat(schema.validate(text, InputFormat.JSON)).as("%s: %s", pair, text).isEmpty();
    }
  }

  @Test
  void theOrderOfObjectsChangesNothing() throws Exception {
    for (Path pair : DiffCases.all()) {
      List<Resource> objects = DiffCases.objects(pair.resolve("after.yaml"));
      List<Resource> shuffled = new ArrayList<>(objects);
      Collections.shuffle(shuffled, new Random(7));
      Existing one = Existing.of(Platform.AUTO, objects);
      PathDiff diff = PathDiff.between(one.topology(), one.replacing(objects, shuffled).topology());
      assertThat(diff.entries()).as("%s", pair).isZero();
      assertThat(diff.unknown()).as("%s", pair).isEmpty();
    }
  }

  @Test
  void isTheSameBackwardsButForBeforeAndAfter() throws Exception {
    for (Path pair : DiffCases.all()) {
      Topology before = topology(pair.resolve("before.yaml"));
      Topology after = topology(pair.resolve("after.yaml"));
      PathDiff there = PathDiff.between(before, after);
      PathDiff back = PathDiff.between(after, before);
      assertThat(back.vanished()).as("%s", pair).isEqualTo(there.appeared());
      assertThat(back.waypoints()).as("%s", pair).hasSameSizeAs(there.waypoints());
    }
  }

  @Test
  void looksAtWhatItIsAskedAboutOnly() throws Exception {
    Path pair = DiffCases.FOLDER.resolve("namespace-loses-its-waypoint");
    Settled settled =
        Settled.of(topology(pair.resolve("before.yaml")), topology(pair.resolve("after.yaml")));
    HostName cart = new HostName("cart.shop.svc.cluster.local");
    PathDiff diff =
        PathDiff.between(settled, new Scope(new TreeSet<>(Set.of(cart)), new TreeSet<>(), 0));
    assertThat(diff.paths()).extracting(PathDiff.PathChange::host).containsExactly(cart);
    assertThat(diff.extent().hosts()).isEqualTo(1);
  }

  @Test
  void namesOfObjectsStayWithinTheirCells() {
    PathDiff diff =
        new PathDiff(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(new HostName("a|b<script>*x*")),
            List.of(),
            List.of(),
            List.of(),
            new PathDiff.Extent(1, 0, List.of()));
    assertThat(written(diff, new DiffMarkdown()))
        .contains("| a\\|b&lt;script&gt;\\*x\\* | defined");
  }

  private static Topology topology(Path file) throws Exception {
    return Existing.of(Platform.AUTO, DiffCases.objects(file)).topology();
  }

  private static String written(PathDiff diff, DiffFormat format) {
    StringWriter writer = new StringWriter();
    format.write(diff, writer);
    return writer.toString();
  }
}
