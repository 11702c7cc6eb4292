package dev.lintel.mesh;

import java.util.Optional;

/**
 * What came with which release of a component: one entry each, with its source (docs/domain.md,
 * 0.2). Whoever asks whether a release has something asks here; what a release gets wrong is in the
 * table of known defects.
 *
 * <p>To add one: an entry here, by component and age, and {@code SinceTest} names the row that
 * docs/domain.md lacks.
 */
public enum Since {
  EJECTION_LIMIT(
      Component.ISTIOD,
      "1.20",
      "outlier detection ejects no first endpoint beyond `maxEjectionPercent`",
      "envoyproxy/envoy#27909"),
  WAYPOINT_BY_LABEL(
      Component.ISTIOD,
      "1.22",
      "the waypoint is named by a label; before, by an annotation",
      "istio/istio#50572"),
  MODES_AT_ENVOY(
      Component.ISTIOD,
      "1.25",
      "proxies that istiod drives go by a traffic distribution, waypoints too",
      "istio/istio#54715"),
  ADDRESSES_ALLOCATED(
      Component.ISTIOD,
      "1.25",
      "ServiceEntries get addresses by default",
      "istio/istio: pilot/pkg/features/pilot.go"),
  SAME_ZONE_AND_NODE(
      Component.ISTIOD,
      "1.27",
      "`PreferSameZone` and `PreferSameNode` are known",
      "istio/istio#56042"),
  NAMESPACE_DISTRIBUTION(
      Component.ISTIOD,
      "1.30",
      "a Namespace's traffic distribution is inherited",
      "istio/istio#58701"),
  BLANK_SELECTOR_SELECTS_NOTHING(
      Component.ISTIOD,
      "1.30.5",
      "a workloadSelector without labels selects nothing",
      "istio.io: announcing-1.30.5"),
  BLANK_SELECTOR_UNCERTAIN(
      Component.ISTIOD,
      "1.31",
      "it is not known which patch does so, too",
      "istio.io: announcing-1.30.5"),
  UNREADY_ENDPOINTS_SENT(
      Component.ISTIOD,
      "1.31",
      "endpoints that are not ready are sent for every Service",
      "istio/istio#60690"),
  CANARY_WAYPOINTS(Component.ISTIOD, "1.31", "a second waypoint gets a share", "istio/istio#60801"),
  ENTRY_VISIBILITY(
      Component.ISTIOD, "1.31", "`meshConfig.serviceEntryVisibility` is read", "istio/istio#60870"),
  ZONE_AWARE_SETTING(
      Component.ISTIOD, "1.31", "`zoneAwareLbSetting` is in the CRD", "istio/istio#60358"),
  HASH_AT_WAYPOINT(
      Component.ISTIOD,
      "1.31",
      "waypoints hash HTTP requests by `consistentHash`",
      "istio/istio#61045"),
  NETWORK_PREFERRED(
      Component.ISTIOD,
      "1.31",
      "another network no longer ends the comparison of places",
      "istio/istio#60829"),
  EJECTION_BY_STATUS(
      Component.ISTIOD,
      "1.32",
      "`outlierDetectionHttpErrorCodes` is read",
      "istio/istio: cluster_traffic_policy.go"),
  BLANK_SELECTOR_SETTLED(
      Component.ISTIOD,
      "1.32",
      "every release does so, too",
      "istio/istio: pilot/pkg/serviceregistry"),
  WAYPOINT_SWITCH(
      Component.KGATEWAY,
      "2.1",
      "ingress through waypoints needs `KGW_ENABLE_WAYPOINT`",
      "kgateway-dev/kgateway: controller/start.go"),
  INTEGRATION_OFF(
      Component.KGATEWAY,
      "2.3",
      "the Istio integration is off by default",
      "kgateway.dev: release notes of 2.3"),
  ZONE_AWARE_POLICY(
      Component.KGATEWAY,
      "2.3.1",
      "BackendConfigPolicies have `zoneAware`; 2.3.0 has it not, later ones may",
      "kgateway-dev/kgateway#13978"),
  FOREIGN_SERVICE_KEPT(
      Component.KGATEWAY,
      "2.4",
      "a Service of the Gateway's name that is not its own is left alone",
      "kgateway-dev/kgateway#14145"),
  UNREADY_PODS_DROPPED(
      Component.KGATEWAY,
      "2.4",
      "Pods of ServiceEntries that are not ready get nothing",
      "kgateway-dev/kgateway#14222"),
  DISTRIBUTION_FIELD(Component.KUBERNETES, "1.30", "`spec.trafficDistribution` exists", "KEP 4444"),
  SAME_ZONE_BY_GATE(
      Component.KUBERNETES,
      "1.33",
      "`PreferSameZone` and `PreferSameNode`, behind a feature gate",
      "KEP 3015"),
  SAME_ZONE_FIELD(
      Component.KUBERNETES,
      "1.34",
      "`PreferSameZone` and `PreferSameNode`, by default",
      "KEP 3015");

  private final Component component;
  private final Version first;
  private final String says;
  private final String source;

  Since(Component component, String first, String says, String source) {
    this.component = component;
    this.first = Version.parse(first).orElseThrow();
    this.says = says;
    this.source = source;
  }

  /** A component with versions of its own. */
  public enum Component {
    /** Istio's control plane, with the proxies that it drives. */
    ISTIOD("istiod"),
    /** kgateway's controller, open source. */
    KGATEWAY("kgateway"),
    /** The API server. */
    KUBERNETES("Kubernetes");

    private final String spoken;

    Component(String spoken) {
      this.spoken = spoken;
    }

    @Override
    public String toString() {
      return spoken;
    }
  }

  /** Returns the component. */
  public Component component() {
    return component;
  }

  /** Returns the first release that has it. */
  public Version first() {
    return first;
  }

  /** Returns what came, as a clause. */
  public String says() {
    return says;
  }

  /** Returns where that is told or can be read. */
  public String source() {
    return source;
  }

  /** Tells whether a version has it. */
  public boolean isIn(Version version) {
    return version.compareTo(first) >= 0;
  }

  /** Tells whether a version is known, and has it. */
  public boolean isKnownIn(Optional<Version> version) {
    return version.filter(this::isIn).isPresent();
  }

  /** Tells whether a version is known, and does not have it yet. */
  public boolean isKnownToLack(Optional<Version> version) {
    return version.filter(found -> !isIn(found)).isPresent();
  }
}
