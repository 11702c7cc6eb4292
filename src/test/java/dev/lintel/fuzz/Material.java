package dev.lintel.fuzz;

import dev.lintel.manifest.Manifest;
import dev.lintel.manifest.ManifestFiles;
import dev.lintel.manifest.Manifests;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.sample.SampleFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What seeds and dictionaries are made of: the project's samples. */
final class Material {

  private static final Path SAMPLES = Path.of("src/test/resources/rules");
  private static final Pattern WORD = Pattern.compile("\"([^\"\\\\]{2,60})\"");

  private Material() {}

  /** Returns the texts of all samples, in the order of their names. */
  static List<String> samples() {
    try {
      List<String> texts = new ArrayList<>();
      for (Path file : SampleFiles.in(SAMPLES)) {
        texts.add(ManifestFiles.text(file));
      }
      return texts;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the objects of all samples, each text once. */
  static List<Manifest> objects() {
    List<Manifest> objects = new ArrayList<>();
    Collection<String> seen = new TreeSet<>();
    for (String text : samples()) {
      try {
        for (Manifest manifest : Manifests.read("sample", text)) {
          if (seen.add(manifest.apiVersion() + manifest.kindName() + manifest.json())) {
            objects.add(manifest);
          }
        }
      } catch (MalformedObjectException e) {
        throw new IllegalStateException(e);
      }
    }
    return objects;
  }

  /** Returns every word between quotation marks, for a dictionary. */
  static List<String> words(Collection<byte[]> documents) {
    Collection<String> words = new TreeSet<>();
    for (byte[] document : documents) {
      Matcher matcher = WORD.matcher(new String(document, StandardCharsets.UTF_8));
      while (matcher.find()) {
        words.add(matcher.group(1));
      }
    }
    return List.copyOf(words);
  }

  /** Returns the texts as bytes. */
  static List<byte[]> bytes(Collection<String> texts) {
    return texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }
}
