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
    aliases.removeIf(String::isEmpty);
    return new Segment(metadata, domain, aliases);
  }

  private static String readSpec(Cursor in, List<String> aliases)
      throws IOException, MalformedObjectException {
    String domain = "";
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "domain" -> domain = in.host();
        case "aliases" -> in.into(aliases, Most.NAMES, SegmentReader::readAlias);
        default -> in.skip();
      }
    }
    return domain;
  }

  private static String readAlias(Cursor in) throws IOException, MalformedObjectException {
    String pattern = "";
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "pattern" -> pattern = in.host();
        default -> in.skip();
      }
    }
    return pattern;
  }
}
