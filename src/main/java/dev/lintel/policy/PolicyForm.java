package dev.lintel.policy;

import static dev.lintel.policy.Form.optional;
import static dev.lintel.policy.Form.required;
import static dev.lintel.policy.Form.words;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.mesh.Tier;
import dev.lintel.mesh.TrafficDistribution;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a policy document looks like, with a sentence about each key. */
final class PolicyForm {

  /** The one version there is. */
  static final String API_VERSION = "lintel.dev/v1";

  /** In place of rules: all of them. */
  static final String EVERY_RULE = "*";

  /** In place of a fact: read from the cluster. */
  static final String AUTO = "auto";

  private static final int MAX_WORD = 63;
  private static final int MAX_NAME = 253;
  private static final int MAX_LABEL = 317;
  private static final int MAX_RESOURCE = 2 * MAX_NAME + MAX_WORD;
  private static final int MAX_SENTENCE = 1000;

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern DOMAIN =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
  private static final Pattern VERSION = Pattern.compile("auto|v?\\d{1,6}\\.\\d{1,6}([.+-].*)?");
  private static final Pattern SENTENCE = Pattern.compile("(?s).*\\S.*");
  private static final Pattern LABEL = Pattern.compile("\\S{1,317}");
  private static final Pattern RESOURCE =
      Pattern.compile("(Service|ServiceEntry|DestinationRule|\\*)(/[A-Za-z0-9.*?-]{1,253}){2}");

  private static final Form ACTION = words("deny", "warn", "audit", "off");
  private static final Form TRISTATE = words(AUTO, "true", "false");
  private static final Form VERSIONS =
      new Form.Text(VERSION, MAX_WORD, "a version such as \"1.30\", or auto");
  private static final Form GLOBS =
      new Form.ListOf(new Form.Text(Glob.syntax(), Glob.MAX_LENGTH, Glob.EXPECTED), 1);

  private PolicyForm() {}

  /** Returns the form of a document, given the rules that there are. */
  static Form.Group of(RuleCatalogue catalogue) {
    Set<String> names =
        catalogue.rules().stream()
            .flatMap(rule -> Stream.of(rule.info().code(), rule.info().name()))
            .collect(Collectors.toUnmodifiableSet());
    Form actions = new Form.MapOf(new Form.RuleName(names), ACTION);
    Set<String> orEvery =
        Stream.concat(names.stream(), Stream.of(EVERY_RULE)).collect(Collectors.toSet());
    Form rules = new Form.ListOf(new Form.RuleName(orEvery), 1);
    return new Form.Group(
        List.of(
            required("apiVersion", words(API_VERSION), "The version of this document."),
            required("kind", words("Policy"), "What this document is."),
            optional("enforcement", ACTION, "The ceiling for every finding; deny if left out."),
            optional("rules", actions, "What single rules do, by code or by name."),
            optional(
                "overrides",
                new Form.ListOf(override(actions), 0),
                "What holds for some namespaces instead; of several that fit, the last counts."),
            optional(
                "exemptions",
                new Form.ListOf(exemption(rules), 0),
                "Findings that are accepted for a while: they go to the audit log only."),
            optional("subjects", subjects(), "Whose writes are not judged."),
            optional("annotations", annotations(rules), "What objects may say themselves."),
            optional(
                "disclose",
                words("all", "own-namespace"),
                "What an answer names of other namespaces: everything, or only what the writer's"
                    + " namespace names itself; own-namespace if left out."),
            optional("limits", limits(), "Bounds on what one answer costs and says."),
            optional("platform", platform(), "Facts about the installation.")));
  }

  private static Form override(Form actions) {
    return new Form.Group(
        List.of(
            optional("namespaces", GLOBS, "The namespaces, by name."),
            optional("namespaceSelector", selector(), "The namespaces, by their labels."),
            optional("enforcement", ACTION, "The ceiling there; at most the document's own."),
            optional("rules", actions, "What single rules do there.")));
  }

  private static Form selector() {
    Form label = new Form.Text(LABEL, MAX_LABEL, "a label's key or value");
    Form expression =
        new Form.Group(
            List.of(
                required("key", label, "The label's key."),
                required(
                    "operator",
                    words("In", "NotIn", "Exists", "DoesNotExist"),
                    "How the label is compared."),
                optional("values", new Form.ListOf(label, 1), "Values for In and NotIn.")));
    return new Form.Group(
        List.of(
            optional(
                "matchLabels",
                new Form.MapOf(
                    label,
                    new Form.Text(Pattern.compile("\\S{0,63}"), MAX_WORD, "a label's value")),
                "Labels that must be there with these values."),
            optional("matchExpressions", new Form.ListOf(expression, 0), "Further conditions.")));
  }

  private static Form exemption(Form rules) {
    Form sentence = new Form.Text(SENTENCE, MAX_SENTENCE, "a text of up to 1000 characters");
    Form resource =
        new Form.Text(
            RESOURCE,
            MAX_RESOURCE,
            "of the form Kind/namespace/name, in which * and ? are wildcards");
    return new Form.Group(
        List.of(
            required("rules", rules, "The rules, by code or by name; \"*\" for all."),
            required("resources", new Form.ListOf(resource, 1), "The objects."),
            required("reason", sentence, "Why this is accepted."),
            required("owner", sentence, "Who answers for it."),
            optional("expires", new Form.Day(), "The last day on which it counts.")));
  }

  private static Form subjects() {
    return new Form.Group(
        List.of(
            optional("ignoreUsers", GLOBS, "Users, by name."),
            optional("ignoreGroups", GLOBS, "Groups, by name."),
            optional(
                "controllers",
                GLOBS,
                "The users of controllers, whose writes of what they generate are not judged; those"
                    + " of a default installation if left out.")));
  }

  private static Form annotations(Form rules) {
    return new Form.Group(
        List.of(
            optional(
                "allow",
                rules,
                "Rules that an object may be exempted from by its own annotation"
                    + " lintel.dev/exempt: \"CODE: reason\". None if left out.")));
  }

  private static Form limits() {
    return new Form.Group(
        List.of(
            optional(
                "dependents",
                new Form.Whole(0, Limits.MAX_DEPENDENTS),
                "How many other objects are looked at for one write; 50 if left out."),
            optional(
                "warnings",
                new Form.Whole(1, Limits.MAX_WARNINGS),
                "How many warnings one answer has; 5 if left out."),
            optional(
                "bodyKiB",
                new Form.Whole(Limits.MIN_BODY_KIB, Limits.MAX_BODY_KIB),
                "How large a request may be, in KiB, from 1024 to 7168; 7168 (7 MiB) if left out."
                    + " What is larger is not judged.")));
  }

  private static Form platform() {
    return new Form.Group(
        List.of(
            optional(
                "clusterDomain",
                new Form.Text(DOMAIN, MAX_NAME, "a domain"),
                "The cluster's DNS domain."),
            optional("istio", istio(), "Istio."),
            optional("kgateway", kgateway(), "kgateway."),
            optional("solo", solo(), "What is particular to Solo's distribution of Istio."),
            optional(
                "kubernetes",
                new Form.Group(List.of(optional("version", VERSIONS, "The API server's version."))),
                "Kubernetes.")));
  }

  private static Form istio() {
    return new Form.Group(
        List.of(
            optional("distribution", words(AUTO, "upstream", "solo"), "Whose Istio it is."),
            optional("version", VERSIONS, "istiod's version."),
            optional(
                "rootNamespace",
                new Form.Text(NAME, MAX_WORD, "a namespace's name"),
                "Istio's root namespace.")));
  }

  private static Form kgateway() {
    return new Form.Group(
        List.of(
            optional(
                "distribution", words(AUTO, "open-source", "enterprise"), "Whose kgateway it is."),
            optional(
                "namespaces",
                new Form.ListOf(new Form.Text(NAME, MAX_WORD, "a namespace's name"), 1),
                "Where its controllers run; kgateway-system if left out."),
            optional(
                "istioIntegration", TRISTATE, "Does it read DestinationRules and ServiceEntries?"),
            optional(
                "ingressUseWaypoints", TRISTATE, "Does it honour istio.io/ingress-use-waypoint?"),
            optional(
                "referenceGrantMode",
                words(AUTO, "off", "permissive", "strict"),
                "How it treats references to other namespaces.")));
  }

  private static Form solo() {
    return new Form.Group(
        List.of(
            optional(
                "scopeSource",
                words("labels", "annotations"),
                "Where the installed release reads scope and takeover from."),
            optional(
                "globalDomain",
                new Form.Text(DOMAIN, MAX_NAME, "a domain"),
                "The domain of global hosts outside segments."),
            optional(
                "trafficDistributionOrder",
                trafficDistributionOrder(),
                "What the modes of traffic distribution compare, where a release differs.")));
  }

  private static Form trafficDistributionOrder() {
    Form tiers = new Form.ListOf(words("network", "region", "zone", "subzone", "node"), 0);
    String compared = "What it compares, one after the other: %s if left out.";
    return new Form.Group(
        Stream.of("PreferClose", "PreferSameNode", "PreferRegion", "PreferNetwork", "Any")
            .map(
                mode ->
                    optional(
                        mode,
                        tiers,
                        compared.formatted(
                            TrafficDistribution.named(mode)
                                .map(TrafficDistribution::tiers)
                                .filter(found -> !found.isEmpty())
                                .map(PolicyForm::spoken)
                                .orElse("nothing"))))
            .toList());
  }

  private static String spoken(List<Tier> tiers) {
    return tiers.stream().map(Tier::spelling).collect(Collectors.joining(", "));
  }
}
