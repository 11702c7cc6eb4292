package dev.lintel.resource;

import dev.lintel.resource.Deployment.Container;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a Deployment: images and environment of its containers. */
final class DeploymentReader {

  private DeploymentReader() {}

  static Deployment read(Cursor in) throws IOException, MalformedObjectException {
    Metadata metadata = MetadataReader.NONE;
    List<Container> containers = new ArrayList<>();
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "metadata" -> metadata = MetadataReader.read(in);
        case "spec" -> readBelow(in, "template", containers);
        default -> in.skip();
      }
    }
    return new Deployment(metadata, containers);
  }

  /** Goes down {@code template.spec.containers}. */
  private static void readBelow(Cursor in, String step, List<Container> containers)
      throws IOException, MalformedObjectException {
    for (in.object(); in.nextField(); ) {
      if (!in.field().equals(step)) {
        in.skip();
        continue;
      }
      switch (step) {
        case "template" -> readBelow(in, "spec", containers);
        case "spec" -> readBelow(in, "containers", containers);
        default -> in.into(containers, Most.CONTAINERS, DeploymentReader::readContainer);
      }
    }
  }

  private static Container readContainer(Cursor in) throws IOException, MalformedObjectException {
    String name = "";
    String image = "";
    Map<String, String> environment = new LinkedHashMap<>();
    boolean hasOtherSources = false;
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "name" -> name = in.name();
        case "image" -> image = in.text();
        case "env" -> {
          for (in.array(); in.nextElement(); ) {
            hasOtherSources |= readVariable(in, environment);
          }
        }
        case "envFrom" -> {
          for (in.array(); in.nextElement(); ) {
            hasOtherSources = true;
            in.skip();
          }
        }
        default -> in.skip();
      }
    }
    return new Container(name, image, environment, hasOtherSources);
  }

  /** Reads a variable; true if its value comes from elsewhere and a rule would read it. */
  private static boolean readVariable(Cursor in, Map<String, String> environment)
      throws IOException, MalformedObjectException {
    String name = "";
    String value = "";
    boolean fromElsewhere = false;
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "name" -> name = in.name();
        case "value" -> value = in.scalar();
        case "valueFrom" -> {
          fromElsewhere = !in.isNull();
          in.skip();
        }
        default -> in.skip();
      }
    }
    if (!KeyFilter.keepsVariable(name)) {
      return false;
    }
    if (!fromElsewhere && environment.size() < Most.VARIABLES) {
      environment.put(name, value);
    }
    return fromElsewhere;
  }
}
