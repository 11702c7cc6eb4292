package dev.lintel.resource;

import dev.lintel.resource.DestinationRule.Subset;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a DestinationRule. */
final class DestinationRuleReader {

  private static final DestinationRule EMPTY =
      new DestinationRule(
          MetadataReader.NONE, "", List.of(), Optional.empty(), Optional.empty(), List.of());

  private DestinationRuleReader() {}

  static DestinationRule read(Cursor in) throws IOException, MalformedObjectException {
    Metadata metadata = MetadataReader.NONE;
    DestinationRule spec = EMPTY;
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "metadata" -> metadata = MetadataReader.read(in);
        case "spec" -> spec = readSpec(in);
        default -> in.skip();
      }
    }
    return spec.withMetadata(metadata);
  }

  private static DestinationRule readSpec(Cursor in) throws IOException, MalformedObjectException {
    String host = "";
    List<String> exportTo = List.of();
    Optional<Map<String, String>> workloadSelector = Optional.empty();
    Optional<TrafficPolicy> trafficPolicy = Optional.empty();
    List<Subset> subsets = new ArrayList<>();
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "host" -> host = in.host();
        case "exportTo" -> exportTo = in.texts(Most.EXPORTS);
        case "workloadSelector" ->
            workloadSelector = WorkloadSelectorReader.read(in, "matchLabels");
        case "trafficPolicy" -> trafficPolicy = TrafficPolicyReader.read(in);
        case "subsets" -> in.into(subsets, Most.SUBSETS, DestinationRuleReader::readSubset);
        default -> in.skip();
      }
    }
    return new DestinationRule(
        MetadataReader.NONE, host, exportTo, workloadSelector, trafficPolicy, subsets);
  }

  private static Subset readSubset(Cursor in) throws IOException, MalformedObjectException {
    String name = "";
    Map<String, String> labels = Map.of();
    Optional<TrafficPolicy> trafficPolicy = Optional.empty();
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "name" -> name = in.name();
        case "labels" -> labels = in.textMap();
        case "trafficPolicy" -> trafficPolicy = TrafficPolicyReader.read(in);
        default -> in.skip();
      }
    }
    return new Subset(name, labels, trafficPolicy);
  }
}
