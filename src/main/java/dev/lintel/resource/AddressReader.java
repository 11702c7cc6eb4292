package dev.lintel.resource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the addresses of a status: a list of objects with a {@code value}. */
final class AddressReader {

  private AddressReader() {}

  static List<String> readValues(Cursor in) throws IOException, MalformedObjectException {
    List<String> values = new ArrayList<>();
    for (in.array(); in.nextElement(); ) {
      for (in.object(); in.nextField(); ) {
        switch (in.field()) {
          case "value" -> values.add(in.text());
          default -> in.skip();
        }
      }
    }
    return values;
  }
}
