package dev.lintel.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.lintel.resource.MalformedObjectException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what kustomize and Helm make of their sources. An object is named by the file that it comes
 * from, as both tell it, for that is the file that somebody edits.
 */
public final class RenderedText {

  private static final JsonFactory JSON = new JsonFactory();
  private static final String ORIGIN = "config.kubernetes.io/origin";
  private static final Pattern ORIGIN_PATH = Pattern.compile("(?m)^path: *(\\S.*)$");
  private static final Pattern ORIGIN_REPO = Pattern.compile("(?m)^repo: *(\\S.*)$");
  private static final Pattern DOCUMENT = Pattern.compile("(?m)^---[ \t]*$");
  private static final Pattern HELM_SOURCE = Pattern.compile("(?m)^# Source: [^/\\s]+/(\\S+)$");
  private static final Region START = new Region(1, 1, 1, 1);

  private RenderedText() {}

  /**
   * Reads what kustomize prints, with origin annotations. Where the file of an object can be read,
   * its fields stand where they stand there.
   *
   * @param folder the folder that was built
   * @param root the folder that origins are told from
   * @throws MalformedObjectException if it cannot be read
   */
  public static List<ManifestText> ofKustomize(Path folder, Path root, String text)
      throws MalformedObjectException {
    Map<Path, Optional<ManifestText>> origins = new HashMap<>();
    List<ManifestText> texts = new ArrayList<>();
    for (Manifest manifest : ManifestText.read(folder.toString(), text).manifests()) {
      String origin = annotation(manifest, ORIGIN);
      Matcher path = ORIGIN_PATH.matcher(origin);
      if (!path.find()) {
        texts.add(alone(manifest.standingAt(folder.toString(), START)));
        continue;
      }
      Matcher repository = ORIGIN_REPO.matcher(origin);
      if (repository.find()) {
        String source = repository.group(1).strip() + "//" + path.group(1).strip();
        texts.add(alone(manifest.standingAt(source, START)));
        continue;
      }
      Path file = shortest(root.resolve(path.group(1).strip()));
      Optional<ManifestText> read = origins.computeIfAbsent(file, RenderedText::read);
      texts.add(
          alone(
              read.flatMap(original -> same(original, manifest))
                  .map(original -> manifest.comingFrom(original))
                  .orElseGet(() -> manifest.standingAt(file.toString(), START))));
    }
    return texts;
  }

  /**
   * Reads what {@code helm template} prints. A template is no manifest, so that its objects stand
   * where their kind is written, if that is written once.
   *
   * @param chart the chart, as Helm was told
   * @throws MalformedObjectException if it cannot be read
   */
  public static List<ManifestText> ofHelm(String chart, String text)
      throws MalformedObjectException {
    List<ManifestText> texts = new ArrayList<>();
    for (String document : DOCUMENT.split(text)) {
      Matcher comment = HELM_SOURCE.matcher(document);
      Path file = comment.find() ? Path.of(chart).resolve(comment.group(1)) : Path.of(chart);
      for (Manifest manifest : ManifestText.read(file.toString(), document).manifests()) {
        texts.add(alone(manifest.standingAt(file.toString(), placeIn(file, manifest.kindName()))));
      }
    }
    return texts;
  }

  private static ManifestText alone(Manifest manifest) {
    return ManifestText.of(manifest);
  }

  private static Optional<ManifestText> read(Path file) {
    try {
      return Files.isRegularFile(file)
          ? Optional.of(ManifestText.read(file.toString(), ManifestFiles.text(file)))
          : Optional.empty();
    } catch (IOException | MalformedObjectException e) {
      return Optional.empty();
    }
  }

  /** Kustomize may have added to the name, in front or behind. */
  private static Optional<Manifest> same(ManifestText original, Manifest built) {
    String name = field(built, "metadata", "name");
    List<Manifest> ofKind =
        original.manifests().stream()
            .filter(manifest -> manifest.kindName().equals(built.kindName()))
            .toList();
    Optional<Manifest> ofName =
        ofKind.stream()
            .filter(manifest -> field(manifest, "metadata", "name").equals(name))
            .findFirst();
    if (ofName.isPresent()) {
      return ofName;
    }
    List<Manifest> near =
        ofKind.stream()
            .filter(manifest -> name.contains(field(manifest, "metadata", "name")))
            .toList();
    return near.size() == 1 ? Optional.of(near.getFirst()) : Optional.empty();
  }

  private static Region placeIn(Path template, String kind) {
    try {
      if (!Files.isRegularFile(template)) {
        return START;
      }
      Pattern line = Pattern.compile("kind:\\s*[\"']?" + Pattern.quote(kind) + "[\"']?\\s*");
      List<String> lines = ManifestFiles.text(template).lines().toList();
      List<Integer> found = new ArrayList<>();
      for (int i = 0; i < lines.size(); i++) {
        if (line.matcher(lines.get(i)).matches()) {
          found.add(i + 1);
        }
      }
      return found.size() == 1 ? new Region(found.getFirst(), 1, found.getFirst(), 1) : START;
    } catch (IOException e) {
      return START;
    }
  }

  private static Path shortest(Path file) {
    Path here = Path.of("").toAbsolutePath();
    Path whole = file.toAbsolutePath().normalize();
    return whole.startsWith(here) ? here.relativize(whole) : whole;
  }

  private static String annotation(Manifest manifest, String key) {
    return field(manifest, "metadata", "annotations", key);
  }

  /** Returns a text within an object; empty if there is none. */
  private static String field(Manifest manifest, String... path) {
    try (JsonParser parser = JSON.createParser(manifest.json())) {
      int depth = 0;
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean isOnPath = parser.currentName().equals(path[depth]);
        JsonToken value = parser.nextToken();
        if (!isOnPath) {
          parser.skipChildren();
        } else if (depth == path.length - 1) {
          return value == JsonToken.VALUE_STRING ? parser.getText() : "";
        } else if (value == JsonToken.START_OBJECT) {
          depth++;
        } else {
          return "";
        }
      }
      return "";
    } catch (IOException e) {
      return "";
    }
  }
}
