package dev.lintel.topology;

import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Fact;
import dev.lintel.mesh.IstioDistribution;
import dev.lintel.mesh.IstioFeatures;
import dev.lintel.mesh.Kgateway;
import dev.lintel.mesh.KgatewayDistribution;
import dev.lintel.mesh.Platform;
import dev.lintel.mesh.Platform.ReferenceGrantMode;
import dev.lintel.mesh.Release;
import dev.lintel.mesh.Since;
import dev.lintel.mesh.Version;
import dev.lintel.resource.Deployment;
import dev.lintel.resource.Deployment.Container;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the dialect from the policy, else from the Deployments of istiod and kgateway. */
final class Dialects {

  private static final Pattern SOLO_PATH = Pattern.compile("/(solo-?io|solo-public|gloo-mesh)");
  private static final Pattern SOLO_TAG = Pattern.compile("-solo(\\b|_)");
  private static final Pattern HOST = Pattern.compile("[.:]|^localhost$");
  private static final String AUTO_ALLOCATE = "PILOT_ENABLE_IP_AUTOALLOCATE";
  private static final String WILDCARD_TLS = "ENABLE_WILDCARD_HOST_SERVICE_ENTRIES_FOR_TLS";
  private static final String INTEGRATION = "KGW_ENABLE_ISTIO_INTEGRATION";
  private static final String MULTI_NETWORK = "AMBIENT_ENABLE_MULTI_NETWORK";
  private static final String WAYPOINT = "KGW_ENABLE_WAYPOINT";
  private static final String REFERENCE_GRANT_MODE = "KGW_REFERENCE_GRANT_MODE";
  private static final String DISCOVERY = "KGW_DISCOVERY_NAMESPACE_SELECTORS";
  private static final String INGRESS_USE_WAYPOINTS = "KGW_INGRESS_USE_WAYPOINTS";

  private Dialects() {}

  static Dialect of(Platform platform, Table<Deployment> deployments) {
    List<Container> controlPlane = containers(deployments, List.of(platform.rootNamespace()));
    Optional<Container> istiod = find(controlPlane, Dialects::isIstiod);
    List<Container> controllers = containers(deployments, platform.kgatewayNamespaces());
    IstioDistribution istio = platform.istio().orElseGet(() -> istio(istiod));
    Optional<Version> version = platform.istioVersion().or(() -> istiod.flatMap(Dialects::version));
    return new Dialect(
        platform,
        istio,
        version,
        istiods(platform, istio, controlPlane),
        new IstioFeatures(allocatesAddresses(istiod, version), wildcardTls(istiod, istio, version)),
        kgateway(platform, KgatewayDistribution.OPEN_SOURCE, controllers),
        kgateway(platform, KgatewayDistribution.ENTERPRISE, controllers),
        multiNetwork(istiod));
  }

  /** Whoever may write a Deployment elsewhere has no say about the installation. */
  private static List<Container> containers(
      Table<Deployment> deployments, List<String> namespaces) {
    return deployments.sorted().stream()
        .filter(deployment -> namespaces.contains(deployment.namespace()))
        .flatMap(deployment -> deployment.containers().stream())
        .toList();
  }

  private static boolean isIstiod(String image) {
    return path(image).endsWith("/pilot");
  }

  /** What the policy says counts for all of them; a build of Solo's is not upstream's. */
  private static List<Release> istiods(
      Platform platform, IstioDistribution istio, List<Container> containers) {
    List<Release> running =
        platform
            .istioVersion()
            .map(version -> List.of(Release.of(version)))
            .orElseGet(
                () ->
                    containers.stream()
                        .map(Container::image)
                        .filter(Dialects::isIstiod)
                        .map(image -> Release.ofTag(tag(image)))
                        .distinct()
                        .toList());
    return istio == IstioDistribution.SOLO
        ? running.stream().map(Release::ofVendor).toList()
        : running;
  }

  /** On by default since 1.25. */
  private static Fact allocatesAddresses(Optional<Container> istiod, Optional<Version> version) {
    return feature(
        istiod,
        AUTO_ALLOCATE,
        version.map(
            found ->
                Since.ADDRESSES_ALLOCATED.isIn(found)
                    ? Fact.yes()
                    : Fact.no(AUTO_ALLOCATE + " is not set")));
  }

  /** Off by default; what the default of a fork is cannot be known. */
  private static Fact wildcardTls(
      Optional<Container> istiod, IstioDistribution istio, Optional<Version> version) {
    return feature(
        istiod,
        WILDCARD_TLS,
        version
            .filter(found -> istio == IstioDistribution.UPSTREAM)
            .map(found -> Fact.no(WILDCARD_TLS + " is not set")));
  }

  private static Fact feature(Optional<Container> istiod, String name, Optional<Fact> byDefault) {
    Optional<String> written = istiod.flatMap(container -> variable(container, name));
    if (written.isPresent()) {
      return isTrue(written.get()) ? Fact.yes() : Fact.no(name + "=" + written.get());
    }
    return istiod
        .filter(container -> !container.hasOtherSources())
        .flatMap(container -> byDefault)
        .orElseGet(() -> Fact.unknown(name + " is not visible"));
  }

  private static IstioDistribution istio(Optional<Container> istiod) {
    return istiod
        .map(
            found ->
                isFromSolo(found.image())
                        || found.environment().keySet().stream()
                            .anyMatch(name -> name.startsWith("PEERING_"))
                    ? IstioDistribution.SOLO
                    : IstioDistribution.UPSTREAM)
        .orElse(IstioDistribution.UNKNOWN);
  }

  /** Off by default, but a value that is not visible may come from elsewhere. */
  private static Fact multiNetwork(Optional<Container> istiod) {
    return istiod
        .flatMap(found -> variable(found, MULTI_NETWORK))
        .map(value -> isTrue(value) ? Fact.yes() : Fact.no(MULTI_NETWORK + "=" + value))
        .orElseGet(() -> Fact.unknown(MULTI_NETWORK + " is not visible"));
  }

  /** Solo's images carry the vendor in the path, or in the tag's suffix. */
  private static boolean isFromSolo(String image) {
    return SOLO_PATH.matcher(path(image)).find() || SOLO_TAG.matcher(tag(image)).find();
  }

  /** Where the policy says whose kgateway it is, the image need not say it again. */
  private static Kgateway kgateway(
      Platform platform, KgatewayDistribution distribution, List<Container> containers) {
    boolean enterprise = distribution == KgatewayDistribution.ENTERPRISE;
    boolean decided = platform.kgateway().filter(distribution::equals).isPresent();
    Optional<Container> controller =
        find(
            containers,
            image -> isController(image) && (decided || isEnterprise(image) == enterprise));
    return new Kgateway(
        distribution,
        platform
            .istioIntegration()
            .map(value -> value ? Fact.yes() : Fact.no("the policy says that it is off"))
            .orElseGet(() -> integration(enterprise, controller)),
        platform
            .ingressUseWaypoints()
            .map(value -> value ? Fact.yes() : Fact.no("the policy says that it is off"))
            .orElseGet(() -> ingressUseWaypoints(enterprise, controller)),
        platform
            .referenceGrantMode()
            .map(
                mode ->
                    mode == ReferenceGrantMode.OFF
                        ? Fact.no("the policy says that it is off")
                        : Fact.yes())
            .orElseGet(() -> referenceGrants(controller)),
        controller.flatMap(found -> variable(found, DISCOVERY)),
        controller
            .map(found -> Release.ofTag(tag(found.image())))
            .map(found -> enterprise ? found.ofVendor() : found));
  }

  /** Grants are needed unless someone switched that off. */
  private static Fact referenceGrants(Optional<Container> controller) {
    if (controller.isEmpty()) {
      return notVisible();
    }
    Optional<String> written = variable(controller.get(), REFERENCE_GRANT_MODE);
    if (written.isPresent()) {
      return written.filter("OFF"::equalsIgnoreCase).isPresent()
          ? Fact.no(REFERENCE_GRANT_MODE + "=" + written.get())
          : Fact.yes();
    }
    return controller.get().hasOtherSources()
        ? Fact.unknown(REFERENCE_GRANT_MODE + " is not visible")
        : Fact.yes();
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
    return Since.INTEGRATION_OFF.isIn(version.get())
        ? Fact.no(INTEGRATION + " is not set")
        : Fact.yes();
  }

  private static Fact ingressUseWaypoints(boolean enterprise, Optional<Container> controller) {
    if (enterprise) {
      return enterpriseIngressUseWaypoints(controller);
    }
    if (controller.isEmpty()) {
      return notVisible();
    }
    Optional<String> second = variable(controller.get(), INGRESS_USE_WAYPOINTS);
    if (second.filter(value -> !isTrue(value)).isPresent()) {
      return Fact.no(INGRESS_USE_WAYPOINTS + "=" + second.get());
    }
    Optional<Version> version = version(controller.get());
    if (Since.WAYPOINT_SWITCH.isKnownToLack(version)) {
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

  /** On, unless someone switched it off; what the closed source makes of that is not known. */
  private static Fact enterpriseIngressUseWaypoints(Optional<Container> controller) {
    return Stream.of(WAYPOINT, INGRESS_USE_WAYPOINTS)
        .flatMap(
            name -> controller.flatMap(c -> variable(c, name)).map(v -> name + "=" + v).stream())
        .filter(setting -> !isTrue(setting.substring(setting.indexOf('=') + 1)))
        .findFirst()
        .map(setting -> Fact.unknown("enterprise kgateway runs with " + setting))
        .orElseGet(Fact::yes);
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
    String path = path(image);
    return path.endsWith("/kgateway")
        || path.endsWith("/enterprise-kgateway")
        || path.endsWith("/enterprise-kgateway-controller");
  }

  private static boolean isEnterprise(String image) {
    return path(image).contains("enterprise");
  }

  private static Optional<String> variable(Container container, String name) {
    return Optional.ofNullable(container.environment().get(name));
  }

  private static boolean isTrue(String value) {
    return IngressLabels.isTrueForIstiod(value);
  }

  private static Optional<Version> version(Container container) {
    return Version.parse(tag(container.image()));
  }

  /** Returns the tag; empty if there is none, as in {@code pilot@sha256:...}. */
  private static String tag(String image) {
    String named = withoutDigest(image);
    int colon = named.lastIndexOf(':');
    return colon > named.lastIndexOf('/') ? named.substring(colon + 1) : "";
  }

  /**
   * Returns the repository without the registry's host, which is anyone's to name: {@code
   * /istio/pilot} of {@code registry.example:5000/istio/pilot:1.30.2}.
   */
  private static String path(String image) {
    String named = withoutDigest(image);
    int colon = named.lastIndexOf(':');
    String repository = colon > named.lastIndexOf('/') ? named.substring(0, colon) : named;
    int slash = repository.indexOf('/');
    boolean hasHost = slash > 0 && HOST.matcher(repository.substring(0, slash)).find();
    return hasHost ? repository.substring(slash) : "/" + repository;
  }

  private static String withoutDigest(String image) {
    int at = image.indexOf('@');
    return at < 0 ? image : image.substring(0, at);
  }
}
