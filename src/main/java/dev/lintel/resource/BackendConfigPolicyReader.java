package dev.lintel.resource;

import dev.lintel.resource.BackendConfigPolicy.Selector;
import dev.lintel.resource.BackendConfigPolicy.Setting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a BackendConfigPolicy. */
final class BackendConfigPolicyReader {

  private static final BackendConfigPolicy EMPTY =
      new BackendConfigPolicy(
          MetadataReader.NONE, List.of(), List.of(), Set.of(), Optional.empty());

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
    Set<Setting> settings = EnumSet.noneOf(Setting.class);
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "targetRefs" -> in.into(targets, Most.REFERENCES, PolicyTargetReader::read);
        case "targetSelectors" ->
            in.into(selectors, Most.REFERENCES, BackendConfigPolicyReader::readSelector);
        case "outlierDetection" -> readOutlierDetection(in, settings);
        case "healthCheck" -> readIfSet(in, Setting.HEALTH_CHECK, settings);
        case "tls" -> readIfSet(in, Setting.TLS, settings);
        case "loadBalancer" -> readLoadBalancer(in, settings);
        default -> in.skip();
      }
    }
    return new BackendConfigPolicy(
        MetadataReader.NONE, targets, selectors, settings, Optional.empty());
  }

  private static void readIfSet(Cursor in, Setting setting, Set<Setting> settings)
      throws IOException {
    if (!in.isNull()) {
      settings.add(setting);
    }
    in.skip();
  }

  private static void readOutlierDetection(Cursor in, Set<Setting> settings)
      throws IOException, MalformedObjectException {
    if (!in.isNull()) {
      settings.add(Setting.OUTLIER_DETECTION);
    }
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "maxEjectionPercent" -> readIfNumber(in, 100, Setting.EJECTS_ALL, settings);
        default -> in.skip();
      }
    }
  }

  private static void readLoadBalancer(Cursor in, Set<Setting> settings)
      throws IOException, MalformedObjectException {
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "healthyPanicThreshold" -> readIfNumber(in, 0, Setting.NEVER_PANICS, settings);
        case "zoneAware" -> {
          if (!in.isNull()) {
            settings.add(Setting.LOAD_BALANCER);
          }
          readIfSet(in, Setting.ZONE_AWARE, settings);
        }
        default -> readIfSet(in, Setting.LOAD_BALANCER, settings);
      }
    }
  }

  private static void readIfNumber(Cursor in, int number, Setting setting, Set<Setting> settings)
      throws IOException, MalformedObjectException {
    if (!in.isNull() && in.number() == number) {
      settings.add(setting);
    }
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
