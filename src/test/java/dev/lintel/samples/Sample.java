package dev.lintel.samples;

import dev.lintel.judge.Judge;
import dev.lintel.judge.Judged;
import dev.lintel.judge.Verdict;
import dev.lintel.judge.Write;
import dev.lintel.policy.Policy;
import dev.lintel.policy.PolicyReader;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.Manifest;
import dev.lintel.resource.Manifests;
import dev.lintel.resource.Resource;
import dev.lintel.rule.Action;
import dev.lintel.rule.RuleCatalogue;
import dev.lintel.topology.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sample: the cluster's state, a write, and what is expected of it, in one file.
 *
 * <pre>
 * # policy: {rules: {DR-001: warn}}      optional, keys of the policy document
 * # cluster: gateway, shop               optional, names of files in _clusters, and objects that follow
 * ---
 * # before:                              for an update: the object as it was
 * ---
 * # write: CREATE                        or UPDATE; optionally "by USER"
 * kind: Service
 *   key: value   # expect: TD-001 deny "part of the message"
 *   key: value   # expect: DR-001 warn on DestinationRule/shop/cart "part of the message"
 * </pre>
 *
 * <p>What is expected is all that may be said: any other warning or denial fails the sample.
 */
public record Sample(
    Path file, Policy policy, Topology cluster, Write write, List<Expectation> expectations) {

  private static final Pattern HEADER =
      Pattern.compile("(?m)^# (policy|cluster|before|write):(.*)$");
  private static final Pattern EXPECT =
      Pattern.compile(
          "^(.*?)#\\s*expect:\\s*([A-Z]{2}-\\d{3})\\s+(deny|warn|audit)"
              + "(?:\\s+on\\s+(\\S+))?(?:\\s+\"([^\"]*)\")?\\s*$");

  /** What one line expects. */
  public record Expectation(String line, String code, Action action, String on, String text) {

    boolean isMetBy(Judged judged, Write write) {
      String subject = on.isEmpty() ? write.ref().toString() : on;
      return judged.rule().code().equals(code)
          && judged.action() == action
          && judged.subject().toString().equals(subject)
          && judged.finding().message().contains(text);
    }

    /** Tells whether the expectation stands beside the field that the finding names. */
    public boolean standsBeside(Judged judged) {
      String path = judged.finding().field().text().replaceAll("\\[\\d+\\]", "");
      String last =
          path.endsWith("]")
              ? path.substring(path.lastIndexOf('[') + 1, path.length() - 1)
              : path.substring(path.lastIndexOf('.') + 1);
      return !on.isEmpty() || line.contains(last + ":") || line.contains("\"" + last + "\":");
    }
  }

  /** Reads a sample. */
  public static Sample read(Path file) {
    try {
      return parse(file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MalformedObjectException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  /** Judges the write. */
  public Verdict verdict() {
    return new Judge(RuleCatalogue.complete()).judge(cluster, write, policy);
  }

  private static Sample parse(Path file, String text) throws IOException, MalformedObjectException {
    String policyText = "";
    List<Resource> cluster = new ArrayList<>();
    Optional<Resource> before = Optional.empty();
    Optional<Resource> written = Optional.empty();
    String user = "alice";
    for (Section section : sections(text)) {
      switch (section.name) {
        case "policy" -> policyText = section.argument;
        case "cluster" -> {
          cluster.addAll(presets(file, section.argument));
          cluster.addAll(objects(file, section.body));
        }
        case "before" -> before = Optional.of(objects(file, section.body).getFirst());
        default -> {
          written = Optional.of(objects(file, section.body).getFirst());
          user = user(section.argument, user);
        }
      }
    }
    Policy policy = policyText.isEmpty() ? Policy.DEFAULT : policyOf(policyText);
    Resource object =
        written.orElseThrow(() -> new IllegalArgumentException(file + " has no `# write:`"));
    before.ifPresent(cluster::add);
    cluster.replaceAll(found -> found.withMetadata(found.metadata().existing()));
    return new Sample(
        file,
        policy,
        Topology.of(policy.platform(), cluster),
        new Write(object, before, user),
        expectations(text));
  }

  private static Policy policyOf(String flow) {
    return PolicyReader.read(
            "sample", "{apiVersion: lintel.dev/v1, kind: Policy, " + flow.strip().substring(1))
        .orElseThrow();
  }

  private static String user(String argument, String fallback) {
    int by = argument.indexOf(" by ");
    return by < 0 ? fallback : argument.substring(by + 4).strip();
  }

  private static List<Resource> presets(Path file, String names)
      throws IOException, MalformedObjectException {
    List<Resource> resources = new ArrayList<>();
    for (String name : names.split(",")) {
      if (!name.isBlank()) {
        Path preset =
            file.resolveSibling("../_clusters/" + name.strip().toLowerCase(Locale.ROOT) + ".yaml");
        resources.addAll(objects(preset, Files.readString(preset)));
      }
    }
    return resources;
  }

  private static List<Resource> objects(Path file, String yaml) throws MalformedObjectException {
    List<Resource> resources = new ArrayList<>();
    for (Manifest manifest : Manifests.read(file.toString(), yaml)) {
      manifest.resource().ifPresent(resources::add);
    }
    return resources;
  }

  private static List<Expectation> expectations(String text) {
    return text.lines()
        .map(EXPECT::matcher)
        .filter(Matcher::matches)
        .map(
            m ->
                new Expectation(
                    m.group(1),
                    m.group(2),
                    Action.valueOf(m.group(3).toUpperCase(Locale.ROOT)),
                    Optional.ofNullable(m.group(4)).orElse(""),
                    Optional.ofNullable(m.group(5)).orElse("")))
        .toList();
  }

  /** Returns the parts of a sample's text. */
  static List<Section> sections(String text) {
    List<Section> sections = new ArrayList<>();
    Matcher matcher = HEADER.matcher(text);
    List<int[]> places = new ArrayList<>();
    while (matcher.find()) {
      places.add(new int[] {matcher.start(), matcher.end()});
    }
    for (int i = 0; i < places.size(); i++) {
      int end = i + 1 < places.size() ? places.get(i + 1)[0] : text.length();
      Matcher header = HEADER.matcher(text.substring(places.get(i)[0], places.get(i)[1]));
      if (header.matches()) {
        sections.add(
            new Section(
                header.group(1),
                " " + header.group(2).strip(),
                text.substring(places.get(i)[1], end)));
      }
    }
    return sections;
  }

  /**
   * A part of a sample.
   *
   * @param name policy, cluster, before or write
   * @param argument what follows on the same line
   * @param body the manifests below it
   */
  record Section(String name, String argument, String body) {}
}
