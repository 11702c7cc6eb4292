package dev.lintel.cluster;

import java.util.List;

/** Writes an Event on the ConfigMap whose policy was refused, where its author looks first. */
final class PolicyEvents implements PolicyWatch.PolicyAnnouncer {

  private final EventWriter events;

  PolicyEvents(EventWriter events) {
    this.events = events;
  }

  @Override
  public void refused(ObjectId configMap, List<String> problems) {
    events.warn(
        "v1", "ConfigMap", configMap, "PolicyRefused", "ReadPolicy", String.join("; ", problems));
  }
}
