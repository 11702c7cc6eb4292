package dev.lintel.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Takes the text of a document apart, YAML 1.2, within limits. */
final class DocumentText {

  /** Room for every rule and a thousand exemptions; more would cost a new process seconds. */
  private static final int MAX_LENGTH = 1 << 18;

  private DocumentText() {}

  /**
   * Returns the one document of a text; empty, and a problem, if there is none.
   *
   * @param source what it is called in messages
   */
  static Optional<Place> read(String source, String text, Problems problems) {
    if (text.length() > MAX_LENGTH) {
      problems.add(
          Optional.empty(),
          "",
          () -> "the document is longer than %d characters".formatted(MAX_LENGTH));
      return Optional.empty();
    }
    List<Node> documents = new ArrayList<>();
    try {
      LoadSettings settings =
          LoadSettings.builder().setLabel(source).setBufferSize(text.length() + 1024).build();
      Parser parser = new BoundedParser(new ParserImpl(settings, new StreamReader(settings, text)));
      new Composer(settings, parser).forEachRemaining(documents::add);
    } catch (BoundedParser.ExceededException e) {
      problems.add(e.mark(), e.path(), e::problem);
      return Optional.empty();
    } catch (MarkedYamlEngineException e) {
      problems.add(e.getProblemMark(), "", e::getProblem);
      return Optional.empty();
    } catch (YamlEngineException e) {
      problems.add(Optional.empty(), "", () -> String.valueOf(e.getMessage()));
      return Optional.empty();
    }
    if (documents.size() != 1 || documents.getFirst().getTag().equals(Tag.NULL)) {
      problems.add(
          Optional.empty(),
          "",
          () -> documents.size() > 1 ? "there must be one document only" : "the document is empty");
      return Optional.empty();
    }
    return Optional.of(new Place(documents.getFirst(), "", problems));
  }
}
