package dev.lintel.resource;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of an object's metadata that rules read.
 *
 * @param namespace empty for kinds without a namespace
 * @param name empty if the API server has yet to generate it
 * @param labels the labels that may matter to a rule; see {@link KeyFilter}
 * @param annotations the annotations that may matter to a rule; see {@link KeyFilter}
 * @param created when the object was created, {@link #NOT_YET} if it was not
 * @param deleting whether a deletion timestamp is set
 * @param owners the owner references
 * @param uid the object's identity in its cluster; read of Gateways only, and empty if it is not
 *     known
 * @param cuts what of the object was longer than its limit and is not in this model; such an object
 *     is judged by what was read of it, and nothing within a cut denies
 */
public record Metadata(
    String namespace,
    String name,
    Map<String, String> labels,
    Map<String, String> annotations,
    Instant created,
    boolean deleting,
    List<Owner> owners,
    String uid,
    List<Cut> cuts) {

  /** The creation time of an object that is about to be created: younger than every other. */
  public static final Instant NOT_YET = Instant.MAX;

  /** Metadata of an object without labels, annotations and owners that does not exist yet. */
  public static Metadata of(String namespace, String name) {
    return new Metadata(namespace, name, Map.of(), Map.of(), NOT_YET, false, List.of());
  }

  /** Copies the collections, so that the record is immutable. */
  public Metadata {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
    owners = List.copyOf(owners);
    cuts = List.copyOf(cuts);
  }

  /** Creates metadata without a UID, of an object that was read as a whole. */
  public Metadata(
      String namespace,
      String name,
      Map<String, String> labels,
      Map<String, String> annotations,
      Instant created,
      boolean deleting,
      List<Owner> owners) {
    this(namespace, name, labels, annotations, created, deleting, owners, "", List.of());
  }

  /**
   * Returns a label's value; empty if the label is absent (a label may be present with an empty
   * value).
   */
  public Optional<String> label(String key) {
    return Optional.ofNullable(labels.get(key));
  }

  /** Returns an annotation's value; empty if the annotation is absent. */
  public Optional<String> annotation(String key) {
    return Optional.ofNullable(annotations.get(key));
  }

  /**
   * Returns the same metadata under another identity: an object may leave its own to the request.
   */
  public Metadata identifiedAs(String otherNamespace, String otherName) {
    return new Metadata(
        otherNamespace, otherName, labels, annotations, created, deleting, owners, uid, cuts);
  }

  /** Returns the same metadata in another namespace: a manifest may leave it to the request. */
  public Metadata inNamespace(String other) {
    return new Metadata(other, name, labels, annotations, created, deleting, owners, uid, cuts);
  }

  /** Returns the same metadata with other labels and annotations. */
  public Metadata with(Map<String, String> otherLabels, Map<String, String> otherAnnotations) {
    return new Metadata(
        namespace, name, otherLabels, otherAnnotations, created, deleting, owners, uid, cuts);
  }

  /** Returns the same metadata, of an object of which not everything was read. */
  Metadata withCuts(List<Cut> what) {
    return new Metadata(namespace, name, labels, annotations, created, deleting, owners, uid, what);
  }

  /** Returns the same metadata with another time of creation. */
  public Metadata createdAt(Instant time) {
    return new Metadata(namespace, name, labels, annotations, time, deleting, owners, uid, cuts);
  }

  /** Returns the same metadata of an object with another identity in its cluster. */
  public Metadata identifiedBy(String otherUid) {
    return new Metadata(
        namespace, name, labels, annotations, created, deleting, owners, otherUid, cuts);
  }

  /**
   * An owner reference.
   *
   * @param group the owner's API group; empty for the core group
   * @param kind the owner's kind, for example {@code Gateway}
   * @param name the owner's name
   * @param uid the owner's identity in the cluster; empty if it is left out
   */
  public record Owner(String group, String kind, String name, String uid) {}
}
