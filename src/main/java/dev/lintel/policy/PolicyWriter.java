package dev.lintel.policy;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.mesh.IstioDistribution;
import dev.lintel.mesh.Platform;
import dev.lintel.mesh.Tier;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.mesh.Version;
import dev.lintel.resource.LabelSelector;
import dev.lintel.rule.Action;
import dev.lintel.rule.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * Writes a policy as a document with nothing left out: the defaults stand where nothing else was
 * said, and every rule of the catalogue with what comes of it. The reader takes it back.
 */
public final class PolicyWriter {

  private PolicyWriter() {}

  /** Returns the document, YAML 1.2. */
  public static String write(Policy policy, RuleCatalogue catalogue) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("apiVersion", PolicyForm.API_VERSION);
    document.put("kind", "Policy");
    document.put("enforcement", policy.enforcement().word());
    document.put("rules", rules(policy, catalogue));
    document.put("overrides", each(policy.overrides(), PolicyWriter::override));
    document.put("exemptions", each(policy.exemptions(), PolicyWriter::exemption));
    document.put("subjects", subjects(policy));
    if (!policy.annotated().isEmpty()) {
      document.put("annotations", Map.of("allow", sorted(policy.annotated())));
    }
    document.put("disclose", policy.disclose().word());
    document.put("limits", limits(policy.limits()));
    document.put("platform", platform(policy.platform()));
    DumpSettings settings =
        DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setWidth(120).build();
    return new Dump(settings).dumpToString(document);
  }

  /** A list that stands in two places would be written as an anchor and an alias. */
  private static <T> List<Object> each(List<T> parts, Function<T, Map<String, Object>> write) {
    List<Object> written = new ArrayList<>();
    parts.forEach(part -> written.add(write.apply(part)));
    return written;
  }

  private static Map<String, Object> rules(Policy policy, RuleCatalogue catalogue) {
    Map<String, Object> rules = new LinkedHashMap<>();
    for (Rule rule : catalogue.rules()) {
      Action action =
          policy.actions().getOrDefault(rule.info().code(), rule.info().defaultAction());
      rules.put(rule.info().name(), action.word());
    }
    return rules;
  }

  private static Map<String, Object> override(NamespaceOverride override) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (!override.namespaces().isEmpty()) {
      map.put("namespaces", texts(override.namespaces()));
    }
    override.selector().ifPresent(selector -> map.put("namespaceSelector", selector(selector)));
    override.enforcement().ifPresent(action -> map.put("enforcement", action.word()));
    if (!override.actions().isEmpty()) {
      Map<String, Object> actions = new TreeMap<>();
      override.actions().forEach((code, action) -> actions.put(code, action.word()));
      map.put("rules", actions);
    }
    return map;
  }

  private static Map<String, Object> selector(LabelSelector selector) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (!selector.matchLabels().isEmpty()) {
      map.put("matchLabels", new TreeMap<>(selector.matchLabels()));
    }
    if (!selector.matchExpressions().isEmpty()) {
      List<Object> expressions = new ArrayList<>();
      for (LabelSelector.Expression expression : selector.matchExpressions()) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("key", expression.key());
        one.put("operator", expression.operator());
        if (!expression.values().isEmpty()) {
          one.put("values", expression.values());
        }
        expressions.add(one);
      }
      map.put("matchExpressions", expressions);
    }
    return map;
  }

  private static Map<String, Object> exemption(Exemption exemption) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(
        "rules",
        exemption.rules().isEmpty() ? List.of(PolicyForm.EVERY_RULE) : sorted(exemption.rules()));
    map.put("resources", texts(exemption.resources()));
    map.put("reason", exemption.reason());
    map.put("owner", exemption.owner());
    exemption.expires().ifPresent(day -> map.put("expires", day.toString()));
    return map;
  }

  private static Map<String, Object> subjects(Policy policy) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (!policy.ignoreUsers().isEmpty()) {
      map.put("ignoreUsers", texts(policy.ignoreUsers()));
    }
    if (!policy.ignoreGroups().isEmpty()) {
      map.put("ignoreGroups", texts(policy.ignoreGroups()));
    }
    map.put("controllers", texts(policy.effectiveControllers()));
    return map;
  }

  private static Map<String, Object> limits(Limits limits) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("dependents", limits.dependents());
    map.put("warnings", limits.warnings());
    map.put("bodyKiB", limits.bodyKib());
    return map;
  }

  /** Returns the facts about an installation as the document states them. */
  static Map<String, Object> platform(Platform platform) {
    Map<String, Object> istio = new LinkedHashMap<>();
    istio.put(
        "distribution", word(platform.istio().filter(found -> found != IstioDistribution.UNKNOWN)));
    istio.put("version", version(platform.istioVersion()));
    istio.put("rootNamespace", platform.rootNamespace());
    Map<String, Object> kgateway = new LinkedHashMap<>();
    kgateway.put("distribution", word(platform.kgateway()));
    kgateway.put("namespaces", platform.kgatewayNamespaces());
    kgateway.put("istioIntegration", truth(platform.istioIntegration()));
    kgateway.put("ingressUseWaypoints", truth(platform.ingressUseWaypoints()));
    kgateway.put("referenceGrantMode", word(platform.referenceGrantMode()));
    Map<String, Object> solo = new LinkedHashMap<>();
    solo.put("scopeSource", word(Optional.of(platform.scopeSource())));
    solo.put("globalDomain", platform.globalDomain());
    if (!platform.trafficDistributionTiers().isEmpty()) {
      solo.put("trafficDistributionOrder", tiers(platform));
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("clusterDomain", platform.clusterDomain());
    map.put("istio", istio);
    map.put("kgateway", kgateway);
    map.put("solo", solo);
    map.put("kubernetes", Map.of("version", version(platform.kubernetesVersion())));
    return map;
  }

  private static Map<String, Object> tiers(Platform platform) {
    Map<String, Object> orders = new TreeMap<>();
    platform
        .trafficDistributionTiers()
        .forEach(
            (mode, tiers) ->
                orders.put(
                    mode == TrafficDistribution.PREFER_SAME_ZONE ? "PreferClose" : mode.spelling(),
                    tiers.stream().map(Tier::spelling).toList()));
    return orders;
  }

  private static Object truth(Optional<Boolean> value) {
    return value.<Object>map(found -> found).orElse(PolicyForm.AUTO);
  }

  private static String word(Optional<? extends Enum<?>> constant) {
    return constant
        .map(found -> found.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .orElse(PolicyForm.AUTO);
  }

  private static String version(Optional<Version> version) {
    return version.map(Version::toString).orElse(PolicyForm.AUTO);
  }

  private static List<String> sorted(Collection<String> texts) {
    return List.copyOf(new TreeSet<>(texts));
  }

  private static List<String> texts(Collection<?> parts) {
    return parts.stream().map(Object::toString).toList();
  }
}
