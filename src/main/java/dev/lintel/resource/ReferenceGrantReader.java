package dev.lintel.resource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads a ReferenceGrant. */
final class ReferenceGrantReader {

  private ReferenceGrantReader() {}

  static ReferenceGrant read(Cursor in) throws IOException, MalformedObjectException {
    Metadata metadata = MetadataReader.NONE;
    List<ReferenceGrant.From> from = new ArrayList<>();
    List<ReferenceGrant.To> to = new ArrayList<>();
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "metadata" -> metadata = MetadataReader.read(in);
        case "spec" -> readSpec(in, from, to);
        default -> in.skip();
      }
    }
    return new ReferenceGrant(metadata, from, to);
  }

  private static void readSpec(
      Cursor in, List<ReferenceGrant.From> from, List<ReferenceGrant.To> to)
      throws IOException, MalformedObjectException {
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "from" -> {
          for (Reference read : in.list(Most.REFERENCES, ReferenceGrantReader::readReference)) {
            from.add(new ReferenceGrant.From(read.group, read.kind, read.namespace));
          }
        }
        case "to" -> {
          for (Reference read : in.list(Most.REFERENCES, ReferenceGrantReader::readReference)) {
            to.add(new ReferenceGrant.To(read.group, read.kind, read.name));
          }
        }
        default -> in.skip();
      }
    }
  }

  private static Reference readReference(Cursor in) throws IOException, MalformedObjectException {
    String group = "";
    String kind = "";
    String namespace = "";
    String name = "";
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "group" -> group = in.name();
        case "kind" -> kind = in.name();
        case "namespace" -> namespace = in.name();
        case "name" -> name = in.name();
        default -> in.skip();
      }
    }
    return new Reference(group, kind, namespace, name);
  }

  private record Reference(String group, String kind, String namespace, String name) {}
}
