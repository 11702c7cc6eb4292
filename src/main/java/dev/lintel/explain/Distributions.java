package dev.lintel.explain;

import dev.lintel.mesh.Keys;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.Kind;
import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.ResourceRef;
import dev.lintel.topology.Backend;
import dev.lintel.topology.EffectiveTrafficDistribution;
import dev.lintel.topology.EffectiveTrafficDistribution.Reading;
import dev.lintel.topology.EffectiveTrafficDistribution.Source;
import dev.lintel.topology.EndpointOrder;
import dev.lintel.topology.Picker;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts traffic distributions and their sources into words (docs/domain.md, 1.1 to 1.3). */
final class Distributions {

  private static final String FIELD = "spec.trafficDistribution";
  private static final String DEFAULT_OF_WAYPOINTS = "PreferClose";
  private static final String DEFAULT_OF_PEERING = "PreferNetwork";

  /** Who has the defaults that istiod's own code and the objects that it writes contain. */
  static final String ISTIOD = "istiod";

  private static final String PEERING = "peering";
  private static final String KGATEWAY = "kgateway";

  private Distributions() {}

  /** Says whose default a mode is by which one picks; empty if somebody chose it. */
  static Optional<String> defaultOf(Topology topology, Picker picker) {
    if (picker.order().kind() != EndpointOrder.Kind.FAILOVER) {
      return Optional.empty();
    }
    return switch (picker.reading().source()) {
      case DEFAULT -> Optional.of(picker.reader().isKgateway() ? KGATEWAY : ISTIOD);
      case ANNOTATION -> writtenByDefault(topology, picker.backend());
      case FIELD, NAMESPACE -> Optional.empty();
    };
  }

  /** Some annotations are the default of whoever generates the object (docs/domain.md, 1.6). */
  private static Optional<String> writtenByDefault(Topology topology, Backend backend) {
    Optional<String> value = backend.trafficDistributionAnnotation();
    return switch (backend) {
      case Backend.OfService(var service, _) ->
          service
              .metadata()
              .label(Keys.MANAGED)
              .filter(Keys.MANAGED_BY_WAYPOINT_CONTROLLER::equals)
              .filter(by -> value.filter(DEFAULT_OF_WAYPOINTS::equals).isPresent())
              .map(by -> ISTIOD);
      case Backend.OfEntry(var entry, _, _) ->
          topology
              .scopes()
              .parentOf(entry)
              .filter(parent -> value.filter(DEFAULT_OF_PEERING::equals).isPresent())
              .filter(parent -> isNotSetOn(topology, parent))
              .map(parent -> PEERING);
    };
  }

  private static boolean isNotSetOn(Topology topology, NamespacedName service) {
    return topology
        .service(service.namespace(), service.name())
        .filter(
            found ->
                found.trafficDistribution().isPresent()
                    || found.metadata().annotation(Keys.TRAFFIC_DISTRIBUTION).isPresent())
        .isEmpty();
  }

  /** Says where the mode comes from that one who picks goes by. */
  static String source(Picker picker) {
    return switch (picker.order().kind()) {
      case STRICT -> "internalTrafficPolicy: Local";
      case PASSTHROUGH -> "resolution: NONE";
      case FAILOVER -> source(picker.distribution(), picker.reading(), picker.backend());
    };
  }

  /** Names the mode that one who picks goes by. */
  static String mode(Picker picker) {
    return switch (picker.order().kind()) {
      case FAILOVER -> picker.mode().spelling();
      case STRICT -> "this node or nothing";
      case PASSTHROUGH -> "none: requests are passed through";
    };
  }

  private static String source(
      EffectiveTrafficDistribution distribution, Reading reading, Backend backend) {
    Source source = reading.source();
    if (source == Source.DEFAULT) {
      return "nothing that it looks at sets one";
    }
    String value = distribution.valueIn(source).orElse("");
    String place =
        "%s of %s"
            .formatted(source == Source.FIELD ? FIELD : "annotation", on(source, backend).spoken());
    if (isUnknown(reading, value)) {
      return "`%s`, %s, is unknown to it".formatted(value, place);
    }
    return value.equals(reading.mode().spelling()) ? place : "`%s`, %s".formatted(value, place);
  }

  /** Returns what is written for a backend, with what each reader makes of it. */
  static List<Setting> written(EffectiveTrafficDistribution distribution, Backend backend) {
    return Stream.of(Source.FIELD, Source.ANNOTATION, Source.NAMESPACE)
        .flatMap(
            source ->
                distribution
                    .valueIn(source)
                    .map(value -> setting(distribution, backend, source, value))
                    .stream())
        .toList();
  }

  private static Setting setting(
      EffectiveTrafficDistribution distribution, Backend backend, Source source, String value) {
    return new Setting(
        on(source, backend),
        source == Source.FIELD ? FIELD : Keys.TRAFFIC_DISTRIBUTION,
        value,
        EffectiveTrafficDistribution.isRead(backend)
            ? reading(distribution.byIstiod(), source, value)
            : "not looked at",
        source == Source.NAMESPACE
            ? "not read"
            : reading(distribution.byKgateway(), source, value));
  }

  /** A reader stops at the first place that counts; what it skipped before, it does not know. */
  private static String reading(Reading reading, Source source, String value) {
    int order = source.compareTo(reading.source());
    if (order > 0) {
      return "not looked at";
    }
    if (order < 0) {
      return "not known";
    }
    return isUnknown(reading, value) ? "Any, the value is unknown" : reading.mode().spelling();
  }

  private static boolean isUnknown(Reading reading, String value) {
    return reading.mode() == TrafficDistribution.ANY
        && !value.equalsIgnoreCase(TrafficDistribution.ANY.spelling());
  }

  private static ResourceRef on(Source source, Backend backend) {
    return source == Source.NAMESPACE
        ? new ResourceRef(Kind.NAMESPACE, "", backend.namespace())
        : backend.resource().ref();
  }
}
