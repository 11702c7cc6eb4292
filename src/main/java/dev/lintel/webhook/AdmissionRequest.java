package dev.lintel.webhook;

import dev.lintel.resource.JsonSlice;
import dev.lintel.resource.Kind;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import java.util.List;
import java.util.Optional;

/**
 * What the API server asks about.
 *
 * @param uid the request's identity, which the answer repeats; never empty
 * @param operation what happens to the object
 * @param group the object's API group; empty for the core group
 * @param kind the object's kind; never empty
 * @param subresource for example {@code status}; empty for the object itself
 * @param namespace the request's namespace; empty for kinds without one
 * @param name the object's name; empty if the API server has yet to generate it
 * @param user who asks; empty if unknown
 * @param groups the groups of the one who asks
 * @param dryRun whether nothing will be stored
 * @param object the object as it will be; present on CREATE and UPDATE
 * @param oldObject the object as it is; present on UPDATE, and as a rule on DELETE
 */
record AdmissionRequest(
    String uid,
    Operation operation,
    String group,
    String kind,
    String subresource,
    String namespace,
    String name,
    String user,
    List<String> groups,
    boolean dryRun,
    Optional<JsonSlice> object,
    Optional<JsonSlice> oldObject) {

  /** Returns the identity of the object that the request names. */
  ResourceRef ref(Kind known) {
    return new ResourceRef(known, known.isNamespaced() ? namespace : "", name);
  }

  /** Reads the object as it will be. */
  Resource readObject(Kind known) throws MalformedObjectException {
    return identified(known, object.orElseThrow().read(known));
  }

  /** Reads the object as it is; empty if it is created. */
  Optional<Resource> readOldObject(Kind known) throws MalformedObjectException {
    return oldObject.isEmpty()
        ? Optional.empty()
        : Optional.of(identified(known, oldObject.get().read(known)));
  }

  /** What an object leaves out of its identity stands in the request. */
  private Resource identified(Kind known, Resource read) {
    Metadata metadata = read.metadata();
    if (!metadata.name().isEmpty() && (!known.isNamespaced() || !metadata.namespace().isEmpty())) {
      return read;
    }
    return read.withMetadata(
        metadata.identifiedAs(
            known.isNamespaced() && metadata.namespace().isEmpty()
                ? namespace
                : metadata.namespace(),
            metadata.name().isEmpty() ? name : metadata.name()));
  }
}
