package dev.lintel.policy;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.mesh.IstioDistribution;
import dev.lintel.mesh.KgatewayDistribution;
import dev.lintel.mesh.Platform;
import dev.lintel.mesh.Platform.ReferenceGrantMode;
import dev.lintel.mesh.Platform.ScopeSource;
import dev.lintel.mesh.Tier;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.mesh.Version;
import dev.lintel.policy.Exemption.ResourceGlob;
import dev.lintel.resource.LabelSelector;
import dev.lintel.rule.Action;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads the policy document strictly: an unknown key or value is a problem with its place, and a
 * document with a problem yields no policy. The document is YAML 1.2, so that {@code off} is a
 * word.
 */
public final class PolicyReader {

  /** Room for a large document with every rule and many exemptions; not for a bomb. */
  private static final int MAX_LENGTH = 1 << 20;

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
   * Reads a document that is in force already. An exemption that has expired in the meantime is no
   * problem: it just does not count.
   *
   * @param source what the document is called in messages, for example the file's name
   * @param text the document, YAML 1.2
   */
  public static Reading read(String source, String text) {
    return new PolicyReader(source).reading(source, text, LocalDate.MIN);
  }

  /**
   * Reads a document that is being written: an exemption that has expired already is a problem.
   *
   * @param source what the document is called in messages, for example the file's name
   * @param text the document, YAML 1.2
   * @param today the day on which it is written
   */
  public static Reading readNew(String source, String text, LocalDate today) {
    return new PolicyReader(source).reading(source, text, today);
  }

  /** Whatever goes wrong, the document is refused: whoever asked has others to look after. */
  private Reading reading(String source, String text, LocalDate today) {
    try {
      return strictly(source, text, today);
    } catch (RuntimeException | StackOverflowError e) {
      return new Reading(
          Optional.empty(), List.of("%s: cannot be read: %s".formatted(source, e.getClass())));
    }
  }

  private Reading strictly(String source, String text, LocalDate today) {
    Optional<Document> document = document(source, text);
    document.ifPresent(d -> new FormCheck(problems).check(d.node(), "", PolicyForm.of(catalogue)));
    if (document.isEmpty() || !problems.isEmpty()) {
      return new Reading(Optional.empty(), problems.found());
    }
    Policy policy = policy(document.get(), today);
    return new Reading(
        problems.isEmpty() ? Optional.of(policy) : Optional.empty(), problems.found());
  }

  private Optional<Document> document(String source, String text) {
    if (text.length() > MAX_LENGTH) {
      problems.add(
          Optional.empty(),
          "",
          () -> "the document is longer than %d characters".formatted(MAX_LENGTH));
      return Optional.empty();
    }
    List<Node> documents = new ArrayList<>();
    try {
      LoadSettings settings =
          LoadSettings.builder().setLabel(source).setBufferSize(text.length() + 1024).build();
      Parser parser = new BoundedParser(new ParserImpl(settings, new StreamReader(settings, text)));
      new Composer(settings, parser).forEachRemaining(documents::add);
    } catch (BoundedParser.ExceededException e) {
      problems.add(e.mark(), e.path(), e::problem);
      return Optional.empty();
    } catch (MarkedYamlEngineException e) {
      problems.add(e.getProblemMark(), "", e::getProblem);
      return Optional.empty();
    } catch (YamlEngineException e) {
      problems.add(Optional.empty(), "", () -> String.valueOf(e.getMessage()));
      return Optional.empty();
    }
    if (documents.size() != 1 || FormCheck.isNull(documents.getFirst())) {
      problems.add(
          Optional.empty(),
          "",
          () -> documents.size() > 1 ? "there must be one document only" : "the document is empty");
      return Optional.empty();
    }
    return Optional.of(new Document(documents.getFirst(), ""));
  }

  private Policy policy(Document document, LocalDate today) {
    Optional<Document> subjects = document.get("subjects");
    Action enforcement = action(document, "enforcement").orElse(Policy.DEFAULT.enforcement());
    return new Policy(
        enforcement,
        actions(document.get("rules")),
        document.list("overrides").stream().map(part -> override(part, enforcement)).toList(),
        document.list("exemptions").stream().map(part -> exemption(part, today)).toList(),
        globs(subjects, "ignoreUsers"),
        globs(subjects, "ignoreGroups"),
        Optional.of(globs(subjects, "controllers")).filter(globs -> !globs.isEmpty()),
        document.get("annotations").map(part -> annotated(part)).orElse(Set.of()),
        document
            .text("disclose")
            .map(word -> constant(Disclosure.class, word))
            .orElse(Policy.DEFAULT.disclose()),
        document.get("limits").map(PolicyReader::limits).orElse(Limits.DEFAULT),
        document.get("platform").map(PolicyReader::platform).orElse(Platform.AUTO));
  }

  private Map<String, Action> actions(Optional<Document> section) {
    Map<String, Action> actions = new HashMap<>();
    section
        .map(Document::entries)
        .orElse(Map.of())
        .forEach(
            (key, written) -> {
              if (actions.put(code(key.text()), Action.of(written.text()).orElseThrow()) != null) {
                problems.add(
                    key.place().node(),
                    written.path(),
                    "names a rule that another line names too, by its code or by its name");
              }
            });
    return actions;
  }

  private NamespaceOverride override(Document part, Action ceiling) {
    if (part.get("namespaces").isEmpty() && part.get("namespaceSelector").isEmpty()) {
      problems.add(
          part.node(),
          part.path(),
          "needs namespaces or a namespaceSelector; without both it would hold everywhere");
    }
    Optional<Action> enforcement = action(part, "enforcement");
    if (enforcement.filter(wanted -> wanted.compareTo(ceiling) > 0).isPresent()) {
      problems.add(
          part.get("enforcement").orElseThrow().node(),
          part.path() + ".enforcement",
          "`%s` is more than the document's own enforcement `%s`, which is the ceiling for everything"
              .formatted(enforcement.get().word(), ceiling.word()));
    }
    return new NamespaceOverride(
        globs(Optional.of(part), "namespaces"),
        part.get("namespaceSelector").map(this::selector),
        enforcement,
        actions(part.get("rules")));
  }

  private LabelSelector selector(Document part) {
    Map<String, String> labels = new HashMap<>();
    part.get("matchLabels")
        .map(Document::entries)
        .orElse(Map.of())
        .forEach((key, value) -> labels.put(key.text(), value.text()));
    return new LabelSelector(
        labels, part.list("matchExpressions").stream().map(this::expression).toList());
  }

  private LabelSelector.Expression expression(Document part) {
    String operator = part.text("operator").orElseThrow();
    boolean takesValues = operator.equals("In") || operator.equals("NotIn");
    if (takesValues == part.get("values").isEmpty()) {
      problems.add(
          part.node(),
          part.path(),
          takesValues
              ? "the operator %s needs values".formatted(operator)
              : "the operator %s takes no values".formatted(operator));
    }
    return new LabelSelector.Expression(
        part.text("key").orElseThrow(), operator, part.texts("values"));
  }

  private Exemption exemption(Document part, LocalDate today) {
    Optional<LocalDate> expires = part.text("expires").flatMap(FormCheck::day);
    if (expires.filter(today::isAfter).isPresent()) {
      problems.add(
          part.get("expires").orElseThrow().node(),
          part.path() + ".expires",
          "%s is in the past, so the exemption would never count; remove it, or choose another day"
              .formatted(expires.get()));
    }
    return new Exemption(
        codes(part.texts("rules")),
        part.texts("resources").stream().map(PolicyReader::resource).toList(),
        part.text("reason").orElseThrow(),
        part.text("owner").orElseThrow(),
        expires);
  }

  private Set<String> annotated(Document part) {
    List<String> written = part.texts("allow");
    return written.contains(PolicyForm.EVERY_RULE)
        ? catalogue.rules().stream().map(r -> r.info().code()).collect(Collectors.toSet())
        : codes(written);
  }

  /** Returns the codes of rules; none if all are meant. */
  private Set<String> codes(List<String> written) {
    return written.contains(PolicyForm.EVERY_RULE)
        ? Set.of()
        : new HashSet<>(written.stream().map(this::code).toList());
  }

  private String code(String codeOrName) {
    return catalogue.find(codeOrName).map(rule -> rule.info().code()).orElse(codeOrName);
  }

  private static ResourceGlob resource(String written) {
    String[] parts = written.split("/", -1);
    return new ResourceGlob(parts[0], new Glob(parts[1]), new Glob(parts[2]));
  }

  private static List<Glob> globs(Optional<Document> part, String key) {
    return part.map(found -> found.texts(key)).orElse(List.of()).stream().map(Glob::new).toList();
  }

  private static Optional<Action> action(Document part, String key) {
    return part.text(key).flatMap(Action::of);
  }

  private static Limits limits(Document part) {
    return new Limits(
        whole(part, "dependents", Limits.DEFAULT.dependents()),
        whole(part, "warnings", Limits.DEFAULT.warnings()),
        whole(part, "bodyKiB", Limits.DEFAULT.bodyKib()));
  }

  private static int whole(Document part, String key, int otherwise) {
    return part.text(key).map(Integer::parseInt).orElse(otherwise);
  }

  private static Platform platform(Document part) {
    Platform auto = Platform.AUTO;
    Optional<Document> istio = part.get("istio");
    Optional<Document> kgateway = part.get("kgateway");
    Optional<Document> solo = part.get("solo");
    return new Platform(
        part.text("clusterDomain").orElse(auto.clusterDomain()),
        istio.flatMap(i -> i.text("rootNamespace")).orElse(auto.rootNamespace()),
        fact(istio, "distribution").map(word -> constant(IstioDistribution.class, word)),
        version(istio),
        fact(kgateway, "distribution").map(word -> constant(KgatewayDistribution.class, word)),
        fact(kgateway, "istioIntegration").map(Boolean::valueOf),
        fact(kgateway, "ingressUseWaypoints").map(Boolean::valueOf),
        fact(kgateway, "referenceGrantMode").map(word -> constant(ReferenceGrantMode.class, word)),
        solo.flatMap(s -> s.text("scopeSource"))
            .map(word -> constant(ScopeSource.class, word))
            .orElse(auto.scopeSource()),
        solo.flatMap(s -> s.text("globalDomain")).orElse(auto.globalDomain()),
        solo.map(PolicyReader::tiers).orElse(auto.trafficDistributionTiers()),
        version(part.get("kubernetes")),
        kgateway
            .map(k -> k.texts("namespaces"))
            .filter(namespaces -> !namespaces.isEmpty())
            .orElse(auto.kgatewayNamespaces()));
  }

  private static Map<TrafficDistribution, List<Tier>> tiers(Document solo) {
    Map<TrafficDistribution, List<Tier>> tiers = new EnumMap<>(TrafficDistribution.class);
    solo.get("trafficDistributionOrder")
        .map(Document::entries)
        .orElse(Map.of())
        .forEach(
            (mode, order) ->
                TrafficDistribution.named(mode.text())
                    .ifPresent(found -> tiers.put(found, tiersOf(order))));
    return tiers;
  }

  private static List<Tier> tiersOf(Document order) {
    return order.elements().stream().map(tier -> constant(Tier.class, tier.text())).toList();
  }

  /** Returns a fact; empty if the cluster decides. */
  private static Optional<String> fact(Optional<Document> part, String key) {
    return part.flatMap(p -> p.text(key)).filter(word -> !word.equals(PolicyForm.AUTO));
  }

  private static Optional<Version> version(Optional<Document> part) {
    return fact(part, "version").flatMap(Version::parse);
  }

  /** The document writes the constants of an enumeration in kebab case. */
  private static <E extends Enum<E>> E constant(Class<E> type, String word) {
    return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
