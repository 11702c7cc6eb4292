package dev.lintel.resource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads a Pod. */
final class PodReader {

  private PodReader() {}

  static Pod read(Cursor in) throws IOException, MalformedObjectException {
    Metadata metadata = MetadataReader.NONE;
    String nodeName = "";
    List<String> containers = new ArrayList<>();
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "metadata" -> metadata = MetadataReader.read(in, key -> true);
        case "spec" -> nodeName = readSpec(in, containers);
        default -> in.skip();
      }
    }
    return new Pod(metadata, nodeName, containers);
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
