package dev.lintel.sample;

import dev.lintel.manifest.Manifest;
import dev.lintel.manifest.Manifests;
import dev.lintel.resource.MalformedObjectException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a sample.
 *
 * @param name policy, cluster, before or write
 * @param argument what follows on the same line
 * @param body the manifests below it, after as many blank lines as stand before them in the file:
 *     so a reader tells the lines that its author knows
 */
record Section(String name, String argument, String body) {

  private static final Pattern HEADER =
      Pattern.compile("(?m)^# (policy|cluster|before|write):(.*)$");

  /** Returns the parts of a sample's text. */
  static List<Section> of(String text) {
    List<Section> sections = new ArrayList<>();
    Matcher header = HEADER.matcher(text);
    boolean isFound = header.find();
    while (isFound) {
      String name = header.group(1);
      String argument = header.group(2).strip();
      int start = header.end();
      isFound = header.find();
      int end = isFound ? header.start() : text.length();
      long before = text.substring(0, start).chars().filter(letter -> letter == '\n').count();
      sections.add(
          new Section(name, argument, "\n".repeat((int) before) + text.substring(start, end)));
    }
    return sections;
  }

  /** Reads the manifests. */
  List<Manifest> manifests(String source) throws MalformedObjectException {
    return Manifests.read(source, body);
  }
}
