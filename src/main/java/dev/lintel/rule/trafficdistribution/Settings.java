package dev.lintel.rule.trafficdistribution;

import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Keys;
import dev.lintel.mesh.Since;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.Service;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.JsonPatch;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.topology.EffectiveTrafficDistribution;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.Topology;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the family's rules ask of a traffic distribution setting. */
final class Settings {

  /** The field of a Service. */
  static final FieldPath SPEC = FieldPath.of("spec.trafficDistribution");

  private Settings() {}

  /** Tells whether some reader of the installation knows a value, or may. */
  static boolean isKnown(Topology topology, String value) {
    Dialect dialect = topology.dialect();
    return dialect.readByIstiod(value).isPresent()
        || (topology.ingress().hasKgateway() && dialect.readByKgateway(value).isPresent());
  }

  /**
   * Returns the mode that an object asks for itself.
   *
   * @return empty if it asks for none, or writes a word that the rules about words speak of
   */
  static Optional<TrafficDistribution> asked(
      Topology topology, EffectiveTrafficDistribution setting) {
    return setting
        .ownValue()
        .filter(value -> !setting.isInSpec() || TrafficDistribution.ofSpec(value).isPresent())
        .filter(value -> isKnown(topology, value))
        .flatMap(TrafficDistribution::named)
        .filter(mode -> mode != TrafficDistribution.ANY);
  }

  /** Returns the edit that takes away what the object itself asks for. */
  static JsonPatch removal(EffectiveTrafficDistribution setting) {
    return JsonPatch.of(
        setting.isInSpec()
            ? JsonPatch.remove("spec", "trafficDistribution")
            : JsonPatch.remove("metadata", "annotations", Keys.TRAFFIC_DISTRIBUTION));
  }

  /** Tells whether nothing reads a traffic distribution on the object, which other rules say. */
  static boolean isReadByNobody(OfHosts subject) {
    return isPassthrough(subject) || subject.service().filter(Service::isExternalName).isPresent();
  }

  /**
   * Tells whether the object is a ServiceEntry that passes requests through to where they were
   * sent.
   */
  static boolean isPassthrough(OfHosts subject) {
    return subject.serviceEntry().filter(entry -> entry.isPassthrough()).isPresent();
  }

  /** Returns the field of the setting that the object's readers see. */
  static FieldPath fieldOf(EffectiveTrafficDistribution setting) {
    if (setting.isInSpec()) {
      return SPEC;
    }
    return setting.annotation().isPresent() ? FieldPath.TRAFFIC_DISTRIBUTION : FieldPath.NAMESPACE;
  }

  /** Returns a Gateway with the labels of its possible paths, as evidence. */
  static String path(IngressLeg leg) {
    return leg.gateway().ref().spoken()
        + ": "
        + leg.paths().stream().map(IngressPath::label).collect(Collectors.joining(" or "));
  }

  /**
   * Returns the name of the most widely known mode as the installed istiod reads and documents it.
   */
  static String widelyKnown(Dialect dialect) {
    return dialect.isSolo() || dialect.istiodLacks(Since.SAME_ZONE_AND_NODE)
        ? "PreferClose"
        : "PreferSameZone";
  }
}
