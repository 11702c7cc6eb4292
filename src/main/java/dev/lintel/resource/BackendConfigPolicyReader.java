package dev.lintel.resource;

import dev.lintel.resource.BackendConfigPolicy.Selector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a BackendConfigPolicy. */
final class BackendConfigPolicyReader {

  private static final BackendConfigPolicy EMPTY =
      new BackendConfigPolicy(
          MetadataReader.NONE,
          List.of(),
          List.of(),
          false,
          false,
          false,
          false,
          false,
          Optional.empty());

  private BackendConfigPolicyReader() {}

  static BackendConfigPolicy read(Cursor in) throws IOException, MalformedObjectException {
    Metadata metadata = MetadataReader.NONE;
    BackendConfigPolicy spec = EMPTY;
    Optional<Boolean> rejection = Optional.empty();
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "metadata" -> metadata = MetadataReader.read(in);
        case "spec" -> spec = readSpec(in);
        case "status" -> rejection = PolicyStatusReader.rejection(in);
        default -> in.skip();
      }
    }
    return spec.withMetadata(metadata).withRejection(rejection);
  }

  private static BackendConfigPolicy readSpec(Cursor in)
      throws IOException, MalformedObjectException {
    List<PolicyTarget> targets = new ArrayList<>();
    List<Selector> selectors = new ArrayList<>();
    boolean hasOutlierDetection = false;
    boolean hasHealthCheck = false;
    boolean hasLoadBalancer = false;
    boolean hasZoneAware = false;
    boolean hasTls = false;
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "targetRefs" -> in.into(targets, Most.REFERENCES, PolicyTargetReader::read);
        case "targetSelectors" ->
            in.into(selectors, Most.REFERENCES, BackendConfigPolicyReader::readSelector);
        case "outlierDetection" -> hasOutlierDetection = isSet(in);
        case "healthCheck" -> hasHealthCheck = isSet(in);
        case "tls" -> hasTls = isSet(in);
        case "loadBalancer" -> {
          hasLoadBalancer = !in.isNull();
          hasZoneAware = readZoneAware(in);
        }
        default -> in.skip();
      }
    }
    return new BackendConfigPolicy(
        MetadataReader.NONE,
        targets,
        selectors,
        hasOutlierDetection,
        hasHealthCheck,
        hasLoadBalancer,
        hasZoneAware,
        hasTls,
        Optional.empty());
  }

  private static boolean isSet(Cursor in) throws IOException {
    boolean isSet = !in.isNull();
    in.skip();
    return isSet;
  }

  private static boolean readZoneAware(Cursor in) throws IOException, MalformedObjectException {
    boolean isSet = false;
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "zoneAware" -> isSet = isSet(in);
        default -> in.skip();
      }
    }
    return isSet;
  }

  private static Selector readSelector(Cursor in) throws IOException, MalformedObjectException {
    String group = "";
    String kind = "";
    Map<String, String> labels = Map.of();
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "group" -> group = in.name();
        case "kind" -> kind = in.name();
        case "matchLabels" -> labels = in.textMap();
        default -> in.skip();
      }
    }
    return new Selector(group, kind, labels);
  }
}
