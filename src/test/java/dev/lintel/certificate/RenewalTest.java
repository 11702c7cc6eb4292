package dev.lintel.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of authority and certificate, over years. */
class RenewalTest {

  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final List<String> HOSTS =
      List.of("lintel.lintel-system.svc", "lintel.lintel-system.svc.cluster.local");

  private final Renewal renewal =
      new Renewal(
          new Renewal.Lifetimes(Duration.ofDays(365), Duration.ofDays(90), Duration.ofDays(1)),
          HOSTS);
  private final Holdings first = renewal.next(Holdings.read(Map.of()), List.of(), START);

  @Test
  void theFirstOneIsIssuedByAnAuthorityForTheService() throws Exception {
    X509Certificate serving = serving(first);
    serving.verify(authority(first).getPublicKey());
    assertThat(serving.getSubjectAlternativeNames())
        .extracting(name -> String.valueOf(name.get(1)))
        .containsExactlyElementsOf(HOSTS);
    assertThat(serving.getNotAfter()).isEqualTo(START.plus(Duration.ofDays(90)));
    assertThat(serving.getBasicConstraints()).isEqualTo(-1);
    assertThat(serving.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(serving.getPublicKey().getAlgorithm()).isEqualTo("EC");
    assertThat(authority(first).getNotAfter()).isEqualTo(START.plus(Duration.ofDays(365)));
    assertThat(authority(first).getBasicConstraints()).isZero();
    assertThat(first.earlier()).isEmpty();
  }

  @Test
  void clocksThatAreALittleSlowAcceptIt() throws Exception {
    serving(first).checkValidity(Date.from(START.minus(Duration.ofMinutes(59))));
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    Holdings read = Holdings.read(first.written());
    assertThat(read).isEqualTo(first);
    assertThat(renewal.next(read, List.of(), START.plus(DAY))).isSameAs(read);
  }

  @ParameterizedTest
  @CsvSource({"59, false", "60, true"})
  void aCertificateIsRenewedAtTwoThirdsOfItsLifeByTheSameAuthority(int day, boolean isRenewed) {
    Holdings next = after(first, day);
    assertThat(serving(next).equals(serving(first))).isNotEqualTo(isRenewed);
    assertThat(next.believed()).isEqualTo(first.believed());
  }

  @Test
  void anAuthorityIsRenewedAtTwoThirdsOfItsLifeWithItsCertificate() {
    Holdings renewed = after(after(first, 242), 244);
    assertThat(authority(renewed)).isNotEqualTo(authority(first));
    assertThat(Holdings.isIssuedBy(authority(renewed), serving(renewed))).isTrue();
    assertThat(renewed.believed()).containsExactly(authority(renewed), authority(first));
  }

  @Test
  void theAuthorityBeforeIsBelievedForADayMore() {
    Holdings renewed = after(first, 244);
    Instant then = START.plus(Duration.ofDays(244));
    Holdings almost = renewal.next(renewed, List.of(), then.plus(DAY).minusSeconds(1));
    assertThat(almost).isSameAs(renewed);
    Holdings over = renewal.next(renewed, List.of(), then.plus(DAY));
    assertThat(over.believed()).containsExactly(authority(renewed));
    assertThat(serving(over)).isEqualTo(serving(renewed));
  }

  @Test
  void overYearsThereIsAlwaysAValidOneFromWhoeverIsBelieved() {
    Holdings held = first;
    int authorities = 1;
    for (int day = 1; day < 2_000; day++) {
      Holdings next = after(held, day);
      Instant now = START.plus(DAY.multipliedBy(day));
      // Another replica may still show the one before.
      assertThat(Holdings.isIssuedBy(next.believed(), serving(held))).isTrue();
      assertThat(serving(next).getNotAfter()).isAfter(Date.from(now.plus(DAY)));
      assertThat(next.believed()).hasSizeLessThanOrEqualTo(2);
      authorities += authority(next).equals(authority(held)) ? 0 : 1;
      held = next;
    }
    assertThat(authorities).isEqualTo(1 + 2_000 / 244);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tls.crt", "tls.key"})
  void aDamagedCertificateIsMadeAnewByTheSameAuthority(String damaged) {
    Holdings read = damaged(damaged, "garbage");
    assertThat(read.damage()).singleElement().asString().startsWith(damaged + " holds no");
    Holdings next = renewal.next(read, List.of(), START.plus(DAY));
    assertThat(next.believed()).isEqualTo(first.believed());
    assertThat(serving(next)).isNotEqualTo(serving(first));
  }

  @Test
  void anAuthorityWithoutItsKeyIsFollowedByAnotherAndStillBelieved() {
    Holdings next = renewal.next(damaged("ca.key", ""), List.of(), START.plus(DAY));
    assertThat(next.believed()).hasSize(2).last().isEqualTo(authority(first));
    assertThat(Holdings.isIssuedBy(authority(next), serving(next))).isTrue();
  }

  @Test
  void aDamagedAuthorityIsFollowedByAnother() {
    Holdings next = renewal.next(damaged("ca.crt", "garbage"), first.believed(), START.plus(DAY));
    assertThat(next.believed()).hasSize(2).last().isEqualTo(authority(first));
  }

  @Test
  void whereNothingIsKeptWhoeverIsBelievedStaysSo() {
    Holdings next = renewal.next(Holdings.read(Map.of()), first.believed(), START.plus(DAY));
    assertThat(next.believed()).containsExactly(authority(next), authority(first));
    assertThat(authority(next)).isNotEqualTo(authority(first));
  }

  @Test
  void whoeverIsBelievedInVainIsNotTakenOver() {
    Instant later = START.plus(Duration.ofDays(400));
    Holdings next = renewal.next(Holdings.read(Map.of()), first.believed(), later);
    assertThat(next.believed()).containsExactly(authority(next));
  }

  @Test
  void ofManyWhoAreBelievedAFewAreTakenOver() {
    List<X509Certificate> many =
        IntStream.range(0, 9).mapToObj(i -> Issuer.authority(START, DAY).certificate()).toList();
    assertThat(renewal.next(Holdings.read(Map.of()), many, START).earlier())
        .hasSize(Holdings.MOST_EARLIER);
  }

  @Test
  void anotherNamespaceNeedsAnotherCertificate() {
    Renewal elsewhere =
        new Renewal(
            new Renewal.Lifetimes(Duration.ofDays(365), Duration.ofDays(90), DAY),
            List.of("lintel.mesh.svc"));
    Holdings next = elsewhere.next(first, List.of(), START.plus(DAY));
    assertThat(serving(next)).isNotEqualTo(serving(first));
    assertThat(next.believed()).isEqualTo(first.believed());
  }

  @Test
  void noCertificateOutlivesItsAuthority() {
    Renewal brief = new Renewal(new Renewal.Lifetimes(DAY, Duration.ofDays(90), DAY), HOSTS);
    Holdings made = brief.next(Holdings.read(Map.of()), List.of(), START);
    assertThat(serving(made).getNotAfter()).isEqualTo(authority(made).getNotAfter());
  }

  private Holdings after(Holdings held, int days) {
    return renewal.next(held, List.of(), START.plus(DAY.multipliedBy(days)));
  }

  private Holdings damaged(String name, String text) {
    Map<String, String> written = new HashMap<>(first.written());
    written.put(name, text);
    return Holdings.read(written);
  }

  private static X509Certificate serving(Holdings held) {
    return held.serving().orElseThrow().certificate();
  }

  private static X509Certificate authority(Holdings held) {
    return held.authority().orElseThrow().certificate();
  }
}
