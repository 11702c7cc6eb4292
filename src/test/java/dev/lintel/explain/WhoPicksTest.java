package dev.lintel.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.explain.Leg.Choice;
import dev.lintel.explain.Leg.Stop;
import dev.lintel.explain.PathView.Possibility;
import dev.lintel.mesh.Tier;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.mesh.Version;
import dev.lintel.resource.BackendConfigPolicy;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.PolicyTarget;
import dev.lintel.resource.Resource;
import dev.lintel.resource.Service;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Subject;
import dev.lintel.sample.Sample;
import dev.lintel.sample.SampleFiles;
import dev.lintel.topology.Backend;
import dev.lintel.topology.Change;
import dev.lintel.topology.Displacement;
import dev.lintel.topology.EndpointOrder;
import dev.lintel.topology.EndpointOrder.Kind;
import dev.lintel.topology.EndpointReader;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.Picker;
import dev.lintel.topology.Topology;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Who picks endpoints by what has one answer: for every leg of every sample, what {@code explain}
 * prints, what the rules go by, the order of endpoints, and a plain reading of docs/domain.md, 1.3,
 * are the same. Each Service is looked at in several forms.
 */
class WhoPicksTest {

  private static final RuleCatalogue CATALOGUE = RuleCatalogue.complete();

  private final Set<String> met = new TreeSet<>();

  /** A change of a Service, or of what acts on it. */
  private enum Form {
    AS_WRITTEN,
    NODE_LOCAL,
    HEADLESS,
    EXTERNAL_NAME,
    ZONE_AWARE,
    NODE_LOCAL_AND_ZONE_AWARE
  }

  @Test
  void hasOneAnswerOnEveryLegOfEverySample() throws IOException {
    for (Path file : SampleFiles.in(Path.of("src/test/resources/rules"))) {
      Sample sample = Sample.read(file);
      Topology topology = sample.cluster().apply(Change.put(sample.write().object()));
      Stream<Resource> entries = topology.serviceEntries().map(entry -> entry);
      entries.forEach(entry -> check(file, topology, entry, Form.AS_WRITTEN));
      for (Service service : topology.services().toList()) {
        if (topology.ingress().to(topology.backendOf(service)).isEmpty()) {
          continue;
        }
        for (Form form : Form.values()) {
          Service formed = formed(service, form);
          Topology changed = topology.apply(Change.put(formed));
          check(file, isZoneAware(form) ? withPolicy(changed, formed) : changed, formed, form);
        }
      }
    }
    assertThat(met)
        .contains(
            "NODE_LOCAL KGATEWAY FAILOVER",
            "NODE_LOCAL ISTIOD_PROXY STRICT",
            "NODE_LOCAL ZTUNNEL STRICT",
            "HEADLESS KGATEWAY FAILOVER",
            "HEADLESS nobody",
            "EXTERNAL_NAME KGATEWAY FAILOVER",
            "ZONE_AWARE KGATEWAY FAILOVER ByBackendPolicy",
            "ZONE_AWARE ISTIOD_PROXY FAILOVER",
            "NODE_LOCAL_AND_ZONE_AWARE ISTIOD_PROXY STRICT ByNodeLocality",
            "AS_WRITTEN KGATEWAY FAILOVER ByRule",
            "AS_WRITTEN ISTIOD_PROXY FAILOVER ByRule");
  }

  private void check(Path file, Topology topology, Resource object, Form form) {
    for (Backend backend : topology.backendsOf(object)) {
      List<PathView> explained =
          new HostReader(topology, backend, resource -> List.of()).read().paths();
      List<IngressLeg> legs = topology.ingress().to(backend);
      assertThat(explained).extracting(PathView::gateway).hasSameSizeAs(legs);
      for (int i = 0; i < legs.size(); i++) {
        for (Possibility possibility : explained.get(i).possibilities()) {
          String what = "%s, %s, %s, %s".formatted(file, form, backend.host(), possibility);
          leg(what, topology, legs.get(i), possibility, backend, form);
        }
      }
      rules(file + ", " + form, topology, object, legs, explained);
    }
  }

  private void leg(
      String what,
      Topology topology,
      IngressLeg leg,
      Possibility possibility,
      Backend backend,
      Form form) {
    Optional<Picker> picker = topology.endpoints().pickers(backend).on(leg, possibility.path());
    Optional<Choice> choice = choice(possibility);
    assertThat(choice.isPresent()).as(what).isEqualTo(picker.isPresent());
    if (choice.isEmpty()) {
      met.add(form + " nobody");
      return;
    }
    EndpointReader reader = reader(leg, possibility.path());
    EndpointOrder plain = plain(topology, backend, reader);
    assertThat(picker.get().reader()).as(what).isEqualTo(reader);
    assertThat(order(picker.get().order())).as(what).isEqualTo(order(plain));
    assertThat(order(topology.endpoints().orderOf(backend, reader)))
        .as(what)
        .isEqualTo(order(plain));
    assertThat(choice.get().tiers()).as(what).isEqualTo(plain.tiers());
    assertThat(choice.get().kind()).as(what).isEqualTo(plain.kind());
    assertThat(choice.get().ruleRef())
        .as(what)
        .isEqualTo(picker.get().rule().map(DestinationRule::ref));
    assertThat(choice.get().displacedBy().orElse(""))
        .as(what)
        .startsWith(picker.get().displacement().map(WhoPicksTest::beginning).orElse(""))
        .matches(text -> text.isEmpty() == displacement(picker.get()).isBlank());
    met.add("%s %s %s".formatted(form, reader, plain.kind()));
    met.add("%s %s %s%s".formatted(form, reader, plain.kind(), named(picker.get())));
  }

  /** What the rules say of those who pick agrees with what is explained. */
  private static void rules(
      String what,
      Topology topology,
      Resource object,
      List<IngressLeg> legs,
      List<PathView> explained) {
    Subject subject = Subject.of(topology, object);
    List<Finding> byPolicy = findings("TD-017", topology, subject);
    List<Finding> byMode =
        Stream.of("TD-012", "TD-015")
            .flatMap(code -> findings(code, topology, subject).stream())
            .toList();
    for (int i = 0; i < legs.size(); i++) {
      List<Choice> choices =
          explained.get(i).possibilities().stream()
              .flatMap(possibility -> choice(possibility).stream())
              .toList();
      String gateway = legs.get(i).gateway().ref().spoken() + " ";
      boolean isZoneAware =
          legs.get(i).certainly(IngressPath::gatewayPicksPod)
              && choices.getFirst().displacedBy().orElse("").startsWith("zoneAware of Backend");
      if (isZoneAware && !choices.getFirst().mode().equals("Any") && object instanceof Service) {
        assertThat(byPolicy).as(what).isNotEmpty();
      }
      boolean isOfMode = byMode.stream().anyMatch(f -> f.message().contains(gateway));
      if (isOfMode && object instanceof Service) {
        assertThat(choices).as(what).extracting(Choice::displacedBy).containsOnly(Optional.empty());
        assertThat(choices).as(what).extracting(Choice::kind).containsOnly(Kind.FAILOVER);
      }
    }
    if (!byPolicy.isEmpty()) {
      assertThat(explained.stream().flatMap(path -> path.possibilities().stream()))
          .as(what)
          .anyMatch(
              possibility ->
                  choice(possibility)
                      .flatMap(Choice::displacedBy)
                      .filter(by -> by.startsWith("zoneAware of Backend"))
                      .isPresent());
    }
  }

  private static List<Finding> findings(String code, Topology topology, Subject subject) {
    return CATALOGUE.find(code).orElseThrow().judge(topology, subject).toList();
  }

  private static Optional<Choice> choice(Possibility possibility) {
    Leg last = possibility.legs().getLast();
    return last.to().kind() == Stop.Kind.ENDPOINTS ? last.choice() : Optional.empty();
  }

  private static Map.Entry<List<Tier>, Kind> order(EndpointOrder order) {
    return Map.entry(order.tiers(), order.kind());
  }

  private static String beginning(Displacement displacement) {
    return switch (displacement) {
      case Displacement.ByNodeLocality local -> "";
      case Displacement.ByBackendPolicy policy -> "zoneAware of " + policy.policy().ref().spoken();
      case Displacement.ByRule rule ->
          "%s of %s".formatted(rule.override().spelling(), rule.rule().ref().spoken());
    };
  }

  private static String displacement(Picker picker) {
    return picker.displacement().map(WhoPicksTest::beginning).orElse("");
  }

  private static String named(Picker picker) {
    return picker.displacement().map(by -> " " + by.getClass().getSimpleName()).orElse("");
  }

  /** docs/domain.md, 4.3. */
  private static EndpointReader reader(IngressLeg leg, IngressPath path) {
    return switch (path.label()) {
      case "P5" -> EndpointReader.ISTIOD_PROXY;
      case "P6" -> EndpointReader.ZTUNNEL;
      default -> EndpointReader.of(leg.kgateway().distribution());
    };
  }

  /** docs/domain.md, 1.3 and 1.4: a list of cases, DestinationRules apart. */
  private static EndpointOrder plain(Topology topology, Backend backend, EndpointReader reader) {
    if (backend.resource() instanceof ServiceEntry entry && entry.resolution().equals("NONE")) {
      return new EndpointOrder(List.of(), Kind.PASSTHROUGH, false);
    }
    boolean isLocal =
        backend.resource() instanceof Service service
            && service.internalTrafficPolicy().orElse("").equals("Local");
    if (isLocal && !reader.isKgateway()) {
      return new EndpointOrder(List.of(Tier.NODE), Kind.STRICT, false);
    }
    if (!reader.isKgateway()) {
      TrafficDistribution mode = topology.endpoints().trafficDistributionOf(backend).atIstiod();
      return new EndpointOrder(topology.dialect().tiersOf(mode), Kind.FAILOVER, false);
    }
    boolean isZoneAware =
        topology.ingress().backendPoliciesFor(backend).stream()
            .anyMatch(
                policy ->
                    policy.sets(BackendConfigPolicy.Setting.ZONE_AWARE) && !policy.rejected());
    boolean isTooOld =
        topology
            .ingress()
            .kgateways()
            .filter(kgateway -> EndpointReader.of(kgateway.distribution()) == reader)
            .flatMap(kgateway -> kgateway.release().stream())
            .flatMap(release -> release.version().stream())
            .anyMatch(version -> version.compareTo(new Version(2, 3, 0)) <= 0);
    List<Tier> tiers =
        topology.endpoints().trafficDistributionOf(backend).atKgateway().tiers().stream()
            .filter(tier -> tier != Tier.REGION)
            .toList();
    return new EndpointOrder(isZoneAware && !isTooOld ? List.of() : tiers, Kind.FAILOVER, false);
  }

  private static boolean isZoneAware(Form form) {
    return form == Form.ZONE_AWARE || form == Form.NODE_LOCAL_AND_ZONE_AWARE;
  }

  private static Service formed(Service service, Form form) {
    return new Service(
        service.metadata(),
        form == Form.EXTERNAL_NAME ? "ExternalName" : service.type(),
        form == Form.HEADLESS ? List.of("None") : service.clusterIps(),
        service.selector(),
        service.ports(),
        service.trafficDistribution(),
        form.name().startsWith("NODE_LOCAL")
            ? Optional.of("Local")
            : service.internalTrafficPolicy(),
        service.publishNotReadyAddresses());
  }

  private static Topology withPolicy(Topology topology, Service service) {
    return topology.apply(
        Change.put(
            new BackendConfigPolicy(
                Metadata.of(service.namespace(), "zone-aware"),
                List.of(new PolicyTarget("", "Service", service.name(), "")),
                List.of(),
                Set.of(BackendConfigPolicy.Setting.ZONE_AWARE),
                Optional.of(false))));
  }
}
