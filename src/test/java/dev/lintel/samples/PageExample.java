package dev.lintel.samples;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.judge.Judge;
import dev.lintel.judge.Judged;
import dev.lintel.judge.Write;
import dev.lintel.manifest.Manifest;
import dev.lintel.manifest.ManifestFiles;
import dev.lintel.manifest.Manifests;
import dev.lintel.mesh.Keys;
import dev.lintel.policy.Policy;
import dev.lintel.policy.PolicyReader;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.Action;
import dev.lintel.rule.RuleInfo;
import dev.lintel.state.Existing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The example of a rule's page: a cluster, and what is written into it before and after the fix.
 *
 * <pre>
 * Cluster: links to set-ups of the samples, in the order in which they are put together
 *
 *   optionally, after "with", a block of YAML: what is there besides
 *
 * Before:
 *
 *   a block of YAML
 *
 * After:           or "After, with the DestinationRule deleted:"
 *
 *   a block of YAML
 * </pre>
 *
 * @param rule whose page it is
 * @param cluster the objects that exist before anything is written
 * @param before what makes the rule speak
 * @param after the same, fixed
 * @param deleted the kind of the object that the fix deletes; empty if it changes or adds something
 */
record PageExample(
    RuleInfo rule,
    List<Resource> cluster,
    List<Resource> before,
    List<Resource> after,
    Optional<String> deleted) {

  private static final Judge JUDGE = new Judge(RuleCatalogue.complete());
  private static final Path PAGES = Path.of("docs/rules");
  private static final String SET_UPS = "../../src/test/resources/rules/_clusters/";
  private static final Pattern EXAMPLE =
      Pattern.compile(
          "(?ms)^## How to fix it\n.*?"
              + ("^Cluster: (?<setups>[^`]*?)(?:, with\n\n" + block("cluster") + "|\n)\n")
              + ("Before:\n\n" + block("before") + "\n")
              + ("After(?:, with the (?<deleted>\\w+) deleted)?:\n\n" + block("after"))
              + ".*?^## When Lintel stays silent\n");
  private static final Pattern SET_UP =
      Pattern.compile("\\[([a-z-]+)\\]\\(" + Pattern.quote(SET_UPS) + "(\\1\\.yaml)\\)");

  /** Reads the page of a rule. */
  static PageExample of(RuleInfo rule) throws IOException {
    Path file = PAGES.resolve(rule.code() + ".md");
    Matcher example = EXAMPLE.matcher(Files.readString(file));
    if (!example.find()) {
      throw new AssertionError(
          file + " has no `Cluster:`, `Before:` and `After:` below `## How to fix it`");
    }
    Map<ResourceRef, Resource> cluster = new LinkedHashMap<>();
    for (Path setUp : setUps(file, example.group("setups"))) {
      add(cluster, resources(setUp, ManifestFiles.text(setUp)));
    }
    add(cluster, resources(file, Optional.ofNullable(example.group("cluster")).orElse("")));
    return new PageExample(
        rule,
        List.copyOf(cluster.values()),
        resources(file, example.group("before")),
        resources(file, example.group("after")),
        Optional.ofNullable(example.group("deleted")));
  }

  /** Of an object that stands there twice the last counts, as in the cluster. */
  private static void add(Map<ResourceRef, Resource> cluster, List<Resource> objects) {
    objects.forEach(object -> cluster.put(object.ref(), object));
  }

  private static String block(String name) {
    return "```yaml\n(?<" + name + ">.*?)^```\n";
  }

  private static List<Path> setUps(Path page, String links) {
    Matcher link = SET_UP.matcher(links);
    List<Path> files =
        link.results().map(found -> page.resolveSibling(SET_UPS + found.group(2))).toList();
    if (files.isEmpty() || !link.replaceAll("").matches("(,\n)*")) {
      throw new AssertionError("%s: `%s` are no links to set-ups".formatted(page, links));
    }
    return files;
  }

  /** An object that Lintel does not read would prove nothing, so it has no place on a page. */
  private static List<Resource> resources(Path source, String text) {
    try {
      List<Resource> resources = new ArrayList<>();
      for (Manifest manifest : Manifests.read(source.toString(), text)) {
        resources.add(
            manifest
                .resource()
                .orElseThrow(
                    () ->
                        new AssertionError(source + ": " + manifest.kindName() + " is not read")));
      }
      return List.copyOf(resources);
    } catch (MalformedObjectException e) {
      throw new AssertionError(source + ": " + e.getMessage(), e);
    }
  }

  /** Returns what is said of the objects below "Before:". */
  List<Judged> findingsBefore() {
    return findings(before);
  }

  /** Returns what is said of the objects below "After:". */
  List<Judged> findingsAfter() {
    return findings(after);
  }

  /** Returns whether what the rule judges stands below "Before:" only. */
  boolean isSubjectDeleted() {
    return hasSubject(before) && !hasSubject(after);
  }

  private boolean hasSubject(List<Resource> objects) {
    return objects.stream().anyMatch(object -> rule.subjects().contains(object.kind()));
  }

  /**
   * The objects are written as one commit. Where none of them is judged, a route for example, what
   * people write into the cluster is created after it, as an unchanged object is passed over.
   */
  private List<Judged> findings(List<Resource> commit) {
    List<Resource> written = judged(commit);
    List<Resource> others = new ArrayList<>(commit);
    others.removeAll(written);
    if (written.isEmpty()) {
      written = judged(cluster).stream().filter(PageExample::isWrittenByPeople).toList();
    }
    List<Write> writes = written.stream().map(object -> Write.create(object, "alice")).toList();
    if (writes.isEmpty()) {
      throw new AssertionError(rule.code() + ": nothing in this example is judged");
    }
    Policy policy = policy();
    return JUDGE
        .judge(Existing.of(policy.platform(), cluster).topology(), writes, others, policy)
        .stream()
        .flatMap(verdict -> verdict.findings().stream())
        .toList();
  }

  private static List<Resource> judged(List<Resource> objects) {
    return objects.stream().filter(object -> JUDGE.kinds().contains(object.kind())).toList();
  }

  /** Generated objects are left to the controllers that write them. */
  private static boolean isWrittenByPeople(Resource object) {
    return !object.metadata().labels().containsKey(Keys.MANAGED);
  }

  /** A rule that is off by default is switched on. */
  private Policy policy() {
    return rule.defaultAction() == Action.OFF
        ? PolicyReader.read(
                rule.code(),
                "{apiVersion: lintel.dev/v1, kind: Policy, rules: {%s: warn}}"
                    .formatted(rule.code()))
            .orElseThrow()
        : Policy.DEFAULT;
  }
}
