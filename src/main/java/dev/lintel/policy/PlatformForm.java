package dev.lintel.policy;

import static dev.lintel.policy.Form.fact;
import static dev.lintel.policy.Form.listOf;
import static dev.lintel.policy.Form.text;

import dev.lintel.mesh.IstioDistribution;
import dev.lintel.mesh.KgatewayDistribution;
import dev.lintel.mesh.Platform;
import dev.lintel.mesh.Platform.ReferenceGrantMode;
import dev.lintel.mesh.Platform.ScopeSource;
import dev.lintel.mesh.Tier;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.mesh.Version;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the document says about the installation. */
final class PlatformForm {

  private static final Form<String> DOMAIN =
      text("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*", 253, "a domain");
  private static final Form<String> NAMESPACE =
      text("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", 63, "a namespace's name");
  private static final Form<Optional<Version>> VERSION =
      text("auto|v?\\d{1,6}\\.\\d{1,6}([.+-].*)?", 63, "a version such as \"1.30\", or auto")
          .as(Version::parse, version -> version.map(Version::toString).orElse(Form.AUTO));
  private static final Form<Optional<Boolean>> TRUTH = fact(List.of(true, false), String::valueOf);

  private final Section<Platform> keys = Section.outermost();
  private final Key<Platform, String> clusterDomain =
      keys.fact("clusterDomain", DOMAIN, Platform::clusterDomain, "The cluster's DNS domain.");

  private final Section<Platform> istio = keys.section("istio", "Istio.");
  private final Key<Platform, Optional<IstioDistribution>> istioDistribution =
      istio.fact(
          "distribution",
          fact(List.of(IstioDistribution.UPSTREAM, IstioDistribution.SOLO), Form::kebab),
          Platform::istio,
          "Whose Istio it is.");
  private final Key<Platform, Optional<Version>> istioVersion =
      istio.fact("version", VERSION, Platform::istioVersion, "istiod's version.");
  private final Key<Platform, String> rootNamespace =
      istio.fact("rootNamespace", NAMESPACE, Platform::rootNamespace, "Istio's root namespace.");

  private final Section<Platform> kgateway = keys.section("kgateway", "kgateway.");
  private final Key<Platform, Optional<KgatewayDistribution>> kgatewayDistribution =
      kgateway.fact(
          "distribution",
          fact(List.of(KgatewayDistribution.values()), Form::kebab),
          Platform::kgateway,
          "Whose kgateway it is.");
  private final Key<Platform, List<String>> kgatewayNamespaces =
      kgateway.fact(
          "namespaces",
          listOf(NAMESPACE, 1),
          Platform::kgatewayNamespaces,
          "Where its controllers run; kgateway-system if left out.");
  private final Key<Platform, Optional<Boolean>> istioIntegration =
      kgateway.fact(
          "istioIntegration",
          TRUTH,
          Platform::istioIntegration,
          "Does it read DestinationRules and ServiceEntries?");
  private final Key<Platform, Optional<Boolean>> ingressUseWaypoints =
      kgateway.fact(
          "ingressUseWaypoints",
          TRUTH,
          Platform::ingressUseWaypoints,
          "Does it honour istio.io/ingress-use-waypoint?");
  private final Key<Platform, Optional<ReferenceGrantMode>> referenceGrantMode =
      kgateway.fact(
          "referenceGrantMode",
          fact(List.of(ReferenceGrantMode.values()), Form::kebab),
          Platform::referenceGrantMode,
          "How it treats references to other namespaces.");

  private final Section<Platform> solo =
      keys.section("solo", "What is particular to Solo's distribution of Istio.");
  private final Key<Platform, ScopeSource> scopeSource =
      solo.fact(
          "scopeSource",
          Form.words(List.of(ScopeSource.values()), Form::kebab),
          Platform::scopeSource,
          "Where the installed release reads scope and takeover from.");
  private final Key<Platform, String> globalDomain =
      solo.fact(
          "globalDomain",
          DOMAIN,
          Platform::globalDomain,
          "The domain of global hosts outside segments.");
  private final Key<Platform, Map<TrafficDistribution, List<Tier>>> trafficDistributionTiers =
      solo.fact(
          "trafficDistributionOrder",
          trafficDistributionOrder(),
          Platform::trafficDistributionTiers,
          "What the modes of traffic distribution compare, where a release differs.");

  private final Section<Platform> kubernetes = keys.section("kubernetes", "Kubernetes.");
  private final Key<Platform, Optional<Version>> kubernetesVersion =
      kubernetes.fact("version", VERSION, Platform::kubernetesVersion, "The API server's version.");

  /** Returns how facts about the installation are written. */
  Form<Platform> form() {
    return form(Platform.AUTO);
  }

  /**
   * Returns the same form.
   *
   * @param otherwise has the facts that are left out
   */
  Form<Platform> form(Platform otherwise) {
    return keys.form(otherwise, this::made);
  }

  /** Returns how they are compared. */
  Comparison<Platform> comparison() {
    return keys;
  }

  private Platform made(Part<Platform> in) {
    return new Platform(
        in.of(clusterDomain),
        in.of(rootNamespace),
        in.of(istioDistribution),
        in.of(istioVersion),
        in.of(kgatewayDistribution),
        in.of(istioIntegration),
        in.of(ingressUseWaypoints),
        in.of(referenceGrantMode),
        in.of(scopeSource),
        in.of(globalDomain),
        in.of(trafficDistributionTiers),
        in.of(kubernetesVersion),
        in.of(kgatewayNamespaces));
  }

  private static Form<Map<TrafficDistribution, List<Tier>>> trafficDistributionOrder() {
    Section<Map<TrafficDistribution, List<Tier>>> keys = Section.outermost();
    Form<Optional<List<Tier>>> tiers =
        listOf(Form.words(List.of(Tier.values()), Tier::spelling), 0).optional();
    Map<TrafficDistribution, Key<Map<TrafficDistribution, List<Tier>>, Optional<List<Tier>>>>
        modes = new EnumMap<>(TrafficDistribution.class);
    for (String name :
        List.of("PreferClose", "PreferSameNode", "PreferRegion", "PreferNetwork", "Any")) {
      TrafficDistribution mode = TrafficDistribution.named(name).orElseThrow();
      String otherwise =
          mode.tiers().isEmpty()
              ? "nothing"
              : mode.tiers().stream().map(Tier::spelling).collect(Collectors.joining(", "));
      modes.put(
          mode,
          keys.part(
              name,
              tiers,
              orders -> Optional.ofNullable(orders.get(mode)),
              "What it compares, one after the other: %s if left out.".formatted(otherwise)));
    }
    return keys.form(
        Map.of(),
        in -> {
          Map<TrafficDistribution, List<Tier>> orders = new EnumMap<>(TrafficDistribution.class);
          modes.forEach((mode, key) -> in.of(key).ifPresent(order -> orders.put(mode, order)));
          return orders;
        });
  }
}
