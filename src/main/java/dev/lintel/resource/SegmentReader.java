package dev.lintel.resource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads a Segment. */
final class SegmentReader {

  private SegmentReader() {}

  static Segment read(Cursor in) throws IOException, MalformedObjectException {
    Metadata metadata = MetadataReader.NONE;
    String domain = "";
    List<String> aliases = new ArrayList<>();
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "metadata" -> metadata = MetadataReader.read(in);
        case "spec" -> domain = readSpec(in, aliases);
        default -> in.skip();
      }
    }
    return new Segment(metadata, domain, aliases);
  }

  private static String readSpec(Cursor in, List<String> aliases)
      throws IOException, MalformedObjectException {
    String domain = "";
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "domain" -> domain = in.text();
        case "aliases" -> {
          for (in.array(); in.nextElement(); ) {
            readAlias(in, aliases);
          }
        }
        default -> in.skip();
      }
    }
    return domain;
  }

  private static void readAlias(Cursor in, List<String> aliases)
      throws IOException, MalformedObjectException {
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "pattern" -> aliases.add(in.text());
        default -> in.skip();
      }
    }
  }
}
