package dev.lintel.policy;

import dev.lintel.mesh.IstioDistribution;
import dev.lintel.mesh.KgatewayDistribution;
import dev.lintel.mesh.Platform;
import dev.lintel.mesh.Platform.ReferenceGrantMode;
import dev.lintel.mesh.Platform.ScopeSource;
import dev.lintel.mesh.Version;
import dev.lintel.rule.Action;
import dev.lintel.rule.RuleCatalogue;
import dev.lintel.rule.Spelling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads the policy document strictly: an unknown key or value is a problem with its place, and a
 * document with a problem yields no policy. The document is YAML 1.2, so that {@code off} is a
 * word.
 */
public final class PolicyReader {

  private static final String API_VERSION = "lintel.dev/v1";
  private static final Map<String, Action> ACTIONS =
      Map.of("deny", Action.DENY, "warn", Action.WARN, "audit", Action.AUDIT, "off", Action.OFF);
  private static final String AUTO = "auto";
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
  private static final Pattern DOMAIN =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

  private final RuleCatalogue catalogue = RuleCatalogue.complete();
  private final Problems problems;

  private PolicyReader(String source) {
    this.problems = new Problems(source);
  }

  /**
   * What a text turned out to be.
   *
   * @param policy the policy; empty if there is any problem
   * @param problems what is wrong, each with its place: {@code source:line:column: path: problem}
   */
  public record Reading(Optional<Policy> policy, List<String> problems) {

    /** Copies the list, so that the record is immutable. */
    public Reading {
      problems = List.copyOf(problems);
    }

    /**
     * Returns the policy.
     *
     * @throws IllegalArgumentException if there is any problem; the message has them all
     */
    public Policy orElseThrow() {
      return policy.orElseThrow(
          () -> new IllegalArgumentException(String.join(System.lineSeparator(), problems)));
    }
  }

  /**
   * Reads a document.
   *
   * @param source what the document is called in messages, for example the file's name
   * @param text the document, YAML 1.2
   */
  public static Reading read(String source, String text) {
    PolicyReader reader = new PolicyReader(source);
    Optional<Policy> policy = reader.document(source, text).map(reader::policy);
    List<String> found = reader.problems.found();
    return new Reading(found.isEmpty() ? policy : Optional.empty(), found);
  }

  private Optional<Node> document(String source, String text) {
    List<Node> documents = new ArrayList<>();
    try {
      LoadSettings settings = LoadSettings.builder().setLabel(source).build();
      Iterator<Node> nodes = new Compose(settings).composeAllFromString(text).iterator();
      nodes.forEachRemaining(documents::add);
    } catch (MarkedYamlEngineException e) {
      problems.add(e.getProblemMark(), "", e.getProblem());
      return Optional.empty();
    } catch (YamlEngineException e) {
      problems.add(Optional.empty(), "", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
    if (documents.size() != 1) {
      problems.add(
          Optional.empty(),
          "",
          documents.isEmpty() ? "the document is empty" : "there must be one document only");
      return Optional.empty();
    }
    return Optional.of(documents.getFirst());
  }

  private Policy policy(Node node) {
    Section document = Section.of(problems, "", node);
    document.constant("apiVersion", API_VERSION);
    document.constant("kind", "Policy");
    Policy policy =
        new Policy(
            document.word("enforcement", ACTIONS).orElse(Policy.DEFAULT.enforcement()),
            rules(document.section("rules")),
            platform(document.section("platform")));
    document.end();
    return policy;
  }

  private Map<String, Action> rules(Section section) {
    Map<String, Action> actions = new HashMap<>();
    section.eachWord(
        (key, written) -> {
          Optional<String> code = catalogue.find(key).map(rule -> rule.info().code());
          if (code.isEmpty()) {
            problems.add(written, section.child(key), unknownRule(key));
            return;
          }
          section
              .word(written, section.child(key), ACTIONS)
              .map(action -> actions.put(code.get(), action))
              .ifPresent(
                  twice ->
                      problems.add(
                          written, section.child(key), "names a rule that another line names too"));
        });
    return actions;
  }

  private String unknownRule(String key) {
    List<String> known =
        catalogue.rules().stream()
            .map(rule -> rule.info())
            .flatMap(info -> List.of(info.code(), info.name()).stream())
            .toList();
    String meant =
        Spelling.nearest(key, known)
            .map(word -> "; did you mean `%s`?".formatted(word))
            .orElse("; `lintel rules` lists them");
    return "there is no rule of this code or name" + meant;
  }

  private Platform platform(Section section) {
    Platform auto = Platform.AUTO;
    Section istio = section.section("istio");
    Section kgateway = section.section("kgateway");
    Section solo = section.section("solo");
    Section kubernetes = section.section("kubernetes");
    Platform platform =
        new Platform(
            section
                .text("clusterDomain", matching(DOMAIN), "a domain")
                .orElse(auto.clusterDomain()),
            istio
                .text("rootNamespace", matching(NAME), "a namespace's name")
                .orElse(auto.rootNamespace()),
            fact(
                istio,
                "distribution",
                Map.of("upstream", IstioDistribution.UPSTREAM, "solo", IstioDistribution.SOLO)),
            version(istio),
            fact(
                kgateway,
                "distribution",
                Map.of(
                    "open-source",
                    KgatewayDistribution.OPEN_SOURCE,
                    "enterprise",
                    KgatewayDistribution.ENTERPRISE)),
            fact(kgateway, "istioIntegration", Map.of("true", true, "false", false)),
            fact(kgateway, "ingressUseWaypoints", Map.of("true", true, "false", false)),
            fact(
                kgateway,
                "referenceGrantMode",
                Map.of(
                    "off", ReferenceGrantMode.OFF,
                    "permissive", ReferenceGrantMode.PERMISSIVE,
                    "strict", ReferenceGrantMode.STRICT)),
            solo.word(
                    "scopeSource",
                    Map.of("labels", ScopeSource.LABELS, "annotations", ScopeSource.ANNOTATIONS))
                .orElse(auto.scopeSource()),
            solo.text("globalDomain", matching(DOMAIN), "a domain").orElse(auto.globalDomain()),
            version(kubernetes));
    List.of(istio, kgateway, solo, kubernetes, section).forEach(Section::end);
    return platform;
  }

  /** Reads a word that may also be {@code auto}: then the cluster decides. */
  private static <T> Optional<T> fact(Section section, String key, Map<String, T> words) {
    Map<String, Optional<T>> choices = new HashMap<>();
    words.forEach((word, value) -> choices.put(word, Optional.of(value)));
    choices.put(AUTO, Optional.empty());
    return section.word(key, choices).flatMap(Function.identity());
  }

  private static Optional<Version> version(Section section) {
    return section
        .text(
            "version",
            written ->
                written.equals(AUTO)
                    ? Optional.of(Optional.<Version>empty())
                    : Version.parse(written).map(version -> Optional.of(version)),
            "a version such as \"1.30\", or auto")
        .flatMap(Function.identity());
  }

  private static Function<String, Optional<String>> matching(Pattern pattern) {
    return written -> pattern.matcher(written).matches() ? Optional.of(written) : Optional.empty();
  }
}
