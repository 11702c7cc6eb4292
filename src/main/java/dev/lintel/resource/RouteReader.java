package dev.lintel.resource;

import dev.lintel.resource.Route.ParentRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads routes of every kind: what Lintel reads of them has the same shape. */
final class RouteReader {

  private static final String GATEWAY_API = "gateway.networking.k8s.io";

  private RouteReader() {}

  static Route read(Kind kind, Cursor in) throws IOException, MalformedObjectException {
    Metadata metadata = MetadataReader.NONE;
    List<ParentRef> parents = new ArrayList<>();
    List<String> hostnames = new ArrayList<>();
    RuleReader rules = new RuleReader(kind);
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "metadata" -> metadata = MetadataReader.read(in);
        case "spec" -> readSpec(in, parents, hostnames, rules);
        default -> in.skip();
      }
    }
    return new Route(metadata, kind, inNamespace(parents, metadata), hostnames, rules.found());
  }

  /** A parent without a namespace is in the route's own, which may be read after the spec. */
  private static List<ParentRef> inNamespace(List<ParentRef> parents, Metadata metadata) {
    return parents.stream()
        .map(parent -> parent.namespace().isEmpty() ? parent.in(metadata.namespace()) : parent)
        .toList();
  }

  private static void readSpec(
      Cursor in, List<ParentRef> parents, List<String> hostnames, RuleReader rules)
      throws IOException, MalformedObjectException {
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "parentRefs" -> in.into(parents, Most.PARENTS, RouteReader::readParent);
        case "hostnames" -> in.into(hostnames, Most.PARENTS, Cursor::host);
        case "rules" -> rules.readAll(in);
        default -> in.skip();
      }
    }
  }

  private static ParentRef readParent(Cursor in) throws IOException, MalformedObjectException {
    String group = GATEWAY_API;
    String kind = "Gateway";
    String namespace = "";
    String name = "";
    String sectionName = "";
    Optional<Integer> port = Optional.empty();
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "group" -> group = in.optionalText().orElse(group);
        case "kind" -> kind = in.optionalText().orElse(kind);
        case "namespace" -> namespace = in.name();
        case "name" -> name = in.name();
        case "sectionName" -> sectionName = in.name();
        case "port" -> port = in.isNull() ? Optional.empty() : Optional.of(in.number());
        default -> in.skip();
      }
    }
    return new ParentRef(group, kind, namespace, name, sectionName, port);
  }
}
