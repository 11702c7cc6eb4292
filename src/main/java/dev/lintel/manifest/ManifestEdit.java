package dev.lintel.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.manifest.NodePath.Step;
import dev.lintel.resource.MalformedObjectException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Edits one field of a manifest in its text. What comes of it is read again: unless this field has
 * changed and nothing else, there is no edit.
 */
final class ManifestEdit {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Manifest manifest;
  private final List<String> names;
  private final List<Step> steps;
  private final TextEditor editor;

  private ManifestEdit(Manifest manifest, String pointer) {
    this.manifest = manifest;
    this.names = NodePath.ofPointer(pointer);
    this.steps = NodePath.follow(manifest.node(), names);
    this.editor = new TextEditor(manifest.text(), ScalarText.isJson(manifest.node()));
  }

  static Optional<ManifestText> set(Manifest manifest, String pointer, String value) {
    ManifestEdit edit = new ManifestEdit(manifest, pointer);
    return edit.spliced(edit.setting(value), holder -> put(holder, edit.names.getLast(), value));
  }

  static Optional<ManifestText> remove(Manifest manifest, String pointer) {
    ManifestEdit edit = new ManifestEdit(manifest, pointer);
    return edit.spliced(edit.removal(), holder -> drop(holder, edit.names.getLast()));
  }

  static Optional<ManifestText> removeEmpty(Manifest manifest, String pointer) {
    ManifestEdit edit = new ManifestEdit(manifest, pointer);
    boolean isEmpty =
        edit.isThere()
            && edit.holder() instanceof MappingNode mapping
            && mapping.getValue().isEmpty();
    return isEmpty ? remove(manifest, pointer) : Optional.empty();
  }

  private Optional<String> setting(String value) {
    if (isInAlias()) {
      return Optional.empty();
    }
    if (isThere()) {
      return editor.replace(steps.getLast(), value);
    }
    return steps.size() == names.size() - 1 && holder() instanceof MappingNode mapping
        ? editor.add(mapping, names.getLast(), value)
        : Optional.empty();
  }

  private Optional<String> removal() {
    return isThere() && !isInAlias() ? editor.remove(steps) : Optional.empty();
  }

  private boolean isThere() {
    return !names.isEmpty() && steps.size() == names.size();
  }

  /** The value of an alias stands elsewhere, where others may refer to it too. */
  private boolean isInAlias() {
    return steps.stream()
        .anyMatch(step -> TextEditor.start(step.value()) < TextEditor.start(step.key()));
  }

  private Node holder() {
    return steps.isEmpty() ? manifest.node() : steps.getLast().value();
  }

  private Optional<ManifestText> spliced(Optional<String> text, Consumer<JsonNode> change) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      ManifestText edited = ManifestText.read(manifest.source(), text.get());
      return isAsMeant(edited.manifests(), change) ? Optional.of(edited) : Optional.empty();
    } catch (MalformedObjectException e) {
      return Optional.empty();
    }
  }

  private boolean isAsMeant(List<Manifest> found, Consumer<JsonNode> change) {
    List<Manifest> former = manifest.text().manifests();
    if (found.size() != former.size()) {
      return false;
    }
    for (int i = 0; i < found.size(); i++) {
      boolean isEdited = i == manifest.position();
      JsonNode expected = isEdited ? changed(change) : tree(former.get(i));
      if (!tree(found.get(i)).equals(expected)) {
        return false;
      }
    }
    return true;
  }

  private JsonNode changed(Consumer<JsonNode> change) {
    JsonNode root = tree(manifest);
    JsonNode holder = root;
    for (String name : names.subList(0, names.size() - 1)) {
      holder = holder.isArray() ? holder.path(Integer.parseInt(name)) : holder.path(name);
    }
    change.accept(holder);
    return root;
  }

  private static void put(JsonNode holder, String name, String value) {
    if (holder instanceof ObjectNode object) {
      object.put(name, value);
    } else if (holder instanceof ArrayNode array) {
      array.set(Integer.parseInt(name), value);
    }
  }

  private static void drop(JsonNode holder, String name) {
    if (holder instanceof ObjectNode object) {
      object.remove(name);
    }
  }

  private static JsonNode tree(Manifest manifest) {
    try {
      return MAPPER.readTree(manifest.json());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest's JSON was written by Lintel", e);
    }
  }
}
