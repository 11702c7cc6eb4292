package dev.lintel.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.lintel.cluster.LintelConfig.PolicyConfig;
import dev.lintel.cluster.PolicyDocument;
import dev.lintel.manifest.Manifest;
import dev.lintel.manifest.ManifestText;
import dev.lintel.resource.MalformedObjectException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The text of a policy document, which stands in a file of its own or in a ConfigMap.
 *
 * @param source what it is called in messages
 * @param text the document
 */
record PolicyText(String source, String text) {

  /**
   * Reads a document.
   *
   * @param input a file, or {@link Inputs#STANDARD_INPUT}
   * @throws UnreadableException if it cannot be read, or if several ConfigMaps hold a policy
   */
  static PolicyText of(String input) {
    String text = Inputs.text(input);
    String name = Inputs.nameOf(input);
    List<PolicyText> held = text.contains("ConfigMap") ? held(name, text) : List.of();
    if (held.size() > 1) {
      throw new UnreadableException(
          "%s has %d ConfigMaps with a key %s: give one of them"
              .formatted(name, held.size(), PolicyConfig.KEY));
    }
    return held.isEmpty() ? new PolicyText(name, text) : held.getFirst();
  }

  /** What is no manifest at all is read as the document, which says what is wrong with it. */
  private static List<PolicyText> held(String name, String text) {
    try {
      List<PolicyText> held = new ArrayList<>();
      for (Manifest manifest : ManifestText.read(name, text).manifests()) {
        if (manifest.kindName().equals("ConfigMap")) {
          document(manifest)
              .map(document -> new PolicyText(name + ": data." + PolicyConfig.KEY, document))
              .ifPresent(held::add);
        }
      }
      return held;
    } catch (IOException | MalformedObjectException e) {
      return List.of();
    }
  }

  private static Optional<String> document(Manifest manifest)
      throws IOException, MalformedObjectException {
    try (JsonParser parser = new JsonFactory().createParser(manifest.json())) {
      return PolicyDocument.read(parser, PolicyConfig.KEY);
    }
  }
}
