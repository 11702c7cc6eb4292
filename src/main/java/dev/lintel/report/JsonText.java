package dev.lintel.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

/** Writes documents of JSON and its relatives for people to read too. */
public final class JsonText {

  private JsonText() {}

  /** Something that writes a whole document. */
  public interface Content {
    /** Writes it. */
    void write(JsonGenerator out) throws IOException;
  }

  /**
   * Writes a document, and leaves the writer open.
   *
   * @param syntax how it is written down
   * @throws UncheckedIOException if it cannot be written
   */
  public static void write(JsonReport.Syntax syntax, Writer to, Content content) {
    switch (syntax) {
      case JSON -> write(to, content);
      case YAML -> write(yaml(), to, content);
    }
  }

  private static YAMLFactory yaml() {
    return YAMLFactory.builder()
        .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
        .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
        .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
        .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
        .disable(YAMLGenerator.Feature.SPLIT_LINES)
        .build();
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
