package dev.lintel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.cluster.ClusterState;
import dev.lintel.cluster.Clusters;
import dev.lintel.judge.Judge;
import dev.lintel.policy.Policy;
import dev.lintel.policy.PolicyReader;
import io.quarkus.logging.json.runtime.JsonFormatter;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logging.MDC;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;

/** What the log says of an answer. */
class AdmissionLogTest {

  private static final String EXEMPTION =
      """
      apiVersion: lintel.dev/v1
      kind: Policy
      exemptions:
        - rules: [TD-001]
          resources: ["Service/shop/*"]
          reason: being renamed
          owner: shop-team
          expires: 2026-12-31
      """;

  @Test
  void aDenialIsToldWithThePolicyItRestsOn() throws Exception {
    assertThat(line(Policy.DEFAULT, "2026-11-25", Reviews.create(Reviews.BAD_SERVICE)))
        .hasValue(
            "deny: CREATE of Service shop/cart by ann: TD-001=deny; policy generation default;"
                + " request 7f1c");
  }

  @Test
  void anExemptionCountsOnItsLastDayAndIsTold() throws Exception {
    assertThat(line(policy(), "2026-12-31", Reviews.create(Reviews.BAD_SERVICE)))
        .hasValue(
            "allow: CREATE of Service shop/cart by ann: TD-001=audit; exempt TD-001: being renamed"
                + " (shop-team); policy generation default; request 7f1c");
  }

  @Test
  void afterItsLastDayAnExemptionDoesNotCount() throws Exception {
    assertThat(line(policy(), "2027-01-01", Reviews.create(Reviews.BAD_SERVICE)).orElseThrow())
        .startsWith("deny: ")
        .doesNotContain("exempt");
  }

  @Test
  void whatCouldNotBeReadIsTold() throws Exception {
    assertThat(
            line(Policy.DEFAULT, "2026-11-25", Reviews.create(Reviews.UNREADABLE_SERVICE))
                .orElseThrow())
        .startsWith("unreadable: CREATE of Service shop/cart by ann: lintel could not read")
        .endsWith("; request 7f1c");
  }

  @Test
  void whomAWriteWasSparedForIsToldOnRequest() throws Exception {
    String policy = "apiVersion: lintel.dev/v1\nkind: Policy\nsubjects: {ignoreUsers: [ann]}\n";
    Policy ignoring = PolicyReader.read("policy", policy).orElseThrow();
    AdmissionRequest request = ReviewReader.read(Reviews.create(Reviews.BAD_SERVICE));
    Answer answer =
        new Admission(
                Clusters.under(ignoring),
                new Judge(RuleCatalogue.complete()),
                AdmissionReviewerTest.CONFIG)
            .answer(request, () -> false);
    assertThat(AdmissionLog.line(request, answer)).isEmpty();
    assertThat(AdmissionLog.spared(request, answer))
        .hasValue("allow: CREATE of Service shop/cart by ann: not judged, ignored-user");
  }

  @Test
  void itsFactsAreFieldsWhereLogsAreJson() throws Exception {
    AdmissionRequest request = ReviewReader.read(Reviews.create(Reviews.BAD_SERVICE));
    Answer answer = answer(Policy.DEFAULT, "2026-11-25", request);
    JsonNode logged =
        new ObjectMapper()
            .readTree(
                Logged.by(
                    "dev.lintel.admission",
                    new JsonFormatter(),
                    () -> AdmissionLog.answered(request, answer, Duration.ofMillis(12))));
    assertThat(logged.get("message").textValue())
        .isEqualTo(AdmissionLog.line(request, answer).orElseThrow());
    assertThat(logged.get("mdc"))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"decision": "deny", "operation": "CREATE", "kind": "Service", "namespace": "shop",
                     "name": "cart", "user": "ann", "uid": "7f1c", "millis": "12",
                     "findings": "TD-001=deny", "policyGeneration": "default"}
                    """));
    assertThat(MDC.getMap()).isEmpty();
  }

  @Test
  void toPeopleItIsOneSentence() throws Exception {
    AdmissionRequest request = ReviewReader.read(Reviews.create(Reviews.BAD_SERVICE));
    Answer answer = answer(Policy.DEFAULT, "2026-11-25", request);
    assertThat(
            Logged.by(
                "dev.lintel.admission",
                new PatternFormatter("%-5p [%c] %s%e"),
                () -> AdmissionLog.answered(request, answer, Duration.ofMillis(12))))
        .isEqualTo(
            "INFO  [dev.lintel.admission] " + AdmissionLog.line(request, answer).orElseThrow());
  }

  @Test
  void nothingIsSaidWhereNothingIsFound() throws Exception {
    assertThat(line(Policy.DEFAULT, "2026-11-25", Reviews.create(Reviews.SERVICE))).isEmpty();
  }

  @Test
  void aStrangersWordsStayOnTheLine() throws Exception {
    byte[] review =
        Reviews.review(
            "'uid':'7f1c','kind':{'group':'','version':'v1','kind':'Service'},'operation':'CREATE',"
                + "'namespace':'shop','name':'cart','userInfo':{'username':'a\\nnn'},'object':"
                + Reviews.BAD_SERVICE);
    assertThat(line(Policy.DEFAULT, "2026-11-25", review).orElseThrow())
        .contains("by a nn:")
        .hasLineCount(1);
  }

  private static Policy policy() {
    return PolicyReader.read("policy.yaml", EXEMPTION).policy().orElseThrow();
  }

  private static Optional<String> line(Policy policy, String today, byte[] review)
      throws Exception {
    AdmissionRequest request = ReviewReader.read(review);
    return AdmissionLog.line(request, answer(policy, today, request));
  }

  private static Answer answer(Policy policy, String today, AdmissionRequest request) {
    ClusterState cluster = Clusters.under(policy);
    Clock clock =
        Clock.fixed(
            LocalDate.parse(today).atStartOfDay().toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
    return new Admission(
            cluster, new Judge(RuleCatalogue.complete(), clock), AdmissionReviewerTest.CONFIG)
        .answer(request, () -> false);
  }

  /** What is logged, as the console writes it. */
  private static final class Logged extends Handler {
    private final StringBuilder text = new StringBuilder();

    static String by(String category, Formatter formatter, Runnable action) {
      Logged logged = new Logged();
      logged.setFormatter(formatter);
      Logger logger = Logger.getLogger(category);
      logger.addHandler(logged);
      try {
        action.run();
      } finally {
        logger.removeHandler(logged);
      }
      return logged.text.toString();
    }

    @Override
    public void publish(LogRecord record) {
      text.append(getFormatter().format(record));
    }

    @Override
    public void flush() {
      // There is nothing between the record and the text.
    }

    @Override
    public void close() {
      // There is nothing to close.
    }
  }
}
