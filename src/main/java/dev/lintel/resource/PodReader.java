package dev.lintel.resource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a Pod. */
final class PodReader {

  private PodReader() {}

  static Pod read(Cursor in) throws IOException, MalformedObjectException {
    Metadata metadata = MetadataReader.NONE;
    String nodeName = "";
    List<String> containers = new ArrayList<>();
    Optional<Boolean> ready = Optional.empty();
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "metadata" -> metadata = MetadataReader.read(in, key -> true);
        case "spec" -> nodeName = readSpec(in, containers);
        case "status" -> ready = readReady(in);
        default -> in.skip();
      }
    }
    return new Pod(metadata, nodeName, containers, ready);
  }

  private static String readSpec(Cursor in, List<String> containers)
      throws IOException, MalformedObjectException {
    String nodeName = "";
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "nodeName" -> nodeName = in.name();
        case "containers", "initContainers" ->
            in.into(containers, Most.CONTAINERS, PodReader::readName);
        default -> in.skip();
      }
    }
    return nodeName;
  }

  /** A status without the condition is one of a Pod that is not ready yet. */
  private static Optional<Boolean> readReady(Cursor in)
      throws IOException, MalformedObjectException {
    boolean isThere = false;
    boolean ready = false;
    for (in.object(); in.nextField(); ) {
      isThere = true;
      switch (in.field()) {
        case "conditions" -> {
          for (in.array(); in.nextElement(); ) {
            ready |= isReady(in);
          }
        }
        default -> in.skip();
      }
    }
    return isThere ? Optional.of(ready) : Optional.empty();
  }

  private static boolean isReady(Cursor in) throws IOException, MalformedObjectException {
    String type = "";
    String status = "";
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "type" -> type = in.name();
        case "status" -> status = in.name();
        default -> in.skip();
      }
    }
    return type.equals("Ready") && status.equals("True");
  }

  private static String readName(Cursor in) throws IOException, MalformedObjectException {
    String name = "";
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "name" -> name = in.name();
        default -> in.skip();
      }
    }
    return name;
  }
}
