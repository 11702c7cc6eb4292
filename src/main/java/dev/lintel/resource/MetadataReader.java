package dev.lintel.resource;

import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Reads {@code metadata}. */
final class MetadataReader {

  /** Metadata of an object that has none. */
  static final Metadata NONE = Metadata.of("", "");

  private MetadataReader() {}

  /** Reads the metadata that is the current value, with the labels that rules read. */
  static Metadata read(Cursor in) throws IOException, MalformedObjectException {
    return read(in, KeyFilter::keepsKey);
  }

  /** Reads the metadata that is the current value, with the labels that pass the filter. */
  static Metadata read(Cursor in, Predicate<String> keepsLabel)
      throws IOException, MalformedObjectException {
    return read(in, keepsLabel, false);
  }

  /** Reads the metadata that is the current value, with the UID, which owner references repeat. */
  static Metadata readWithUid(Cursor in) throws IOException, MalformedObjectException {
    return read(in, KeyFilter::keepsKey, true);
  }

  private static Metadata read(Cursor in, Predicate<String> keepsLabel, boolean keepsUid)
      throws IOException, MalformedObjectException {
    String namespace = "";
    String name = "";
    Map<String, String> labels = Map.of();
    Map<String, String> annotations = Map.of();
    Instant created = Metadata.NOT_YET;
    boolean deleting = false;
    List<Metadata.Owner> owners = List.of();
    String uid = "";
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "namespace" -> namespace = in.name();
        case "name" -> name = in.name();
        case "labels" -> labels = in.textMap(Most.LABELS, keepsLabel);
        case "annotations" -> annotations = in.annotations();
        case "creationTimestamp" -> created = readTime(in);
        case "deletionTimestamp" -> deleting = !in.isNull();
        case "ownerReferences" -> owners = readOwners(in);
        case "uid" -> {
          if (keepsUid) {
            uid = in.name();
          } else {
            in.skip();
          }
        }
        default -> in.skip();
      }
    }
    return new Metadata(
        namespace, name, labels, annotations, created, deleting, owners, uid, List.of());
  }

  /** Reads an object of which only the metadata matters. */
  static Metadata readAlone(Cursor in, Predicate<String> keepsLabel)
      throws IOException, MalformedObjectException {
    Metadata metadata = NONE;
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "metadata" -> metadata = read(in, keepsLabel);
        default -> in.skip();
      }
    }
    return metadata;
  }

  private static Instant readTime(Cursor in) throws IOException, MalformedObjectException {
    if (in.isNull()) {
      return Metadata.NOT_YET;
    }
    try {
      return Instant.parse(in.name());
    } catch (DateTimeParseException e) {
      throw in.unexpected("a time such as 2026-01-31T08:00:00Z");
    }
  }

  private static List<Metadata.Owner> readOwners(Cursor in)
      throws IOException, MalformedObjectException {
    return in.list(Most.OWNERS, MetadataReader::readOwner);
  }

  private static Metadata.Owner readOwner(Cursor in) throws IOException, MalformedObjectException {
    String group = "";
    String kind = "";
    String name = "";
    String uid = "";
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "apiVersion" -> group = groupOf(in.name());
        case "kind" -> kind = in.name();
        case "name" -> name = in.name();
        case "uid" -> uid = in.name();
        default -> in.skip();
      }
    }
    return new Metadata.Owner(group, kind, name, uid);
  }

  private static String groupOf(String apiVersion) {
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }
}
