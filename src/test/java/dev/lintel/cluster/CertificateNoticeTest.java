package dev.lintel.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.cluster.CertificateNotice.Reason;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CertificateNoticeTest {

  private static final Instant END = Instant.parse("2030-01-01T00:00:00Z");
  private static final X509Certificate SERVED = Certificates.until(END).parsed();

  @Test
  void twoWeeksBeforeItsEndNothingIsSaid() {
    assertThat(CertificateNotice.ofServed(SERVED, END.minus(Duration.ofDays(14)))).isEmpty();
  }

  @Test
  void laterOneIsWarnedThatItEndsAndWhen() {
    CertificateNotice notice =
        CertificateNotice.ofServed(SERVED, END.minus(Duration.ofDays(13))).orElseThrow();
    assertThat(notice.reason()).isEqualTo(Reason.EXPIRES_SOON);
    assertThat(notice.reason().isError()).isFalse();
    assertThat(notice.message())
        .isEqualTo(
            "the certificate in use expires at 2030-01-01T00:00:00Z; from then on every write passes"
                + " unjudged");
  }

  @Test
  void afterItsEndThatIsAnError() {
    CertificateNotice notice = CertificateNotice.ofServed(SERVED, END.plusSeconds(1)).orElseThrow();
    assertThat(notice.reason()).isEqualTo(Reason.EXPIRED);
    assertThat(notice.reason().isError()).isTrue();
    assertThat(notice.message()).contains("expired at 2030-01-01T00:00:00Z", "unjudged");
  }
}
