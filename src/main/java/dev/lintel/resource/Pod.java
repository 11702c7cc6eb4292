package dev.lintel.resource;

import java.util.List;
import java.util.Optional;

/**
 * A Pod. Lintel watches the Pods of gateways only; nobody can afford all Pods of a large cluster.
 *
 * @param metadata its metadata, with all labels
 * @param nodeName the node it runs on; empty if it is not scheduled
 * @param containers the names of its containers in alphabetical order, init containers included
 * @param ready whether its status says that it is ready; empty if it has no status, as in a
 *     manifest
 */
public record Pod(
    Metadata metadata, String nodeName, List<String> containers, Optional<Boolean> ready)
    implements Resource {

  /** Copies the list in an order of its own: that of the fields does not matter. */
  public Pod {
    containers = containers.stream().sorted().toList();
  }

  @Override
  public Kind kind() {
    return Kind.POD;
  }

  @Override
  public Pod withMetadata(Metadata other) {
    return new Pod(other, nodeName, containers, ready);
  }

  /** Tells whether it is known not to serve: it is not ready, or about to go. */
  public boolean isOut() {
    return metadata.deleting() || ready.filter(is -> !is).isPresent();
  }
}
