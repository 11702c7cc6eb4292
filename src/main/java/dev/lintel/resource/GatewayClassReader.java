package dev.lintel.resource;

import java.io.IOException;

/** Reads a GatewayClass. */
final class GatewayClassReader {

  private GatewayClassReader() {}

  static GatewayClass read(Cursor in) throws IOException, MalformedObjectException {
    Metadata metadata = MetadataReader.NONE;
    String controllerName = "";
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "metadata" -> metadata = MetadataReader.read(in);
        case "spec" -> controllerName = readControllerName(in);
        default -> in.skip();
      }
    }
    return new GatewayClass(metadata, controllerName);
  }

  private static String readControllerName(Cursor in) throws IOException, MalformedObjectException {
    String controllerName = "";
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "controllerName" -> controllerName = in.name();
        default -> in.skip();
      }
    }
    return controllerName;
  }
}
