package dev.lintel.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.manifest.Manifest;
import dev.lintel.manifest.Manifests;
import dev.lintel.resource.MalformedObjectException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A file with manifests. */
final class ManifestTarget implements Target {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Override
  public List<byte[]> seeds() {
    return Material.bytes(Material.samples());
  }

  @Override
  public List<String> words() {
    return List.of(
        "apiVersion: v1\n",
        "kind: List\n",
        "items:\n",
        "---\n",
        "- ",
        "&a ",
        "*a",
        "!!str ",
        "<<: ",
        "? ",
        "|\n",
        ">-\n",
        "~",
        "0x1f",
        ".inf",
        "metadata:",
        "spec:");
  }

  @Override
  public void take(byte[] input) {
    read(input).forEach(ManifestTarget::isRead);
  }

  @Override
  public void check(byte[] input) {
    for (Manifest manifest : read(input)) {
      Must.hold(isJson(manifest.json()), "an object is no JSON: " + manifest.json());
      isRead(manifest);
      List<Manifest> again = read(manifest.json().getBytes(StandardCharsets.UTF_8));
      Must.hold(
          again.size() == 1 && again.getFirst().json().equals(manifest.json()),
          "as JSON the object is another: " + manifest.json());
    }
  }

  private static boolean isJson(String text) {
    try {
      return MAPPER.readTree(text).isObject();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static boolean isRead(Manifest manifest) {
    try {
      return manifest.resource().isPresent();
    } catch (MalformedObjectException e) {
      Must.beOneLine(String.valueOf(e.getMessage()));
      return false;
    }
  }

  private static List<Manifest> read(byte[] input) {
    try {
      return Manifests.read("file", new String(input, StandardCharsets.UTF_8));
    } catch (MalformedObjectException e) {
      return List.of();
    }
  }
}
