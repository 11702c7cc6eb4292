package dev.lintel.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Fact;
import dev.lintel.mesh.IstioDistribution;
import dev.lintel.mesh.Kgateway;
import dev.lintel.mesh.KgatewayDistribution;
import dev.lintel.mesh.Platform;
import dev.lintel.mesh.Platform.ReferenceGrantMode;
import dev.lintel.mesh.Platform.ScopeSource;
import dev.lintel.mesh.Version;
import dev.lintel.resource.Deployment;
import dev.lintel.resource.Deployment.Container;
import dev.lintel.resource.Metadata;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What images and variables of Deployments tell of the installation. */
class DialectsTest {

  private static final String KGATEWAY = "cr.kgateway.dev/kgateway-dev/kgateway:v2.3.1";
  private static final String ENTERPRISE =
      "us-docker.pkg.dev/solo-public/enterprise-kgateway/enterprise-kgateway-controller:2.1.1";

  @ParameterizedTest
  @CsvSource({
    "docker.io/istio/pilot:1.30.2, UPSTREAM, 1.30.2",
    "docker.io/istio/pilot:1.30.2-distroless@sha256:ab:cd, UPSTREAM, 1.30.2",
    "istio/pilot:1.27.0, UPSTREAM, 1.27.0",
    "registry.example:5000/istio/pilot, UPSTREAM, ''",
    "localhost/istio/pilot:1.29.1, UPSTREAM, 1.29.1",
    "soloio-img.example/istio/pilot:1.30.1, UPSTREAM, 1.30.1",
    "us-docker.pkg.dev/soloio-img/istio/pilot:1.30.2, SOLO, 1.30.2",
    "us-docker.pkg.dev/gloo-mesh/istio-workloads/pilot:1.24.3, SOLO, 1.24.3",
    "registry.example/istio/pilot:1.30.2-solo, SOLO, 1.30.2",
    "registry.example/istio/pilot:1.30.2-solo-distroless, SOLO, 1.30.2",
    "registry.example/istio/pilot:1.30.2-solomon, UPSTREAM, 1.30.2",
    "istio/pilot@sha256:abcdef, UPSTREAM, ''",
    "docker.io/istio/pilot-agent:1.30.2, UNKNOWN, ''",
  })
  void theImageOfIstiodTellsWhoseItIsAndWhichVersion(
      String image, IstioDistribution istio, String version) {
    Dialect dialect = dialect(Platform.AUTO, container(image, ""));
    assertThat(dialect.istio()).isEqualTo(istio);
    assertThat(dialect.istioVersion().map(Version::toString).orElse("")).isEqualTo(version);
  }

  @Test
  void variablesOfPeeringTellSolosIstioWhateverItsImage() {
    assertThat(dialect(Platform.AUTO, container("a/pilot:1.30.2", "PEERING_X=y")).istio())
        .isEqualTo(IstioDistribution.SOLO);
  }

  @Test
  void ofSeveralReleasesTheNewestCounts() {
    Dialect dialect =
        dialect(
            Platform.AUTO,
            container("docker.io/istio/pilot:1.29.9", ""),
            container("docker.io/istio/pilot:1.30.0", ""),
            container("docker.io/istio/pilot:latest", ""));
    assertThat(dialect.istioVersion()).hasValue(Version.of(1, 30));
  }

  @ParameterizedTest
  @CsvSource({
    "1.24.9, '', no PILOT_ENABLE_IP_AUTOALLOCATE is not set",
    "1.25.0, '', yes",
    "1.25.0, PILOT_ENABLE_IP_AUTOALLOCATE=false, no PILOT_ENABLE_IP_AUTOALLOCATE=false",
    "1.24.0, PILOT_ENABLE_IP_AUTOALLOCATE=true, yes",
    "1.25.0, ..., unknown PILOT_ENABLE_IP_AUTOALLOCATE is not visible",
    "latest, '', unknown PILOT_ENABLE_IP_AUTOALLOCATE is not visible",
  })
  void istiodAllocatesAddressesByDefaultSince125(String tag, String variables, String fact) {
    Dialect dialect = dialect(Platform.AUTO, container("docker.io/istio/pilot:" + tag, variables));
    assertThat(spoken(dialect.features().allocatesAddresses())).isEqualTo(fact);
  }

  @ParameterizedTest
  @CsvSource({
    "1.30.0, '', no ENABLE_WILDCARD_HOST_SERVICE_ENTRIES_FOR_TLS is not set",
    "1.30.0, ENABLE_WILDCARD_HOST_SERVICE_ENTRIES_FOR_TLS=true, yes",
    "1.30.0-solo, '', unknown ENABLE_WILDCARD_HOST_SERVICE_ENTRIES_FOR_TLS is not visible",
    "latest, '', unknown ENABLE_WILDCARD_HOST_SERVICE_ENTRIES_FOR_TLS is not visible",
  })
  void wildcardTlsIsOffByDefaultInUpstreamIstio(String tag, String variables, String fact) {
    Dialect dialect = dialect(Platform.AUTO, container("docker.io/istio/pilot:" + tag, variables));
    assertThat(spoken(dialect.features().wildcardTls())).isEqualTo(fact);
  }

  @ParameterizedTest
  @CsvSource({
    "'', unknown AMBIENT_ENABLE_MULTI_NETWORK is not visible",
    "AMBIENT_ENABLE_MULTI_NETWORK=true, yes",
    "AMBIENT_ENABLE_MULTI_NETWORK=1, yes",
    "AMBIENT_ENABLE_MULTI_NETWORK=false, no AMBIENT_ENABLE_MULTI_NETWORK=false",
  })
  void multiNetworkIsKnownWhereItIsWritten(String variables, String fact) {
    Dialect dialect = dialect(Platform.AUTO, container("docker.io/istio/pilot:1.30.0", variables));
    assertThat(spoken(dialect.multiNetwork())).isEqualTo(fact);
  }

  @ParameterizedTest
  @CsvSource({
    "v2.2.9, '', yes",
    "v2.3.0, '', no KGW_ENABLE_ISTIO_INTEGRATION is not set",
    "v2.3.0, KGW_ENABLE_ISTIO_INTEGRATION=true, yes",
    "v2.2.0, KGW_ENABLE_ISTIO_INTEGRATION=false, no KGW_ENABLE_ISTIO_INTEGRATION=false",
    "v2.3.0, ..., unknown KGW_ENABLE_ISTIO_INTEGRATION is not visible",
    "latest, '', unknown KGW_ENABLE_ISTIO_INTEGRATION is not visible",
  })
  void openSourceKgatewayReadsIstiosObjectsByDefaultBefore23(
      String tag, String variables, String fact) {
    Kgateway kgateway = openSource(Platform.AUTO, container(untagged(KGATEWAY) + tag, variables));
    assertThat(spoken(kgateway.istioIntegration())).isEqualTo(fact);
  }

  @ParameterizedTest
  @CsvSource({
    "'', unknown KGW_ENABLE_ISTIO_INTEGRATION is not visible",
    "KGW_ENABLE_ISTIO_INTEGRATION=true, yes",
    "KGW_ENABLE_ISTIO_INTEGRATION=0, no KGW_ENABLE_ISTIO_INTEGRATION=0",
  })
  void theDefaultOfEnterpriseKgatewayIsNotKnown(String variables, String fact) {
    Kgateway kgateway = enterprise(Platform.AUTO, container(ENTERPRISE, variables));
    assertThat(spoken(kgateway.istioIntegration())).isEqualTo(fact);
  }

  @ParameterizedTest
  @CsvSource({
    "v2.3.0, '', no KGW_ENABLE_WAYPOINT is not set",
    "v2.1.0, KGW_ENABLE_WAYPOINT=true, yes",
    "v2.3.0, KGW_ENABLE_WAYPOINT=false, no KGW_ENABLE_WAYPOINT=false",
    "v2.3.0, KGW_ENABLE_WAYPOINT=true KGW_INGRESS_USE_WAYPOINTS=false, no"
        + " KGW_INGRESS_USE_WAYPOINTS=false",
    "v2.3.0, KGW_ENABLE_WAYPOINT=true KGW_INGRESS_USE_WAYPOINTS=true, yes",
    "v2.3.0, KGW_INGRESS_USE_WAYPOINTS=true, no KGW_ENABLE_WAYPOINT is not set",
    "v2.3.0, ..., unknown KGW_ENABLE_WAYPOINT is not visible",
    "latest, '', unknown KGW_ENABLE_WAYPOINT is not visible",
    "v2.0.9, '', no KGW_INGRESS_USE_WAYPOINTS is not set",
    "v2.0.9, KGW_INGRESS_USE_WAYPOINTS=true, yes",
    "v2.0.9, KGW_ENABLE_WAYPOINT=true, no KGW_INGRESS_USE_WAYPOINTS is not set",
    "v2.0.9, ..., unknown KGW_INGRESS_USE_WAYPOINTS is not visible",
  })
  void openSourceKgatewayHonoursTheLabelWhereItIsSwitchedOn(
      String tag, String variables, String fact) {
    Kgateway kgateway = openSource(Platform.AUTO, container(untagged(KGATEWAY) + tag, variables));
    assertThat(spoken(kgateway.ingressUseWaypoints())).isEqualTo(fact);
  }

  @ParameterizedTest
  @CsvSource({
    "'', yes",
    "KGW_ENABLE_WAYPOINT=true KGW_INGRESS_USE_WAYPOINTS=true, yes",
    "KGW_ENABLE_WAYPOINT=false, unknown enterprise kgateway runs with KGW_ENABLE_WAYPOINT=false",
    "KGW_INGRESS_USE_WAYPOINTS=no, unknown enterprise kgateway runs with"
        + " KGW_INGRESS_USE_WAYPOINTS=no",
  })
  void enterpriseKgatewayHonoursTheLabelUnlessItIsSwitchedOff(String variables, String fact) {
    Kgateway kgateway = enterprise(Platform.AUTO, container(ENTERPRISE, variables));
    assertThat(spoken(kgateway.ingressUseWaypoints())).isEqualTo(fact);
  }

  @ParameterizedTest
  @CsvSource({
    "'', yes",
    "KGW_REFERENCE_GRANT_MODE=STRICT, yes",
    "KGW_REFERENCE_GRANT_MODE=off, no KGW_REFERENCE_GRANT_MODE=off",
    "..., unknown KGW_REFERENCE_GRANT_MODE is not visible",
    "KGW_REFERENCE_GRANT_MODE=OFF ..., no KGW_REFERENCE_GRANT_MODE=OFF",
  })
  void grantsAreNeededUnlessSomeoneSwitchedThatOff(String variables, String fact) {
    Kgateway kgateway = openSource(Platform.AUTO, container(KGATEWAY, variables));
    assertThat(spoken(kgateway.referenceGrants())).isEqualTo(fact);
  }

  @Test
  void withoutAControllerNothingOfItIsKnown() {
    Kgateway kgateway = openSource(Platform.AUTO, container(ENTERPRISE, ""));
    String why = "unknown the kgateway controller is not visible";
    assertThat(spoken(kgateway.istioIntegration())).isEqualTo(why);
    assertThat(spoken(kgateway.ingressUseWaypoints())).isEqualTo(why);
    assertThat(spoken(kgateway.referenceGrants())).isEqualTo(why);
    assertThat(
            spoken(
                enterprise(Platform.AUTO, container(KGATEWAY, "KGW_ENABLE_ISTIO_INTEGRATION=true"))
                    .istioIntegration()))
        .isEqualTo(why);
  }

  @ParameterizedTest
  @CsvSource({
    "registry.example/tools/kgateway-proxy:v2.3.1, false",
    "registry.example/enterprise-kgateway:2.1.1, true",
    "registry.example/x/enterprise-kgateway-controller:2.1.1, true",
    "enterprise-kgateway.example/x/kgateway:2.1.1, false",
  })
  void theRepositoryAndNotTheRegistryNamesTheController(String image, boolean isEnterprise) {
    Container container = container(image, "KGW_ENABLE_ISTIO_INTEGRATION=true");
    assertThat(enterprise(Platform.AUTO, container).istioIntegration().isYes())
        .isEqualTo(isEnterprise);
  }

  @Test
  void whatThePolicySaysCountsWhateverIsDeployed() {
    Platform platform =
        platform(
            Optional.of(IstioDistribution.SOLO),
            Optional.empty(),
            Optional.of(false),
            Optional.of(false),
            Optional.of(ReferenceGrantMode.OFF));
    Kgateway kgateway =
        openSource(platform, container(KGATEWAY, "KGW_ENABLE_ISTIO_INTEGRATION=true"));
    String off = "no the policy says that it is off";
    assertThat(spoken(kgateway.istioIntegration())).isEqualTo(off);
    assertThat(spoken(kgateway.ingressUseWaypoints())).isEqualTo(off);
    assertThat(spoken(kgateway.referenceGrants())).isEqualTo(off);
    Dialect dialect = dialect(platform, container("docker.io/istio/pilot:1.30.0", ""));
    assertThat(dialect.isSolo()).isTrue();
    assertThat(dialect.isUpstream()).isFalse();
  }

  @Test
  void whatThePolicySwitchesOnIsOn() {
    Platform platform =
        platform(
            Optional.empty(),
            Optional.empty(),
            Optional.of(true),
            Optional.of(true),
            Optional.of(ReferenceGrantMode.PERMISSIVE));
    Kgateway kgateway = openSource(platform, container(KGATEWAY, "KGW_REFERENCE_GRANT_MODE=OFF"));
    assertThat(kgateway.istioIntegration().isYes()).isTrue();
    assertThat(kgateway.ingressUseWaypoints().isYes()).isTrue();
    assertThat(kgateway.referenceGrants().isYes()).isTrue();
  }

  @Test
  void whereThePolicySaysWhoseKgatewayItIsTheImageNeedNotSayIt() {
    Platform platform =
        platform(
            Optional.empty(),
            Optional.of(KgatewayDistribution.ENTERPRISE),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    Container renamed =
        container("registry.example/mirror/kgateway:2.1.1", "KGW_ENABLE_ISTIO_INTEGRATION=true");
    assertThat(enterprise(platform, renamed).istioIntegration().isYes()).isTrue();
    assertThat(openSource(platform, renamed).istioIntegration().isYes()).isTrue();
  }

  private static Kgateway openSource(Platform platform, Container container) {
    return dialect(platform, container).kgateway(KgatewayDistribution.OPEN_SOURCE);
  }

  private static Kgateway enterprise(Platform platform, Container container) {
    return dialect(platform, container).kgateway(KgatewayDistribution.ENTERPRISE);
  }

  private static Dialect dialect(Platform platform, Container... containers) {
    List<Deployment> deployments = new ArrayList<>();
    for (Container container : containers) {
      deployments.add(
          new Deployment(
              Metadata.of(
                  container.image().contains("pilot") ? "istio-system" : "kgateway-system",
                  "controller-" + deployments.size()),
              List.of(container)));
    }
    return Topology.of(platform, deployments).dialect();
  }

  /** Returns a container; of its variables, three dots stand for those that come from elsewhere. */
  private static Container container(String image, String variables) {
    Map<String, String> written =
        Arrays.stream(variables.split(" "))
            .filter(variable -> variable.contains("="))
            .map(variable -> variable.split("=", 2))
            .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    return new Container("main", image, written, variables.contains("..."));
  }

  private static String untagged(String image) {
    return image.substring(0, image.lastIndexOf(':') + 1);
  }

  private static String spoken(Fact fact) {
    return switch (fact) {
      case Fact.Yes yes -> "yes";
      case Fact.No(String reason) -> "no " + reason;
      case Fact.Unknown(String reason) -> "unknown " + reason;
    };
  }

  private static Platform platform(
      Optional<IstioDistribution> istio,
      Optional<KgatewayDistribution> kgateway,
      Optional<Boolean> istioIntegration,
      Optional<Boolean> ingressUseWaypoints,
      Optional<ReferenceGrantMode> referenceGrantMode) {
    return new Platform(
        "cluster.local",
        "istio-system",
        istio,
        Optional.empty(),
        kgateway,
        istioIntegration,
        ingressUseWaypoints,
        referenceGrantMode,
        ScopeSource.LABELS,
        "mesh.internal",
        Map.of(),
        Optional.empty(),
        Platform.AUTO.kgatewayNamespaces());
  }
}
