package dev.lintel.resource;

import java.util.List;

/**
 * A Pod. Lintel watches the Pods of gateways only; nobody can afford all Pods of a large cluster.
 *
 * @param metadata its metadata, with all labels
 * @param nodeName the node it runs on; empty if it is not scheduled
 * @param containers the names of its containers in alphabetical order, init containers included
 */
public record Pod(Metadata metadata, String nodeName, List<String> containers) implements Resource {

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
    return new Pod(other, nodeName, containers);
  }
}
