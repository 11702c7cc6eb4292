package dev.lintel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.cluster.Clusters;
import dev.lintel.judge.Judge;
import dev.lintel.rule.Rule;
import dev.lintel.sample.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Lintel warms up with the first sample of each rule on which the rule speaks. */
class WarmUpSampleTest {

  private static final Path RULES = Path.of("src/test/resources/rules");
  private static final Path LIST = Path.of("src/main/resources/warmup/samples.txt");

  @Test
  void theListOfSamplesHasOneForEachRule() throws IOException {
    List<String> names = new ArrayList<>();
    for (Rule rule : RuleCatalogue.complete().rules()) {
      names.add(firstFiring(rule.info().code()));
    }
    String current = names.stream().collect(Collectors.joining("\n", "", "\n"));
    if (System.getProperty("lintel.docs", "").equals("write")) {
      Files.writeString(LIST, current);
    }
    assertThat(Files.readString(LIST)).as("`make docs` writes it anew").isEqualTo(current);
  }

  @Test
  void onEachShippedSampleItsRuleSpeaks() throws Exception {
    Judge judge = new Judge(RuleCatalogue.complete());
    Rehearsal rehearsal =
        new Rehearsal(new Admission(Clusters.unread(), judge, AdmissionReviewerTest.CONFIG));
    List<String> names = WarmUpSample.names();
    List<WarmUpSample> samples = WarmUpSample.all();
    for (int i = 0; i < names.size(); i++) {
      Reply.Reviewed reply = (Reply.Reviewed) rehearsal.review(samples.get(i));
      assertThat(reply.answer().orElseThrow().verdict().orElseThrow().findings())
          .as(names.get(i))
          .extracting(judged -> judged.rule().code())
          .contains(names.get(i).substring(0, 6));
    }
  }

  private static String firstFiring(String code) throws IOException {
    try (Stream<Path> files = Files.list(RULES.resolve(code))) {
      return files
          .sorted()
          .filter(file -> fires(file, code))
          .map(file -> code + "/" + file.getFileName())
          .findFirst()
          .orElseThrow();
    }
  }

  private static boolean fires(Path file, String code) {
    return Sample.read(file).expectations().stream().anyMatch(e -> e.code().equals(code));
  }
}
