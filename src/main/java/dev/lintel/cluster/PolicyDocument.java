package dev.lintel.cluster;

import com.fasterxml.jackson.core.JsonParser;
import dev.lintel.resource.Cursor;
import dev.lintel.resource.MalformedObjectException;
import java.io.IOException;
import java.util.Optional;

/** The policy as it stands in a ConfigMap. */
public final class PolicyDocument {

  /** More than a ConfigMap may hold, in characters. */
  private static final int MOST = 2 << 20;

  private PolicyDocument() {}

  /**
   * Reads one key of a ConfigMap's data, and passes over everything else.
   *
   * @param parser stands before the ConfigMap's first token
   * @return empty if there is no such key
   * @throws MalformedObjectException if it is no text
   */
  public static Optional<String> read(JsonParser parser, String key)
      throws IOException, MalformedObjectException {
    Cursor in = new Cursor(parser);
    Optional<String> text = Optional.empty();
    for (in.object(); in.nextField(); ) {
      if (!in.field().equals("data")) {
        in.skip();
        continue;
      }
      for (in.object(); in.nextField(); ) {
        if (in.field().equals(key)) {
          text = in.document(MOST);
        } else {
          in.skip();
        }
      }
    }
    return text;
  }
}
