package dev.lintel.resource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the addresses of a status: a list of objects with a {@code value}. */
final class AddressReader {

  private AddressReader() {}

  static List<String> readValues(Cursor in) throws IOException, MalformedObjectException {
    List<String> values = new ArrayList<>(in.list(Most.HOSTS, AddressReader::readValue));
    values.removeIf(String::isEmpty);
    return values;
  }

  private static String readValue(Cursor in) throws IOException, MalformedObjectException {
    String value = "";
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "value" -> value = in.name();
        default -> in.skip();
      }
    }
    return value;
  }
}
