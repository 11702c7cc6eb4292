package dev.lintel.cluster;

import com.fasterxml.jackson.core.JsonParser;
import dev.lintel.resource.Kind;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.resource.Resources;
import dev.lintel.topology.Change;
import java.io.IOException;

/** Turns what a watch says into changes of the topology. Nothing that it is told makes it fail. */
final class ObjectSink implements ObjectListener {

  private final Kind kind;
  private final String apiVersion;
  private final ClusterState state;
  private final MalformedObjects malformed;

  /**
   * Creates a sink.
   *
   * @param version the version in which the kind is asked for
   */
  ObjectSink(Kind kind, String version, ClusterState state, MalformedObjects malformed) {
    this.kind = kind;
    this.apiVersion = kind.group().isEmpty() ? version : kind.group() + "/" + version;
    this.state = state;
    this.malformed = malformed;
  }

  /** One that cannot be read is taken out: what it said before is not true any more. */
  @Override
  public void put(WatchedObject object) {
    ResourceRef ref = object.id().ref(kind);
    try {
      state.apply(Change.put(read(object)));
      malformed.resolved(ref);
    } catch (MalformedObjectException | IOException | RuntimeException | StackOverflowError e) {
      state.apply(Change.remove(ref));
      malformed.found(kind, apiVersion, object.id(), ApiServer.reason(e));
    }
  }

  @Override
  public void unreadable(String problem) {
    malformed.foundNameless(kind, problem);
  }

  @Override
  public void removed(ObjectId id) {
    state.apply(Change.remove(id.ref(kind)));
    malformed.resolved(id.ref(kind));
  }

  private Resource read(WatchedObject object) throws IOException, MalformedObjectException {
    try (JsonParser parser = object.parser()) {
      return Resources.read(kind, parser);
    }
  }
}
