package dev.lintel.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.cluster.CertificateNotice.Reason;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CertificateEventsTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2030-01-01T00:00:00Z"), ZoneOffset.UTC);
  private static final Pattern NAME = Pattern.compile("\"name\":\"(lintel\\.[^\"]+)\"");

  private StubApiServer server;
  private KubernetesClient client;

  @BeforeEach
  void start() throws IOException {
    server = new StubApiServer();
    client = server.client();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void everyReplicaGivesTheEventOnTheServiceTheSameName() {
    CertificateNotice notice = new CertificateNotice(Reason.EXPIRES_SOON, "it ends at midnight");
    events().tell(notice);
    events().tell(notice);
    assertThat(server.events())
        .hasSize(2)
        .allSatisfy(
            event ->
                assertThat(event)
                    .contains(
                        "\"kind\":\"Service\"",
                        "\"name\":\"lintel\"",
                        "\"type\":\"Warning\"",
                        "\"reason\":\"CertificateExpiresSoon\"",
                        "\"note\":\"it ends at midnight\""));
    assertThat(names()).hasSize(1);
  }

  @Test
  void somethingElseIsAnotherEvent() {
    events().tell(new CertificateNotice(Reason.UNREADABLE, "tls.crt is empty"));
    events().tell(new CertificateNotice(Reason.UNREADABLE, "tls.key is empty"));
    assertThat(names()).hasSize(2);
  }

  private CertificateEvents events() {
    return new CertificateEvents(
        new EventWriter(new ApiServer(client), Runnable::run, CLOCK), "lintel-system");
  }

  private List<String> names() {
    return server.events().stream()
        .flatMap(event -> NAME.matcher(event).results())
        .map(found -> found.group(1))
        .distinct()
        .toList();
  }
}
