package dev.lintel.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

/** Writes documents of JSON and its relatives for people to read too. */
final class JsonText {

  private JsonText() {}

  /** Something that writes a whole document. */
  interface Content {
    void write(JsonGenerator out) throws IOException;
  }

  /** Writes a document as JSON, with a line break at its end. */
  static void write(Writer to, Content content) {
    DefaultIndenter indenter = DefaultIndenter.SYSTEM_LINEFEED_INSTANCE;
    write(
        new JsonFactory(),
        to,
        out -> {
          out.setPrettyPrinter(
              new DefaultPrettyPrinter().withArrayIndenter(indenter).withObjectIndenter(indenter));
          content.write(out);
          out.writeRaw(System.lineSeparator());
        });
  }

  /** Writes a document in the form that a factory stands for. */
  static void write(JsonFactory factory, Writer to, Content content) {
    try (JsonGenerator out = factory.createGenerator(to)) {
      out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      content.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException("the report cannot be written", e);
    }
  }
}
