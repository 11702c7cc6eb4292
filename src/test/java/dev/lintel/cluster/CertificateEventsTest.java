package dev.lintel.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.cluster.CertificateNotice.Reason;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class CertificateEventsTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2030-01-01T00:00:00Z"), ZoneOffset.UTC);

  /** Set by the extension. */
  private KubernetesClient client;

  @Test
  void replicasWriteOneEventOnTheService() {
    CertificateNotice notice = new CertificateNotice(Reason.EXPIRES_SOON, "it ends at midnight");
    new CertificateEvents(client, "lintel-system", CLOCK).tell(notice);
    new CertificateEvents(client, "lintel-system", CLOCK).tell(notice);
    assertThat(events()).hasSize(1);
    Event event = events().getFirst();
    assertThat(event.getInvolvedObject().getKind()).isEqualTo("Service");
    assertThat(event.getInvolvedObject().getName()).isEqualTo("lintel");
    assertThat(event.getType()).isEqualTo("Warning");
    assertThat(event.getReason()).isEqualTo("CertificateExpiresSoon");
    assertThat(event.getMessage()).isEqualTo("it ends at midnight");
  }

  @Test
  void somethingElseIsAnotherEvent() {
    CertificateEvents events = new CertificateEvents(client, "lintel-system", CLOCK);
    events.tell(new CertificateNotice(Reason.UNREADABLE, "tls.crt is empty"));
    events.tell(new CertificateNotice(Reason.UNREADABLE, "tls.key is empty"));
    assertThat(events()).hasSize(2);
  }

  private List<Event> events() {
    return client.v1().events().inNamespace("lintel-system").list().getItems();
  }
}
