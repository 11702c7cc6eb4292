package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lintel replay} as an administrator meets it. */
class ReplayCommandTest {

  private static final String EVENT =
      """
      {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"RequestResponse","stage":"ResponseComplete","verb":"create","requestURI":"/api/v1/namespaces/shop/services","user":{"username":"alice"},"objectRef":{"namespace":"shop","name":"cart","resource":"services"},"responseStatus":{"code":201},"requestObject":{"metadata":{"name":"cart","annotations":{"networking.istio.io/traffic-distribution":"PreferClosest"}}},"responseObject":{"metadata":{"name":"cart","namespace":"shop"}},"requestReceivedTimestamp":"2026-11-01T08:15:00.000001Z"}
      """;

  @TempDir Path folder;

  @Test
  void theTextHasASumAndATableForEachSide() throws Exception {
    Cli.Run run = Cli.run("replay", log(EVENT + "oops\n"));
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCodes.OK);
    assertThat(run.out())
        .startsWith(
            "2026-11-01T08:15:00.000001Z to 2026-11-01T08:15:00.000001Z\n"
                + "1 event, 1 write judged: 1 would have been denied, 0 warned about\n"
                + "  1 line could not be read:\n    line 2: not JSON")
        .contains(
            "  DENIED   WARNED  OBJECTS  RULE\n"
                + "       1        0        1  TD-001\n"
                + "    Service shop/cart by alice")
        .contains("NAMESPACE\n       1        0        1  shop\n")
        .contains("USER\n       1        0        1  alice\n")
        .contains("TIME\n       1        0        1  2026-11-01T08:00:00Z\n");
  }

  @Test
  void anObjectThatIsWrittenOverAndOverIsOneObject() throws Exception {
    String stock = EVENT.replace("cart", "stock");
    String again = EVENT.replace("create", "update").replace("\"code\":201", "\"code\":200");
    String log = EVENT + stock + again.replace("PreferClosest", "PreferFar") + EVENT;
    assertThat(Cli.run("replay", log(log), "--by", "rule").out())
        .contains("\n       4        0        2  TD-001\n");
    JsonNode json = new ObjectMapper().readTree(Cli.run("replay", log(log), "-o", "json").out());
    assertThat(json.at("/rules/0/objects").asInt()).isEqualTo(2);
    assertThat(json.at("/users/0/objects").asInt()).isEqualTo(2);
  }

  @Test
  void oneSideIsShownAloneAndTimesAreAsLongAsAskedFor() throws Exception {
    String out = Cli.run("replay", log(EVENT), "--by", "time", "--bucket", "10m").out();
    assertThat(out).contains("2026-11-01T08:10:00Z\n").doesNotContain("RULE", "USER");
    assertThat(Cli.run("replay", log(EVENT), "--bucket", "soon").err()).contains("10m, 1h or 1d");
  }

  @Test
  void jsonHoldsTheSame() throws Exception {
    JsonNode json = new ObjectMapper().readTree(Cli.run("replay", log(EVENT), "-o", "json").out());
    assertThat(json.path("kind").asText()).isEqualTo("ReplayReport");
    assertThat(json.at("/summary/denied").asInt()).isEqualTo(1);
    assertThat(json.at("/rules/0/code").asText()).isEqualTo("TD-001");
    assertThat(json.at("/rules/0/example/action").asText()).isEqualTo("deny");
    assertThat(json.at("/times/0/time").asText()).isEqualTo("2026-11-01T08:00:00Z");
  }

  @Test
  void aPackedLogIsUnpacked() throws Exception {
    Path file = folder.resolve("audit.log.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(EVENT.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(Cli.run("replay", file.toString()).out()).contains("1 would have been denied");
  }

  @Test
  void aPolicyAndAStateCount() throws Exception {
    Path policy =
        Files.writeString(
            folder.resolve("policy"),
            "{apiVersion: lintel.dev/v1, kind: Policy, rules: {TD-001: warn}}");
    assertThat(Cli.run("replay", log(EVENT), "--policy", policy.toString()).out())
        .contains("0 would have been denied, 1 warned about");
    Path state = Files.createDirectory(folder.resolve("state"));
    Files.writeString(
        state.resolve("cart.yaml"),
        "{apiVersion: v1, kind: Service, metadata: {name: cart, namespace: shop}, spec: {}}");
    String update = EVENT.replace("create", "update").replace("201", "200");
    assertThat(Cli.run("replay", log(update)).out()).contains("earlier form is not known");
    assertThat(Cli.run("replay", log(update), "--cluster-state", state.toString()).out())
        .contains("1 would have been denied")
        .doesNotContain("earlier form");
  }

  @Test
  void aLogWithoutAnyEventIsUnreadable() throws Exception {
    Cli.Run run = Cli.run("replay", log("apiVersion: v1\nkind: Service\n"));
    assertThat(run.code()).isEqualTo(ExitCodes.UNREADABLE);
    assertThat(run.err()).contains("has no event of an audit log; line 1: not JSON");
    assertThat(Cli.run("replay", folder.resolve("none").toString()).err()).contains("no such file");
    assertThat(Cli.run("replay").code()).isEqualTo(ExitCodes.USAGE);
  }

  private String log(String text) throws Exception {
    return Files.writeString(folder.resolve("audit.log"), text).toString();
  }
}
