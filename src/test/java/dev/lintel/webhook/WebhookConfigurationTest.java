package dev.lintel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.judge.Judge;
import dev.lintel.resource.Kind;
import dev.lintel.rule.Impact;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.RuleWithOperations;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The API server asks about what Lintel judges, and about nothing else. */
class WebhookConfigurationTest {

  private static final Path FILE = Path.of("webhook-config/validating-webhook-configuration.yaml");

  @Test
  void everyJudgedKindIsAskedAboutInEachOfItsVersions() throws IOException {
    Map<String, List<String>> judged =
        new Judge(RuleCatalogue.complete())
            .kinds().stream()
                .collect(
                    Collectors.toMap(kind -> kind.group() + "/" + kind.plural(), Kind::versions));
    assertThat(asked("/validate")).isEqualTo(judged);
  }

  @Test
  void everyKindWhoseWritesBendPathsIsAskedAboutInEachOfItsVersions() throws IOException {
    Map<String, List<String>> bending =
        Impact.INFO.subjects().stream()
            .collect(Collectors.toMap(kind -> kind.group() + "/" + kind.plural(), Kind::versions));
    assertThat(asked("/validate-impact")).isEqualTo(bending);
  }

  /** What is judged when it is written need not be told twice. */
  @Test
  void ofWhatIsJudgedOnlyDeletionsBendPaths() throws IOException {
    Map<String, List<String>> judged = asked("/validate");
    for (RuleWithOperations rule : rules("/validate-impact")) {
      boolean isJudged =
          rule.getResources().stream()
              .anyMatch(name -> judged.containsKey(rule.getApiGroups().getFirst() + "/" + name));
      assertThat(rule.getOperations()).contains("DELETE");
      assertThat(rule.getOperations().contains("UPDATE")).isEqualTo(!isJudged);
    }
  }

  @Test
  void whatIsWrittenIsAskedAboutAndNothingElse() throws IOException {
    assertThat(rules("/validate"))
        .isNotEmpty()
        .allSatisfy(rule -> assertThat(rule.getOperations()).containsExactly("CREATE", "UPDATE"));
  }

  /** Returns the versions that are asked about, by group and resource. */
  private static Map<String, List<String>> asked(String path) throws IOException {
    Map<String, List<String>> asked = new HashMap<>();
    for (RuleWithOperations rule : rules(path)) {
      for (String group : rule.getApiGroups()) {
        for (String resource : rule.getResources()) {
          asked.put(group + "/" + resource, rule.getApiVersions());
        }
      }
    }
    return asked;
  }

  private static List<RuleWithOperations> rules(String path) throws IOException {
    ValidatingWebhookConfiguration configuration =
        Serialization.unmarshal(Files.readString(FILE), ValidatingWebhookConfiguration.class);
    ValidatingWebhook webhook =
        configuration.getWebhooks().stream()
            .filter(found -> found.getClientConfig().getService().getPath().equals(path))
            .findFirst()
            .orElseThrow();
    return webhook.getRules();
  }
}
