package dev.lintel.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Any field of the shipped manifests can be edited, and nothing but its line changes. */
class ShippedManifestsEditTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  static Stream<Path> files() throws IOException {
    List<Path> files = new ArrayList<>(ManifestFiles.in(Path.of("samples"), true));
    files.addAll(ManifestFiles.in(Path.of("deploy"), true));
    return files.stream();
  }

  @ParameterizedTest
  @MethodSource("files")
  void anEditChangesOneLine(Path file) throws Exception {
    ManifestText text = ManifestText.read(file.toString(), ManifestFiles.text(file));
    for (Manifest manifest : text.manifests()) {
      for (String pointer : texts("", MAPPER.readTree(manifest.json()))) {
        Optional<ManifestText> edited =
            manifest
                .excerpt()
                .flatMap(excerpt -> excerpt.set(0, pointer, "other"))
                .flatMap(excerpt -> text.with(Map.of(manifest.position(), excerpt)));
        // What an anchor or an alias shares is left alone.
        if (edited.isPresent() || !text.text().contains(": *")) {
          assertThat(changed(text, edited.orElseThrow())).as("%s %s", file, pointer).isEqualTo(1);
        }
      }
    }
  }

  private static long changed(ManifestText before, ManifestText after) {
    List<String> former = before.text().lines().toList();
    List<String> lines = after.text().lines().toList();
    assertThat(lines).hasSameSizeAs(former);
    return Stream.iterate(0, i -> i + 1)
        .limit(lines.size())
        .filter(i -> !lines.get(i).equals(former.get(i)))
        .count();
  }

  /** Returns pointers to the single lines of text; kind and apiVersion make the object. */
  private static List<String> texts(String pointer, JsonNode node) {
    List<String> found = new ArrayList<>();
    if (node.isTextual()
        && !node.asText().contains("\n")
        && !pointer.matches("/kind|/apiVersion")) {
      found.add(pointer);
    }
    node.properties()
        .forEach(
            field ->
                found.addAll(
                    texts(pointer + "/" + field.getKey().replace("/", "~1"), field.getValue())));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      found.addAll(texts(pointer + "/" + i, node.get(i)));
    }
    return found;
  }
}
