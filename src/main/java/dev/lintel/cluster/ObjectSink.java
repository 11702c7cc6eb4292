package dev.lintel.cluster;

import dev.lintel.resource.Kind;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.ResourceRef;
import dev.lintel.topology.Change;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import org.jboss.logging.Logger;

/** Turns what a watch says into changes of the topology. Nothing that it is told makes it fail. */
final class ObjectSink implements ObjectListener {

  private static final Logger LOG = Logger.getLogger(ObjectSink.class);

  private final Kind kind;
  private final ClusterState state;
  private final ObjectReader reader;
  private final ClusterMetrics metrics;

  ObjectSink(Kind kind, ClusterState state, ObjectReader reader, ClusterMetrics metrics) {
    this.kind = kind;
    this.state = state;
    this.reader = reader;
    this.metrics = metrics;
  }

  /** One that cannot be read is taken out: what it said before is not true any more. */
  @Override
  public void put(GenericKubernetesResource object) {
    try {
      state.apply(Change.put(reader.read(kind, object)));
    } catch (MalformedObjectException | RuntimeException e) {
      ResourceRef ref = ObjectReader.ref(kind, object);
      metrics.malformed(kind);
      LOG.warnf("%s cannot be read and does not count: %s", ref.spoken(), e.getMessage());
      state.apply(Change.remove(ref));
    }
  }

  @Override
  public void removed(GenericKubernetesResource object) {
    state.apply(Change.remove(ObjectReader.ref(kind, object)));
  }
}
