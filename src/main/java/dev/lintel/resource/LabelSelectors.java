package dev.lintel.resource;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Reads lists of label selectors that stand as text in a variable of a controller. */
public final class LabelSelectors {

  private LabelSelectors() {}

  /** Returns the selectors of a JSON list; empty if the text is none. */
  public static Optional<List<LabelSelector>> parse(String json) {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      Cursor in = new Cursor(parser);
      List<LabelSelector> selectors = in.list(Most.REFERENCES, LabelSelectorReader::read);
      boolean isAll = in.cuts().isEmpty() && parser.nextToken() == null;
      return isAll ? Optional.of(selectors) : Optional.empty();
    } catch (IOException | MalformedObjectException e) {
      return Optional.empty();
    }
  }
}
