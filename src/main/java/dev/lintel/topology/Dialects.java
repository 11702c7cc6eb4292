package dev.lintel.topology;

import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Fact;
import dev.lintel.mesh.IstioDistribution;
import dev.lintel.mesh.Kgateway;
import dev.lintel.mesh.KgatewayDistribution;
import dev.lintel.mesh.Platform;
import dev.lintel.mesh.Version;
import dev.lintel.resource.Deployment;
import dev.lintel.resource.Deployment.Container;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads the dialect from the policy, else from the Deployments of istiod and kgateway. */
final class Dialects {

  private static final String INTEGRATION = "KGW_ENABLE_ISTIO_INTEGRATION";
  private static final String WAYPOINT = "KGW_ENABLE_WAYPOINT";
  private static final String INGRESS_USE_WAYPOINTS = "KGW_INGRESS_USE_WAYPOINTS";

  private Dialects() {}

  static Dialect of(Platform platform, Table<Deployment> deployments) {
    List<Container> containers =
        deployments.sorted().stream().flatMap(d -> d.containers().stream()).toList();
    Optional<Container> istiod = find(containers, image -> repository(image).endsWith("/pilot"));
    return new Dialect(
        platform,
        platform.istio().orElseGet(() -> istio(istiod)),
        platform.istioVersion().or(() -> istiod.flatMap(Dialects::version)),
        kgateway(platform, KgatewayDistribution.OPEN_SOURCE, containers),
        kgateway(platform, KgatewayDistribution.ENTERPRISE, containers));
  }

  private static IstioDistribution istio(Optional<Container> istiod) {
    return istiod
        .map(
            found ->
                found.image().contains("solo")
                        || found.environment().keySet().stream()
                            .anyMatch(name -> name.startsWith("PEERING_"))
                    ? IstioDistribution.SOLO
                    : IstioDistribution.UPSTREAM)
        .orElse(IstioDistribution.UNKNOWN);
  }

  private static Kgateway kgateway(
      Platform platform, KgatewayDistribution distribution, List<Container> containers) {
    boolean enterprise = distribution == KgatewayDistribution.ENTERPRISE;
    Optional<Container> controller =
        find(
            containers, image -> isController(image) && image.contains("enterprise") == enterprise);
    return new Kgateway(
        distribution,
        platform
            .istioIntegration()
            .map(value -> value ? Fact.yes() : Fact.no("the policy says that it is off"))
            .orElseGet(() -> integration(enterprise, controller)),
        platform
            .ingressUseWaypoints()
            .map(value -> value ? Fact.yes() : Fact.no("the policy says that it is off"))
            .orElseGet(() -> ingressUseWaypoints(enterprise, controller)));
  }

  private static Fact integration(boolean enterprise, Optional<Container> controller) {
    if (controller.isEmpty()) {
      return notVisible();
    }
    Optional<String> written = variable(controller.get(), INTEGRATION);
    if (written.isPresent()) {
      return isTrue(written.get()) ? Fact.yes() : Fact.no(INTEGRATION + "=" + written.get());
    }
    Optional<Version> version = version(controller.get());
    if (enterprise || controller.get().hasOtherSources() || version.isEmpty()) {
      return Fact.unknown(INTEGRATION + " is not visible");
    }
    return version.get().isAtLeast(2, 3) ? Fact.no(INTEGRATION + " is not set") : Fact.yes();
  }

  private static Fact ingressUseWaypoints(boolean enterprise, Optional<Container> controller) {
    if (enterprise) {
      return Fact.yes();
    }
    if (controller.isEmpty()) {
      return notVisible();
    }
    Optional<String> second = variable(controller.get(), INGRESS_USE_WAYPOINTS);
    if (second.filter(value -> !isTrue(value)).isPresent()) {
      return Fact.no(INGRESS_USE_WAYPOINTS + "=" + second.get());
    }
    Optional<Version> version = version(controller.get());
    if (version.filter(found -> !found.isAtLeast(2, 1)).isPresent()) {
      return olderThanTheSwitch(controller.get(), second);
    }
    Optional<String> first = variable(controller.get(), WAYPOINT);
    if (first.isPresent()) {
      return isTrue(first.get()) ? Fact.yes() : Fact.no(WAYPOINT + "=" + first.get());
    }
    return controller.get().hasOtherSources() || version.isEmpty()
        ? Fact.unknown(WAYPOINT + " is not visible")
        : Fact.no(WAYPOINT + " is not set");
  }

  /** Up to 2.0 the plugin was always there, and one variable switched it on. */
  private static Fact olderThanTheSwitch(Container controller, Optional<String> second) {
    if (second.isPresent()) {
      return Fact.yes();
    }
    return controller.hasOtherSources()
        ? Fact.unknown(INGRESS_USE_WAYPOINTS + " is not visible")
        : Fact.no(INGRESS_USE_WAYPOINTS + " is not set");
  }

  private static Fact notVisible() {
    return Fact.unknown("the kgateway controller is not visible");
  }

  private static Optional<Container> find(List<Container> containers, Predicate<String> image) {
    return containers.stream()
        .filter(container -> image.test(container.image()))
        .max(Comparator.comparing(container -> version(container).orElse(Version.of(0, 0))));
  }

  private static boolean isController(String image) {
    String repository = repository(image);
    return repository.endsWith("/kgateway") || repository.endsWith("/enterprise-kgateway");
  }

  private static Optional<String> variable(Container container, String name) {
    return Optional.ofNullable(container.environment().get(name));
  }

  private static boolean isTrue(String value) {
    return IngressLabels.isTrueForIstiod(value) || value.toLowerCase(Locale.ROOT).equals("true");
  }

  private static Optional<Version> version(Container container) {
    String image = container.image();
    int at = image.indexOf('@');
    String named = at < 0 ? image : image.substring(0, at);
    int colon = named.lastIndexOf(':');
    return colon < named.lastIndexOf('/')
        ? Optional.empty()
        : Version.parse(named.substring(colon + 1));
  }

  private static String repository(String image) {
    String named = image.split("[@]", 2)[0];
    int colon = named.lastIndexOf(':');
    return "/" + (colon > named.lastIndexOf('/') ? named.substring(0, colon) : named);
  }
}
