package dev.lintel.cluster;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/** Writes an Event on the ConfigMap whose policy was refused, where its author looks first. */
final class PolicyEvents implements PolicyWatch.PolicyAnnouncer {

  private static final Logger LOG = Logger.getLogger(PolicyEvents.class);

  /** As long as the API server lets an Event's message be. */
  private static final int MAX_MESSAGE = 1024;

  private final KubernetesClient client;
  private final Executor executor;
  private final Clock clock;

  /**
   * Creates a writer.
   *
   * @param executor writes the Events: a watch must not wait for the API server
   */
  PolicyEvents(KubernetesClient client, Executor executor, Clock clock) {
    this.client = client;
    this.executor = executor;
    this.clock = clock;
  }

  @Override
  public void refused(GenericKubernetesResource configMap, List<String> problems) {
    executor.execute(() -> write(configMap.getMetadata(), String.join("; ", problems)));
  }

  /** Every replica writes the same name, so that only the first Event is kept. */
  private void write(ObjectMeta configMap, String message) {
    String now = Instant.now(clock).toString();
    try {
      client
          .resource(
              new EventBuilder()
                  .withNewMetadata()
                  .withNamespace(configMap.getNamespace())
                  .withName(configMap.getName() + "." + configMap.getResourceVersion())
                  .endMetadata()
                  .withInvolvedObject(
                      new ObjectReferenceBuilder()
                          .withApiVersion("v1")
                          .withKind("ConfigMap")
                          .withNamespace(configMap.getNamespace())
                          .withName(configMap.getName())
                          .withUid(configMap.getUid())
                          .withResourceVersion(configMap.getResourceVersion())
                          .build())
                  .withType("Warning")
                  .withReason("PolicyRefused")
                  .withMessage(
                      message.length() <= MAX_MESSAGE
                          ? message
                          : message.substring(0, MAX_MESSAGE - 3) + "...")
                  .withNewSource()
                  .withComponent("lintel")
                  .endSource()
                  .withFirstTimestamp(now)
                  .withLastTimestamp(now)
                  .withCount(1)
                  .build())
          .create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        LOG.warnf("no Event could be written on the ConfigMap: %s", e.getMessage());
      }
    }
  }
}
