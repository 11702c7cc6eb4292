package dev.lintel.cluster;

import com.fasterxml.jackson.core.JsonParser;
import dev.lintel.resource.Cursor;
import dev.lintel.resource.Kind;
import dev.lintel.resource.MalformedObjectException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Reads which versions a CustomResourceDefinition serves; its schema is passed over. */
final class Definition {

  private Definition() {}

  /**
   * Returns the version to ask for: the first of the kind's that is served; empty if none is.
   *
   * @throws MalformedObjectException if it cannot be read
   */
  static Optional<String> version(Kind kind, WatchedObject definition)
      throws MalformedObjectException {
    Set<String> served = new HashSet<>();
    boolean isEstablished = false;
    try (JsonParser parser = definition.parser()) {
      Cursor in = new Cursor(parser);
      for (in.object(); in.nextField(); ) {
        switch (in.field()) {
          case "spec" -> readSpec(in, served);
          case "status" -> isEstablished = readStatus(in);
          default -> in.skip();
        }
      }
    } catch (IOException e) {
      throw new MalformedObjectException("the definition cannot be read: " + e.getMessage(), e);
    }
    return isEstablished
        ? kind.versions().stream().filter(served::contains).findFirst()
        : Optional.empty();
  }

  private static void readSpec(Cursor in, Set<String> served)
      throws IOException, MalformedObjectException {
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "versions" -> {
          for (in.array(); in.nextElement(); ) {
            readVersion(in).ifPresent(served::add);
          }
        }
        default -> in.skip();
      }
    }
  }

  private static Optional<String> readVersion(Cursor in)
      throws IOException, MalformedObjectException {
    String name = "";
    boolean isServed = false;
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "name" -> name = in.text();
        case "served" -> isServed = in.truth();
        default -> in.skip();
      }
    }
    return isServed ? Optional.of(name) : Optional.empty();
  }

  private static boolean readStatus(Cursor in) throws IOException, MalformedObjectException {
    boolean isEstablished = false;
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "conditions" -> {
          for (in.array(); in.nextElement(); ) {
            isEstablished |= readCondition(in);
          }
        }
        default -> in.skip();
      }
    }
    return isEstablished;
  }

  private static boolean readCondition(Cursor in) throws IOException, MalformedObjectException {
    String type = "";
    String status = "";
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "type" -> type = in.text();
        case "status" -> status = in.text();
        default -> in.skip();
      }
    }
    return type.equals("Established") && status.equals("True");
  }
}
