package dev.lintel.replay;

import dev.lintel.resource.JsonSlice;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A request as the API server's audit log has it.
 *
 * @param stage {@code ResponseComplete} once it is answered
 * @param verb for example {@code create}
 * @param user who the API server acted for
 * @param groups the groups of that user
 * @param group API group of what was written; empty for the core group
 * @param resource its plural name, for example {@code services}
 * @param subresource empty for the object itself
 * @param name empty where the API server makes the name
 * @param uri the path that was asked for, with its parameters
 * @param code HTTP status of the answer; 0 if there is none
 * @param time when the request came
 * @param request the object as it was sent; empty if the log does not hold it
 * @param response the answer; empty if the log does not hold it
 */
record AuditEvent(
    String stage,
    String verb,
    String user,
    List<String> groups,
    String group,
    String resource,
    String subresource,
    String namespace,
    String name,
    String uri,
    int code,
    Instant time,
    Optional<JsonSlice> request,
    Optional<JsonSlice> response) {

  /** Statuses with which admission and validation refuse a write. */
  private static final List<Integer> REFUSALS = List.of(400, 403, 422);

  /** Copies the list, so that the record is immutable. */
  AuditEvent {
    groups = List.copyOf(groups);
  }

  /** Returns the same event without its objects: their bytes are those of the line. */
  AuditEvent withoutObjects() {
    return new AuditEvent(
        stage,
        verb,
        user,
        groups,
        group,
        resource,
        subresource,
        namespace,
        name,
        uri,
        code,
        time,
        Optional.empty(),
        Optional.empty());
  }

  /** Tells whether the request was answered. */
  boolean isComplete() {
    return stage.equals("ResponseComplete");
  }

  /** Tells whether it was done as asked for. */
  boolean isDone() {
    return code >= 200 && code < 300;
  }

  /** Tells whether it was refused for what the object holds. */
  boolean isRefused() {
    return REFUSALS.contains(code);
  }

  /** Tells whether an object came into being: an apply or an update may do that too. */
  boolean isCreation() {
    return verb.equals("create") || code == 201;
  }

  /** Tells whether nothing was stored. */
  boolean isDryRun() {
    return uri.contains("dryRun=All");
  }

  /** Tells whether only some objects of a collection were meant. */
  boolean isSelective() {
    return uri.contains("labelSelector=") || uri.contains("fieldSelector=");
  }
}
