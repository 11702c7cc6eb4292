package dev.lintel.replay;

import com.fasterxml.jackson.core.JsonParser;
import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.judge.Judge;
import dev.lintel.judge.Judged;
import dev.lintel.judge.Write;
import dev.lintel.policy.Policy;
import dev.lintel.resource.Cursor;
import dev.lintel.resource.JsonBody;
import dev.lintel.resource.JsonSlice;
import dev.lintel.resource.Kind;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.state.Existing;
import dev.lintel.topology.Change;
import dev.lintel.topology.Topology;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Judges the writes of an audit log, line by line. The topology grows out of the objects that the
 * log holds; of the log itself, one line is in memory at a time.
 *
 * <p>What a line does to the topology is found out in the order of the lines; each topology is
 * immutable, so the writes are judged by theirs beside each other, and counted in order again.
 */
public final class Replay {

  /** Longer than any event with two objects of the largest size that the API server takes. */
  private static final int MAX_LINE = 16 << 20;

  /** The kinds of whose status anything is read; that of Pods is most of a log. */
  private static final Set<Kind> READ_STATUS =
      Set.of(Kind.GATEWAY, Kind.SERVICE_ENTRY, Kind.BACKEND_CONFIG_POLICY);

  private final Judge judge = new Judge(RuleCatalogue.complete());
  private final Policy policy;
  private final Outcome outcome;
  private final OrderedWork<Judgement> judgements = new OrderedWork<>(this::count);
  private Existing state;

  /**
   * Creates a replay.
   *
   * @param start the objects that exist before the first event
   * @param bucket how long the times are that writes are counted by; at least a second
   */
  public Replay(Existing start, Policy policy, Duration bucket) {
    this.state = start;
    this.policy = policy;
    this.outcome = new Outcome(bucket);
  }

  /**
   * Replays a log.
   *
   * @param tick called after each line
   * @throws IOException if the stream breaks; a line that cannot be read is only counted
   */
  public Outcome run(InputStream log, Runnable tick) throws IOException {
    AuditLines lines = new AuditLines(log, MAX_LINE);
    try (judgements) {
      while (lines.next()) {
        take(lines);
        tick.run();
      }
      judgements.finish();
    }
    return outcome;
  }

  /**
   * A write with what would have been said to it.
   *
   * @param hasEarlierForm whether it is known what the object was before
   */
  private record Judgement(
      AuditEvent event, String object, List<Judged> findings, boolean hasEarlierForm) {}

  private void count(Judgement judgement) {
    outcome.write(judgement.event, judgement.object, judgement.findings, judgement.hasEarlierForm);
  }

  private void take(AuditLines lines) {
    try {
      if (lines.isCut()) {
        throw new MalformedObjectException("longer than %d MiB".formatted(MAX_LINE >> 20));
      }
      JsonBody body = new JsonBody(lines.bytes(), lines.length());
      if (!isBlank(body)) {
        for (AuditEvent event : AuditReader.read(body)) {
          take(event);
        }
      }
    } catch (MalformedObjectException e) {
      outcome.unreadable(lines.number(), String.valueOf(e.getMessage()));
    }
  }

  private static boolean isBlank(JsonBody body) {
    for (int i = 0; i < body.length(); i++) {
      if (body.bytes()[i] > ' ' || body.bytes()[i] < 0) {
        return false;
      }
    }
    return true;
  }

  private void take(AuditEvent event) throws MalformedObjectException {
    outcome.event(event.time());
    Optional<Kind> kind =
        event.isComplete() ? Kind.ofResource(event.group(), event.resource()) : Optional.empty();
    if (kind.isPresent() && event.subresource().isEmpty()) {
      take(event, kind.get());
    } else if (kind.isPresent() && event.subresource().equals("status")) {
      takeStatus(event, kind.get());
    }
  }

  private void take(AuditEvent event, Kind kind) throws MalformedObjectException {
    switch (event.verb()) {
      case "create", "update", "patch" -> write(event, kind);
      case "delete" -> delete(event, kind);
      case "deletecollection" -> deleteSeveral(event, kind);
      default -> {}
    }
  }

  /** Controllers write a status on its own; it is nothing to judge, and the answer has it. */
  private void takeStatus(AuditEvent event, Kind kind) throws MalformedObjectException {
    if (READ_STATUS.contains(kind) && event.isDone() && !event.isDryRun()) {
      object(event, event.response(), kind).ifPresent(this::store);
    }
  }

  private void write(AuditEvent event, Kind kind) throws MalformedObjectException {
    if (!event.isDone() && !event.isRefused()) {
      return;
    }
    Optional<Resource> stored =
        event.isDone() ? object(event, event.response(), kind) : Optional.empty();
    // What is not judged need not be read twice.
    boolean isAnswerEnough = !judge.kinds().contains(kind) && stored.isPresent();
    Optional<Resource> written =
        event.verb().equals("patch") || isAnswerEnough
            ? stored
            : object(event, event.request(), kind)
                .map(found -> named(found, stored))
                .or(() -> stored);
    if (judge.kinds().contains(kind)) {
      written.ifPresentOrElse(object -> judge(event, object), outcome::countUnjudged);
    }
    if (event.isDone() && !event.isDryRun()) {
      stored.or(() -> written).ifPresent(this::store);
    }
  }

  private void judge(AuditEvent event, Resource object) {
    Optional<Resource> old =
        event.isCreation() ? Optional.empty() : state.topology().find(object.ref());
    Write write = new Write(object, old, event.user(), Set.copyOf(event.groups()));
    Topology now = state.topology();
    AuditEvent facts = event.withoutObjects();
    judgements.submit(
        () ->
            new Judgement(
                facts,
                object.ref().spoken(),
                judge.judge(now, write, policy).findings(),
                facts.isCreation() || old.isPresent()));
  }

  /** An object that is being deleted is as good as gone; its end is not always logged. */
  private void store(Resource object) {
    if (object.name().isEmpty()) {
      return;
    }
    state =
        state.after(
            object.metadata().deleting() ? Change.remove(object.ref()) : Change.put(object));
  }

  private void delete(AuditEvent event, Kind kind) {
    if (event.isDone() && !event.isDryRun()) {
      state = state.after(Change.remove(ref(kind, event.namespace(), event.name())));
    }
  }

  private void deleteSeveral(AuditEvent event, Kind kind) throws MalformedObjectException {
    if (!event.isDone() || event.isDryRun()) {
      return;
    }
    List<ResourceRef> gone =
        event.response().isPresent() ? items(event.response().get(), kind) : List.of();
    if (gone.isEmpty() && event.isSelective()) {
      outcome.countUnfollowed();
    } else if (gone.isEmpty()) {
      gone =
          state
              .topology()
              .resources()
              .map(Resource::ref)
              .filter(ref -> ref.kind() == kind && ref.namespace().equals(event.namespace()))
              .toList();
    }
    for (ResourceRef ref : gone) {
      state = state.after(Change.remove(ref));
    }
  }

  /** Returns the objects of a list that was answered; none if the answer is something else. */
  private static List<ResourceRef> items(JsonSlice answer, Kind kind)
      throws MalformedObjectException {
    List<ResourceRef> refs = new ArrayList<>();
    try (JsonParser parser = answer.parser()) {
      Cursor in = new Cursor(parser);
      for (in.object(); in.nextField(); ) {
        if (in.field().equals("items")) {
          for (in.array(); in.nextElement(); ) {
            refs.add(item(in, kind));
          }
        } else {
          in.skip();
        }
      }
      return refs;
    } catch (IOException e) {
      throw new MalformedObjectException("responseObject: " + e.getMessage(), e);
    }
  }

  private static ResourceRef item(Cursor in, Kind kind)
      throws IOException, MalformedObjectException {
    String namespace = "";
    String name = "";
    for (in.object(); in.nextField(); ) {
      if (in.field().equals("metadata")) {
        for (in.object(); in.nextField(); ) {
          switch (in.field()) {
            case "namespace" -> namespace = in.text();
            case "name" -> name = in.text();
            default -> in.skip();
          }
        }
      } else {
        in.skip();
      }
    }
    return ref(kind, namespace, name);
  }

  private static ResourceRef ref(Kind kind, String namespace, String name) {
    return new ResourceRef(kind, kind.isNamespaced() ? namespace : "", name);
  }

  /**
   * Reads an object; where it leaves its namespace or name to the request, that counts. A log need
   * not hold the writes of controllers, so that a status that it lacks is left open.
   */
  private static Optional<Resource> object(AuditEvent event, Optional<JsonSlice> slice, Kind kind)
      throws MalformedObjectException {
    if (slice.isEmpty()) {
      return Optional.empty();
    }
    Resource read = slice.get().readWritten(kind);
    Metadata metadata = read.metadata();
    String namespace = metadata.namespace().isEmpty() ? event.namespace() : metadata.namespace();
    String name = metadata.name().isEmpty() ? event.name() : metadata.name();
    return Optional.of(placed(read, kind.isNamespaced() ? namespace : "", name));
  }

  /** The API server may have made the name. */
  private static Resource named(Resource sent, Optional<Resource> stored) {
    return sent.name().isEmpty() && stored.isPresent()
        ? placed(sent, sent.namespace(), stored.get().name())
        : sent;
  }

  private static Resource placed(Resource object, String namespace, String name) {
    return object.withMetadata(object.metadata().identifiedAs(namespace, name));
  }
}
