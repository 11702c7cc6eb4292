package dev.lintel.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.judge.Judge;
import dev.lintel.judge.Judged;
import dev.lintel.judge.Verdict;
import dev.lintel.judge.Write;
import dev.lintel.manifest.Manifest;
import dev.lintel.manifest.Manifests;
import dev.lintel.mesh.Keys;
import dev.lintel.mesh.Platform;
import dev.lintel.policy.Policy;
import dev.lintel.resource.Kind;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Resource;
import dev.lintel.rule.Action;
import dev.lintel.topology.Change;
import dev.lintel.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Valid set-ups, as public guides teach them, stay unremarked however they come about.
 *
 * <p>A file holds a whole cluster. What is said of it all the same stands in it as {@code #
 * justified: CODE Kind/namespace/name reason}.
 */
class SilenceTest {

  private static final Path SET_UPS = Path.of("src/test/resources/silence");
  private static final Pattern JUSTIFIED =
      Pattern.compile("(?m)^# justified: ([A-Z]{2}-\\d{3}) (\\S+) \\S.*$");
  private static final int ORDERS = 20;
  private static final String CONTROLLER = "system:serviceaccount:istio-system:istiod";

  private static final Set<Kind> JUDGED = new Judge(RuleCatalogue.complete()).kinds();

  private final Judge judge = new Judge(RuleCatalogue.complete());

  @TestFactory
  Stream<DynamicTest> everyObjectOfASetUpMayBeCreatedLast() throws IOException {
    return perSetUp(
        setUp ->
            setUp.judged().stream()
                .map(object -> new Write(object, Optional.empty(), author(object)))
                .map(write -> judge.judge(setUp.cluster(), write, Policy.DEFAULT)));
  }

  @TestFactory
  Stream<DynamicTest> everyObjectOfASetUpMayBeRelabelled() throws IOException {
    return perSetUp(
        setUp ->
            setUp.judged().stream()
                .map(object -> new Write(relabelled(object), Optional.of(object), author(object)))
                .map(write -> judge.judge(setUp.cluster(), write, Policy.DEFAULT)));
  }

  @TestFactory
  Stream<DynamicTest> aSetUpMayBeCreatedAtOnce() throws IOException {
    return perSetUp(
        setUp ->
            judge
                .judge(
                    Topology.empty(Platform.AUTO),
                    setUp.judged().stream()
                        .map(object -> new Write(object, Optional.empty(), author(object)))
                        .toList(),
                    setUp.others(),
                    Policy.DEFAULT)
                .stream());
  }

  /** What is missing yet may be remarked on; it is no reason to refuse. */
  @TestFactory
  Stream<DynamicTest> aSetUpMayBeAppliedInAnyOrderWithoutADenial() throws IOException {
    return setUps()
        .map(
            setUp ->
                DynamicTest.dynamicTest(
                    setUp.name(),
                    () -> {
                      for (int seed = 0; seed < ORDERS; seed++) {
                        assertThat(denials(setUp, new Random(seed))).as("order %d", seed).isEmpty();
                      }
                    }));
  }

  private List<String> denials(SetUp setUp, Random random) {
    List<Resource> order = new ArrayList<>(setUp.resources());
    Collections.shuffle(order, random);
    List<String> denials = new ArrayList<>();
    Topology state = Topology.empty(Platform.AUTO);
    for (Resource object : order) {
      if (JUDGED.contains(object.kind())) {
        Write write = new Write(object, Optional.empty(), author(object));
        judge.judge(state, write, Policy.DEFAULT).findings().stream()
            .filter(judged -> judged.action() == Action.DENY)
            .map(SilenceTest::describe)
            .forEach(denials::add);
      }
      state = state.apply(Change.put(object));
    }
    return denials;
  }

  private static Stream<SetUp> setUps() throws IOException {
    try (Stream<Path> files = Files.list(SET_UPS)) {
      return files.sorted().toList().stream().map(SetUp::read);
    }
  }

  private static Stream<DynamicTest> perSetUp(Judgement judgement) throws IOException {
    return setUps()
        .map(
            setUp ->
                DynamicTest.dynamicTest(
                    setUp.name(),
                    () ->
                        assertThat(remarks(judgement.verdicts(setUp)).keySet())
                            .as(() -> describe(judgement, setUp))
                            .isEqualTo(setUp.justified())));
  }

  private static String describe(Judgement judgement, SetUp setUp) {
    return String.join("\n", remarks(judgement.verdicts(setUp)).values());
  }

  /** What is said loud enough to be heard, as code and object, with the message. */
  private static Map<String, String> remarks(Stream<Verdict> verdicts) {
    return verdicts
        .flatMap(verdict -> verdict.findings().stream())
        .filter(judged -> judged.action().compareTo(Action.WARN) >= 0)
        .collect(
            Collectors.toMap(
                judged -> judged.rule().code() + " " + judged.subject(),
                SilenceTest::describe,
                (one, other) -> one));
  }

  private static String describe(Judged judged) {
    return "%s %s %s: %s"
        .formatted(
            judged.rule().code(),
            judged.action().word(),
            judged.subject(),
            judged.finding().message());
  }

  private static Resource relabelled(Resource object) {
    Metadata metadata = object.metadata();
    Map<String, String> labels = new HashMap<>(metadata.labels());
    labels.put("app", "renamed");
    return object.withMetadata(
        new Metadata(
            metadata.namespace(),
            metadata.name(),
            labels,
            metadata.annotations(),
            metadata.created(),
            metadata.deleting(),
            metadata.owners()));
  }

  /** Generated objects are written by their controllers. */
  private static String author(Resource object) {
    Set<String> labels = object.metadata().labels().keySet();
    return labels.contains(Keys.MANAGED) || labels.contains(Keys.PARENT_SERVICE)
        ? CONTROLLER
        : "alice";
  }

  private interface Judgement {
    Stream<Verdict> verdicts(SetUp setUp);
  }

  private record SetUp(String name, List<Resource> resources, Set<String> justified) {

    static SetUp read(Path file) {
      try {
        String text = Files.readString(file);
        List<Resource> resources = new ArrayList<>();
        for (Manifest manifest : Manifests.read(file.toString(), text)) {
          manifest.resource().ifPresent(resources::add);
        }
        return new SetUp(file.getFileName().toString(), resources, justified(text));
      } catch (IOException | MalformedObjectException e) {
        throw new AssertionError(file + ": " + e.getMessage(), e);
      }
    }

    private static Set<String> justified(String text) {
      Set<String> justified = new TreeSet<>();
      Matcher matcher = JUSTIFIED.matcher(text);
      while (matcher.find()) {
        justified.add(matcher.group(1) + " " + matcher.group(2));
      }
      return justified;
    }

    Topology cluster() {
      return Topology.of(Platform.AUTO, resources);
    }

    List<Resource> judged() {
      List<Resource> judged = resources.stream().filter(r -> JUDGED.contains(r.kind())).toList();
      assertThat(judged).as("objects to judge").isNotEmpty();
      return judged;
    }

    List<Resource> others() {
      return resources.stream().filter(r -> !JUDGED.contains(r.kind())).toList();
    }
  }
}
