package dev.lintel.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.manifest.Manifest;
import dev.lintel.manifest.ManifestFiles;
import dev.lintel.manifest.Manifests;
import dev.lintel.sample.SampleFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** What is read of an object depends on its fields, not on how its text is arranged. */
class ReadingPropertyTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final List<Manifest> OBJECTS = readAll();

  @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
  void theOrderOfFieldsDoesNotMatter(@ForAll("objects") Manifest object, @ForAll Random random)
      throws Exception {
    JsonNode shuffled = rearranged(MAPPER.readTree(object.json()), random, false);
    assertThat(read(object, shuffled.toString())).isEqualTo(read(object, object.json()));
  }

  @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
  void fieldsThatNobodyReadsDoNotMatter(@ForAll("objects") Manifest object, @ForAll Random random)
      throws Exception {
    ObjectNode more = (ObjectNode) rearranged(MAPPER.readTree(object.json()), random, true);
    assertThat(read(object, more.toPrettyString())).isEqualTo(read(object, object.json()));
  }

  @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
  void theVersionDoesNotMatter(@ForAll("objects") Manifest object) throws Exception {
    Kind kind = Kind.of(object.apiVersion(), object.kindName()).orElseThrow();
    for (String version : kind.versions()) {
      String apiVersion = kind.group().isEmpty() ? version : kind.group() + "/" + version;
      ObjectNode other = (ObjectNode) MAPPER.readTree(object.json());
      other.put("apiVersion", apiVersion);
      List<Manifest> read = Manifests.read("sample", other.toString());
      assertThat(read.getFirst().resource()).isEqualTo(object.resource());
    }
  }

  @Provide
  Arbitrary<Manifest> objects() {
    return Arbitraries.of(OBJECTS);
  }

  /** Objects of the API have fields and maps; a field more is only added to the former. */
  private static JsonNode rearranged(JsonNode node, Random random, boolean more) {
    if (node instanceof ArrayNode list) {
      ArrayNode copy = MAPPER.createArrayNode();
      list.forEach(element -> copy.add(rearranged(element, random, more)));
      return copy;
    }
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(object.properties());
    Collections.shuffle(fields, random);
    Map<String, JsonNode> copy = new LinkedHashMap<>();
    boolean isPlain = object.has("metadata") || object.has("ports") || object.has("host");
    if (more && isPlain) {
      copy.put("managedBy", MAPPER.createArrayNode().add(MAPPER.createObjectNode().put("a", 1)));
    }
    fields.forEach(field -> copy.put(field.getKey(), rearranged(field.getValue(), random, more)));
    return MAPPER.createObjectNode().setAll(copy);
  }

  private static Optional<Resource> read(Manifest object, String json) throws Exception {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    try (JsonParser parser = new JsonBody(bytes, bytes.length).parser()) {
      return Optional.of(
          Resources.read(Kind.of(object.apiVersion(), object.kindName()).orElseThrow(), parser));
    }
  }

  private static List<Manifest> fromSamples() throws IOException, MalformedObjectException {
    List<Manifest> objects = new ArrayList<>();
    for (Path file : SampleFiles.in(Path.of("src/test/resources/rules"))) {
      for (Manifest manifest : Manifests.read(file.toString(), ManifestFiles.text(file))) {
        if (Kind.of(manifest.apiVersion(), manifest.kindName()).isPresent()) {
          objects.add(manifest);
        }
      }
    }
    return objects;
  }

  private static List<Manifest> readAll() {
    try {
      return fromSamples();
    } catch (IOException | MalformedObjectException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
