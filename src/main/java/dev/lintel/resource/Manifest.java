package dev.lintel.resource;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Optional;

/**
 * An object as a file holds it.
 *
 * @param source the file, for messages
 * @param line where the object begins, from 1
 * @param column where the object begins, from 1
 * @param apiVersion {@code apiVersion} as written
 * @param kindName {@code kind} as written
 * @param json the whole object as JSON
 */
public record Manifest(
    String source, int line, int column, String apiVersion, String kindName, String json) {

  /** Returns what the object is; empty if Lintel does not read such objects. */
  public Optional<Kind> kind() {
    return Kind.of(apiVersion, kindName);
  }

  /**
   * Reads the object. A namespaced object that names no namespace is in {@code default}, as with
   * kubectl.
   *
   * @return the object; empty if Lintel does not read such objects
   * @throws MalformedObjectException if a field has a wrong type; the message begins with source
   *     and line
   */
  public Optional<Resource> resource() throws MalformedObjectException {
    Optional<Kind> kind = kind();
    return kind.isEmpty() ? Optional.empty() : Optional.of(read(kind.get()));
  }

  private Resource read(Kind kind) throws MalformedObjectException {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      Resource resource = Resources.read(kind, parser);
      return kind.isNamespaced() && resource.namespace().isEmpty()
          ? resource.withMetadata(resource.metadata().inNamespace("default"))
          : resource;
    } catch (MalformedObjectException e) {
      throw new MalformedObjectException(
          "%s:%d:%d: %s: %s".formatted(source, line, column, kindName, e.getMessage()), e);
    } catch (IOException e) {
      throw new MalformedObjectException(source + ": " + e.getMessage(), e);
    }
  }
}
