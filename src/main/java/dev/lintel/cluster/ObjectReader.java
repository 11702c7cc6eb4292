package dev.lintel.cluster;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.lintel.resource.Kind;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.resource.Resources;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Objects;

/** Reads objects as the client hands them out, with the readers that read everything else. */
@Singleton
class ObjectReader {

  private final ObjectMapper mapper;

  ObjectReader(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /**
   * Reads an object.
   *
   * @throws MalformedObjectException if a field has a wrong type
   */
  Resource read(Kind kind, GenericKubernetesResource object) throws MalformedObjectException {
    try (TokenBuffer buffer = new TokenBuffer(mapper, false)) {
      mapper.writeValue(buffer, object);
      try (JsonParser parser = buffer.asParser()) {
        return Resources.read(kind, parser);
      }
    } catch (IOException e) {
      throw new MalformedObjectException("the object cannot be read: " + e.getMessage(), e);
    }
  }

  /** Returns the identity of an object, whether or not the rest of it can be read. */
  static ResourceRef ref(Kind kind, GenericKubernetesResource object) {
    return new ResourceRef(
        kind,
        Objects.requireNonNullElse(object.getMetadata().getNamespace(), ""),
        Objects.requireNonNullElse(object.getMetadata().getName(), ""));
  }
}
