package dev.lintel.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import org.jboss.logging.Logger;

/** Follows the objects of a selection, however often the connection breaks. */
final class ObjectWatch implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(ObjectWatch.class);

  private final String name;
  private final ObjectListener listener;
  private final Progress progress;
  private final VersionStore store = new VersionStore();
  private final SharedIndexInformer<GenericKubernetesResource> informer;

  /**
   * Creates a watch; nothing is asked for before {@link #start}.
   *
   * @param pageSize how many objects are asked for at once
   */
  ObjectWatch(
      KubernetesClient client,
      Selection selection,
      long pageSize,
      ObjectListener listener,
      Progress progress) {
    this.name = selection.name();
    this.listener = listener;
    this.progress = progress;
    this.informer =
        selection
            .in(client)
            .withLimit(pageSize)
            .runnableInformer(0)
            .removeNamespaceIndex()
            .itemStore(store)
            .exceptionHandler(this::isWorthAnotherTry)
            .addEventHandler(new Handler());
  }

  /** Begins to list and to watch, without waiting; what is read counts as missing until then. */
  void start() {
    progress.awaits(name, "is being read");
    informer
        .start()
        .whenComplete(
            (nothing, failure) -> {
              if (failure == null) {
                LOG.debugf("%s: %d objects", name, store.size());
                listener.listed();
                progress.done(name);
              }
            });
  }

  /** Tells whether the watch works at this moment. */
  boolean isWatching() {
    return informer.isWatching();
  }

  /** Stops; nothing more is told. */
  @Override
  public void close() {
    informer.close();
  }

  /** Stops, and takes back every object that was handed out, because their kind is gone. */
  void forget() {
    close();
    store.values().forEach(listener::removed);
    progress.done(name);
  }

  private boolean isWorthAnotherTry(boolean isStarted, Throwable failure) {
    LOG.warnf("%s: trying again: %s", name, failure.getMessage());
    progress.delays(name, String.valueOf(failure.getMessage()));
    return true;
  }

  private final class Handler implements ResourceEventHandler<GenericKubernetesResource> {

    @Override
    public void onAdd(GenericKubernetesResource object) {
      listener.put(object);
    }

    @Override
    public void onUpdate(GenericKubernetesResource old, GenericKubernetesResource object) {
      listener.put(object);
    }

    @Override
    public void onDelete(GenericKubernetesResource object, boolean isLastStateUnknown) {
      listener.removed(object);
    }
  }
}
