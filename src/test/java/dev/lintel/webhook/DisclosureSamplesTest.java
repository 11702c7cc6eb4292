package dev.lintel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.cluster.Clusters;
import dev.lintel.judge.Judge;
import dev.lintel.judge.Judged;
import dev.lintel.policy.Policy;
import dev.lintel.policy.PolicyReader;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Resource;
import dev.lintel.resource.Service;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.resource.VirtualService;
import dev.lintel.samples.WrittenSample;
import dev.lintel.topology.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Under every sample, an answer names nothing that the writer's namespace does not know. */
class DisclosureSamplesTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern CODE = Pattern.compile("\\[([A-Z]{2}-\\d{3})]");

  /** Names of objects that are words of the field as well; the namespaces beside them are none. */
  private static final Set<String> WORDS = Set.of("waypoint", "kgateway", "enterprise-kgateway");

  private static final String HEAD = "apiVersion: lintel.dev/v1\nkind: Policy\n";

  private final Judge judge = new Judge(RuleCatalogue.complete());

  @Test
  void noAnswerNamesWhatTheWritersNamespaceDoesNot() throws Exception {
    List<String> told = new ArrayList<>();
    int hidden = 0;
    for (WrittenSample sample : WrittenSample.all()) {
      Answered answered = answered(sample);
      Set<String> unknown = unknownTo(sample);
      unknown.removeAll(answered.words());
      for (String line : answered.lines()) {
        words(line).filter(unknown::contains).forEach(w -> told.add(where(sample, w, line)));
        hidden += line.contains("of another namespace") ? 1 : 0;
      }
    }
    assertThat(told).isEmpty();
    assertThat(hidden).as("lines with something hidden").isPositive();
  }

  @Test
  void noSampleLosesAFinding() throws Exception {
    Policy open = PolicyReader.read("policy", HEAD + "disclose: all\n").orElseThrow();
    for (WrittenSample sample : WrittenSample.all()) {
      if (sample.policy().withPlatform(open.platform()).equals(Policy.DEFAULT)) {
        assertThat(answered(sample).codes())
            .as("%s", sample.file())
            .containsAll(answered(sample.under(open)).codes());
      }
    }
  }

  private static String where(WrittenSample sample, String word, String line) {
    return "%s: %s in: %s".formatted(sample.file().getFileName(), word, line);
  }

  /**
   * What the author of a write reads.
   *
   * @param lines message, causes and warnings
   * @param words the words that the rules use, whatever the objects are called
   */
  private record Answered(List<String> lines, Set<String> words) {
    Set<String> codes() {
      return lines.stream()
          .flatMap(line -> CODE.matcher(line).results())
          .map(found -> found.group(1))
          .collect(Collectors.toSet());
    }
  }

  private Answered answered(WrittenSample sample) throws Exception {
    Admission admission =
        new Admission(
            Clusters.of(sample.policy(), sample.cluster().resources().toList()),
            judge,
            AdmissionReviewerTest.CONFIG);
    AdmissionRequest request = ReviewReader.read(AgreementTest.review(sample));
    Answer answer = admission.answer(request, () -> false);
    JsonNode response = MAPPER.readTree(ReviewWriter.write(request, answer)).path("response");
    List<String> lines = new ArrayList<>();
    lines.add(response.path("status").path("message").asText());
    response
        .path("status")
        .path("details")
        .path("causes")
        .forEach(cause -> lines.add(cause.path("message").asText()));
    response.path("warnings").forEach(warning -> lines.add(warning.asText()));
    Set<String> words = new HashSet<>();
    for (Judged judged : answer.verdict().orElseThrow().findings()) {
      words(judged.finding().says().template()).forEach(words::add);
      words(judged.finding().fix().template()).forEach(words::add);
    }
    return new Answered(lines, words);
  }

  /** Returns names, namespaces and hosts of other namespaces' objects. */
  private static Set<String> unknownTo(WrittenSample sample) throws Exception {
    Topology cluster = sample.cluster();
    Resource written = sample.written().manifests().getFirst().resource().orElseThrow();
    String own = written.namespace().isEmpty() ? "default" : written.namespace();
    String root = cluster.platform().rootNamespace();
    Set<String> unknown = new LinkedHashSet<>();
    Set<String> known = new HashSet<>(words(written.toString()).toList());
    for (Resource object : cluster.resources().toList()) {
      boolean isOwn =
          object.namespace().equals(own)
              || (object.kind() == Kind.NAMESPACE && object.name().equals(own));
      if (isOwn || object.namespace().equals(root)) {
        words(object.toString()).forEach(known::add);
        hosts(cluster, object).forEach(known::add);
      } else if (object.kind() == Kind.NAMESPACE) {
        unknown.add(object.name());
      } else if (!object.namespace().isEmpty()) {
        unknown.add(object.namespace());
        unknown.add(object.name());
        hosts(cluster, object).forEach(unknown::add);
      }
    }
    unknown.removeAll(known);
    unknown.removeAll(WORDS);
    unknown.remove(root);
    return unknown;
  }

  private static Stream<String> hosts(Topology cluster, Resource object) {
    return switch (object) {
      case Service service ->
          cluster.backendsOf(service).stream().map(backend -> backend.host().value());
      case ServiceEntry entry -> entry.hosts().stream();
      case VirtualService service -> service.hosts().stream();
      case DestinationRule rule -> Stream.of(cluster.rules().hostOf(rule).value());
      default -> Stream.of();
    };
  }

  private static Stream<String> words(String text) {
    return Arrays.stream(text.split("[^A-Za-z0-9.*-]+", -1))
        .map(word -> word.endsWith(".") ? word.substring(0, word.length() - 1) : word)
        .flatMap(word -> Stream.concat(Stream.of(word), Arrays.stream(word.split("\\.", -1))))
        .filter(word -> !word.isEmpty());
  }
}
