package dev.lintel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lintel.apiserver.Eventually;
import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.cli.ServerResource;
import dev.lintel.rule.Rule;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the port without a lock shows, and to whom. */
@QuarkusTest
@QuarkusTestResource(ServerResource.class)
class ManagementPortTest {

  /** There is none where a folder stands for the cluster. */
  private static final String WITH_AN_API_SERVER = "lintel_snapshot_age_seconds";

  /** The first request makes it, and with it the counters. */
  @Inject AdmissionMetrics metrics;

  @TestHTTPResource(value = "/", management = true)
  URI management;

  @Test
  void thePolicyIsShownOnTheLoopback() throws Exception {
    assertThat(get(InetAddress.getByName("127.0.0.1"), "/policy"))
        .startsWith("HTTP/1.1 200")
        .contains("enforcement: deny");
  }

  @Test
  void whoCallsFromElsewhereIsToldHowToReachThePolicy() throws Exception {
    assertThat(get(ownAddress(), "/policy"))
        .startsWith("HTTP/1.1 403")
        .contains("kubectl port-forward deployment/lintel 9000 -n lintel-system")
        .doesNotContain("enforcement");
  }

  @Test
  void aHeaderMakesNobodyLocal() throws Exception {
    assertThat(
            get(
                ownAddress(),
                "/policy",
                "X-Forwarded-For: 127.0.0.1",
                "Forwarded: for=127.0.0.1",
                "X-Real-IP: 127.0.0.1"))
        .startsWith("HTTP/1.1 403");
  }

  @Test
  void everyRulesPageIsWhereFindingsSayThatItIs() throws Exception {
    for (Rule rule : RuleCatalogue.complete().rules()) {
      String code = rule.info().code();
      assertThat(get(ownAddress(), "/rules/" + code))
          .startsWith("HTTP/1.1 200")
          .containsIgnoringCase("content-type: text/plain; charset=utf-8")
          .contains("# %s %s\n".formatted(code, rule.info().name()));
    }
    assertThat(get(ownAddress(), "/rules/TD-001", "Accept: text/markdown"))
        .containsIgnoringCase("content-type: text/markdown; charset=utf-8");
    assertThat(get(ownAddress(), "/rules")).contains("TD-001 traffic-distribution-unknown-value: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/rules/TD-999", "/rules/..%2fapplication.properties", "/rules/%00"})
  void whatIsNoRuleHasNoPage(String path) throws Exception {
    assertThat(get(ownAddress(), path)).matches("(?s)HTTP/1.1 40[04].*");
  }

  @Test
  void theShippedServiceLeadsToTheAddressThatFindingsName() throws Exception {
    JsonNode service =
        new YAMLMapper().readTree(Path.of("deploy/kustomize/base/service.yaml").toFile());
    URI pages = URI.create(AdmissionReviewerTest.CONFIG.pages());
    assertThat(pages.getHost())
        .isEqualTo(
            service.path("metadata").path("name").asText()
                + "."
                + service.path("metadata").path("namespace").asText()
                + ".svc");
    assertThat(service.path("spec").path("ports"))
        .anySatisfy(
            port -> {
              assertThat(port.path("targetPort").asText()).isEqualTo("management");
              assertThat(port.path("port").asInt()).isEqualTo(pages.getPort());
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"/q/health/ready", "/q/health/live", "/q/health/started", "/q/metrics"})
  void probesAndMetricsAreThereForOthers(String path) throws Exception {
    // Ready is only what is warm.
    Eventually.holds(() -> assertThat(fromElsewhere(path)).startsWith("HTTP/1.1 200"));
  }

  private String fromElsewhere(String path) {
    try {
      return get(ownAddress(), path);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theAlertsOfTheDocumentationAskForMetricsThatExist() throws Exception {
    String alerts = Files.readString(Path.of("docs/install.md")).split("```yaml\n", 2)[1];
    Set<String> asked =
        Pattern.compile("lintel_[a-z_]+")
            .matcher(alerts)
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(asked).hasSizeGreaterThanOrEqualTo(4).contains(WITH_AN_API_SERVER);
    asked.remove(WITH_AN_API_SERVER);
    assertThat(metrics).isNotNull();
    assertThat(get(InetAddress.getByName("127.0.0.1"), "/q/metrics")).contains(asked);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.6", "10.0.0.7", "192.0.2.1", "fe80::1", "2001:db8::1"})
  void whatASidecarOrANeighbourSendsIsNotLocal(String address) {
    assertThat(PolicyRoute.isLocal(SocketAddress.inetSocketAddress(5000, address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "::ffff:127.0.0.1"})
  void portForwardingIsLocal(String address) throws Exception {
    InetSocketAddress caller = new InetSocketAddress(InetAddress.getByName(address), 5000);
    assertThat(PolicyRoute.isLocal(SocketAddress.inetSocketAddress(caller))).isTrue();
  }

  private String get(InetAddress host, String path, String... headers) throws IOException {
    try (Socket socket = new Socket(host, management.getPort())) {
      socket.setSoTimeout(30_000);
      String request =
          "GET %s HTTP/1.1\r\nHost: lintel\r\nConnection: close\r\n%s\r\n"
              .formatted(path, String.join("", withLineEnds(headers)));
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String[] withLineEnds(String... headers) {
    String[] lines = new String[headers.length];
    for (int i = 0; i < headers.length; i++) {
      lines[i] = headers[i] + "\r\n";
    }
    return lines;
  }

  /** An address of this machine under which it meets itself as if it were another. */
  private static InetAddress ownAddress() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(Inet4Address.class::isInstance)
        .filter(Predicate.not(InetAddress::isLoopbackAddress))
        .findFirst()
        .orElseThrow(() -> new AssertionError("this machine has no address but the loopback's"));
  }
}
