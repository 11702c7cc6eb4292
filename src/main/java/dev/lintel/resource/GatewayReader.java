package dev.lintel.resource;

import dev.lintel.resource.Gateway.Listener;
import dev.lintel.resource.Gateway.NamespacePolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a Gateway. */
final class GatewayReader {

  private static final Gateway EMPTY =
      new Gateway(
          MetadataReader.NONE,
          "",
          List.of(),
          NamespacePolicy.NONE,
          Map.of(),
          Optional.empty(),
          Optional.empty(),
          false);

  private GatewayReader() {}

  static Gateway read(Cursor in) throws IOException, MalformedObjectException {
    Metadata metadata = MetadataReader.NONE;
    Gateway spec = EMPTY;
    Optional<List<String>> addresses = Optional.empty();
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "metadata" -> metadata = MetadataReader.readWithUid(in);
        case "spec" -> spec = readSpec(in);
        case "status" -> addresses = readAddresses(in);
        default -> in.skip();
      }
    }
    return new Gateway(
        metadata,
        spec.className(),
        spec.listeners(),
        spec.allowedListenerSets(),
        spec.infrastructureLabels(),
        spec.infrastructureAnnotations(),
        addresses,
        spec.deployedElsewhere());
  }

  private static Gateway readSpec(Cursor in) throws IOException, MalformedObjectException {
    String className = "";
    List<Listener> listeners = List.of();
    NamespacePolicy sets = NamespacePolicy.NONE;
    Map<String, String> labels = Map.of();
    Optional<Map<String, String>> annotations = Optional.empty();
    boolean deployedElsewhere = false;
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "gatewayClassName" -> className = in.name();
        case "listeners" -> listeners = ListenerReader.readAll(in);
        case "allowedListeners" ->
            sets = ListenerReader.readAllowed(in, NamespacePolicy.NONE, new ArrayList<>());
        case "addresses" -> deployedElsewhere |= namesHost(in);
        case "infrastructure" -> {
          for (in.object(); in.nextField(); ) {
            switch (in.field()) {
              case "labels" -> labels = in.textMap(Most.LABELS, KeyFilter::keepsKey);
              case "annotations" -> annotations = Optional.of(in.annotations());
              case "parametersRef" -> {
                deployedElsewhere |= !in.isNull();
                in.skip();
              }
              default -> in.skip();
            }
          }
        }
        default -> in.skip();
      }
    }
    return new Gateway(
        MetadataReader.NONE,
        className,
        listeners,
        sets,
        labels,
        annotations,
        Optional.empty(),
        deployedElsewhere);
  }

  private static boolean namesHost(Cursor in) throws IOException, MalformedObjectException {
    boolean namesHost = false;
    for (in.array(); in.nextElement(); ) {
      for (in.object(); in.nextField(); ) {
        switch (in.field()) {
          case "type" -> namesHost |= in.text().equals("Hostname");
          default -> in.skip();
        }
      }
    }
    return namesHost;
  }

  /** A status without any field is what generators of manifests leave: it tells nothing. */
  private static Optional<List<String>> readAddresses(Cursor in)
      throws IOException, MalformedObjectException {
    List<String> addresses = new ArrayList<>();
    boolean tells = false;
    for (in.object(); in.nextField(); ) {
      tells = true;
      switch (in.field()) {
        case "addresses" -> addresses.addAll(AddressReader.readValues(in));
        default -> in.skip();
      }
    }
    return tells ? Optional.of(addresses) : Optional.empty();
  }
}
