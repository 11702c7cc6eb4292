package dev.lintel.cli;

import dev.lintel.policy.Policy;
import dev.lintel.policy.PolicyReader;
import dev.lintel.resource.ManifestFiles;
import java.io.IOException;
import java.nio.file.Path;

/** Reads files for commands; what cannot be read becomes an {@link UnreadableException}. */
final class Inputs {

  private Inputs() {}

  /** Returns a file's text. */
  static String text(Path file) {
    try {
      return ManifestFiles.text(file);
    } catch (IOException e) {
      throw UnreadableException.of(e);
    }
  }

  /** Reads a policy; an exemption in it that has ended does not count. */
  static Policy policy(Path file) {
    PolicyReader.Reading reading = PolicyReader.read(file.toString(), text(file));
    return reading
        .policy()
        .orElseThrow(
            () ->
                new UnreadableException(
                    String.join(System.lineSeparator() + "lintel: ", reading.problems())));
  }
}
