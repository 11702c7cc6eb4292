package dev.lintel.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.certificate.Holdings;
import dev.lintel.certificate.Issuer;
import dev.lintel.certificate.Pem;
import dev.lintel.certificate.Renewal;
import dev.lintel.cluster.CertificateSource.Look;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What replicas do with the Secret and the webhook configuration that they share. */
class ManagedCertificatesTest {

  private static final Duration DAY = Duration.ofDays(1);

  private final Time time = new Time();
  private final Store store = new Store();
  private final Replica one = new Replica(store);

  @Test
  void theFirstLookMakesACertificateAndHasItBelieved() {
    assertThat(one.missing()).contains("the certificate has not been read yet");
    one.look();
    assertThat(store.believes(one.served)).isTrue();
    assertThat(store.held().serving().orElseThrow().certificate()).isEqualTo(one.served);
    assertThat(one.missing()).isEmpty();
    assertThat(one.source.authorityEnd()).contains(time.instant().plus(Duration.ofDays(365)));
  }

  @Test
  void aSecondReplicaTakesWhatTheFirstHasMade() {
    one.look();
    Replica two = new Replica(store);
    two.look();
    assertThat(two.served).isEqualTo(one.served);
    assertThat(store.writes).isEqualTo(1);
    assertThat(store.patches).isEqualTo(1);
  }

  @Test
  void ofTwoReplicasThatWriteAtOnceOneTakesWhatTheOtherHasWritten() {
    Replica two = new Replica(store);
    store.beforeNextWrite = two::look;
    one.look();
    assertThat(store.writes).isEqualTo(1);
    assertThat(one.served).isEqualTo(two.served);
    assertThat(store.believes(one.served)).isTrue();
  }

  @Test
  void whoPatchesLateDoesNotTakeBackWhatAnotherHasHadBelieved() {
    one.look();
    Replica two = new Replica(store);
    two.look();
    store.bundle("");
    store.beforeNextPatch =
        () -> {
          store.empty();
          two.look();
        };
    one.look();
    assertThat(store.believes(store.held().serving().orElseThrow().certificate())).isTrue();
    assertThat(store.believed().orElseThrow().are(Pem.of(store.held().believed()))).isTrue();
  }

  @Test
  void aRenewedOneOfTheSameAuthorityIsShownAtOnce() {
    one.look();
    X509Certificate first = one.served;
    time.pass(Duration.ofDays(60));
    one.look();
    assertThat(one.served).isNotEqualTo(first);
    assertThat(store.patches).isEqualTo(1);
  }

  @Test
  void oneOfANewAuthorityIsShownOnceTheNewsHasSpread() {
    one.look();
    X509Certificate first = one.served;
    time.pass(Duration.ofDays(244));
    one.look();
    // It had expired by then: nothing is gained by showing it.
    assertThat(one.served).isNotEqualTo(first);

    X509Certificate second = one.served;
    store.empty();
    Look look = one.look();
    assertThat(look.isToRepeat()).isTrue();
    assertThat(one.served).isEqualTo(second);
    assertThat(store.believes(second)).isTrue();
    assertThat(store.believes(store.held().serving().orElseThrow().certificate())).isTrue();
    time.pass(ManagedCertificates.SPREADING);
    one.look();
    assertThat(one.served).isEqualTo(store.held().serving().orElseThrow().certificate());
  }

  @Test
  void aDayLaterTheAuthorityBeforeIsBelievedNoMore() {
    one.look();
    X509Certificate first = one.served;
    store.empty();
    one.look();
    time.pass(DAY);
    one.look();
    assertThat(store.believes(first)).isFalse();
    assertThat(store.believes(one.served)).isTrue();
  }

  @Test
  void aSecretThatIsGoneIsMadeAgainWhereThatIsAllowed() {
    one.look();
    store.version = Optional.empty();
    store.empty();
    one.look();
    assertThat(store.version).isPresent();
    assertThat(store.held().serving()).isPresent();
  }

  @Test
  void aSecretThatIsGoneAndMayNotBeMadeIsToldAndTheOldCertificateServesOn() {
    one.look();
    X509Certificate first = one.served;
    store.version = Optional.empty();
    store.empty();
    store.refusesWrites = 403;
    Look look = one.look();
    assertThat(look.isUpToDate()).isFalse();
    assertThat(look.isToRepeat()).isTrue();
    assertThat(look.notices())
        .singleElement()
        .extracting(CertificateNotice::message)
        .asString()
        .startsWith("Secret lintel-system/lintel-certificate is not there; apply the installation")
        .endsWith("; the one in use stays, until " + CertificateNotice.end(first))
        .hasSizeLessThan(256);
    assertThat(one.served).isEqualTo(first);
    assertThat(one.missing()).isEmpty();
  }

  @Test
  void aRenewalThatFailsIsToldAndTheOldOneServesOn() {
    one.look();
    X509Certificate first = one.served;
    time.pass(Duration.ofDays(60));
    store.refusesWrites = 403;
    Look look = one.look();
    assertThat(look.notices())
        .extracting(n -> n.reason().word())
        .containsExactly("CertificateNotRenewed");
    assertThat(one.served).isEqualTo(first);
    store.refusesWrites = 0;
    assertThat(one.look().notices()).isEmpty();
    assertThat(one.served).isNotEqualTo(first);
  }

  @Test
  void aCertificateThatNobodyHasToBelieveIsNotShownWhereNoneCanBeMade() {
    one.look();
    store.texts = new HashMap<>(store.texts);
    store.texts.remove("ca.crt");
    store.texts.remove("ca.key");
    store.refusesWrites = 403;
    Replica two = new Replica(store);
    assertThat(two.look().next()).isEmpty();
    assertThat(two.missing()).isPresent();
    assertThat(store.believes(one.served)).as("caBundle is left alone").isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tls.crt", "tls.key", "ca.crt", "ca.key"})
  void aDamagedSecretIsMendedAndNobodyIsCutOff(String damaged) {
    one.look();
    X509Certificate first = one.served;
    store.texts = new HashMap<>(store.texts);
    store.texts.put(damaged, "garbage");
    one.look();
    assertThat(store.believes(first)).isTrue();
    assertThat(store.held().damage()).isEmpty();
    time.pass(ManagedCertificates.SPREADING);
    one.look();
    assertThat(one.served).isNotEqualTo(first);
    assertThat(store.believes(one.served)).isTrue();
  }

  @Test
  void aBundleThatIsLostIsWrittenAgain() {
    one.look();
    store.bundle("");
    one.look();
    assertThat(store.believes(one.served)).isTrue();
  }

  @Test
  void whileTheBundleCannotBeWrittenTheReplicaIsNotReady() {
    store.refusesPatches = 403;
    Look look = one.look();
    assertThat(look.next()).isEmpty();
    assertThat(one.missing().orElseThrow())
        .startsWith("the caBundle of the ValidatingWebhookConfiguration lintel cannot be written")
        .endsWith("Lintel is not ready");
  }

  @Test
  void whoeverIsBelievedAlreadyIsShownThoughTheBundleCannotBeWritten() {
    one.look();
    store.empty();
    one.look();
    time.pass(DAY);
    store.refusesPatches = 403;
    Replica two = new Replica(store);
    Look look = two.look();
    assertThat(look.notices()).hasSize(1);
    assertThat(two.missing()).isEmpty();
    assertThat(store.believes(two.served)).isTrue();
  }

  @Test
  void withoutAConfigurationNobodyHasToBelieve() {
    store.bundles = Optional.empty();
    one.look();
    assertThat(one.missing()).isEmpty();
  }

  @Test
  void anApiServerThatDoesNotAnswerIsNoNewsOfTheCertificate() {
    store.isAway = true;
    Look look = one.look();
    assertThat(look.notices()).isEmpty();
    assertThat(look.isToRepeat()).isTrue();
    assertThat(one.missing().orElseThrow()).contains("cannot be read");
    store.isAway = false;
    one.look();
    assertThat(one.missing()).isEmpty();
  }

  /** A replica, which shows what it is told to. */
  private final class Replica {

    private final ManagedCertificates source;
    private X509Certificate served =
        Issuer.selfSigned(new Issuer.Names(List.of("none"), List.of()), time.instant(), DAY)
            .certificate();

    Replica(Store store) {
      source =
          new ManagedCertificates(
              store,
              new Renewal(
                  new Renewal.Lifetimes(Duration.ofDays(365), Duration.ofDays(90), DAY),
                  List.of("lintel.lintel-system.svc")),
              time);
    }

    Look look() {
      Look look = source.look(served);
      look.next().ifPresent(next -> served = next.certificate());
      return look;
    }

    Optional<String> missing() {
      return source.missing();
    }
  }

  /** A Secret and a webhook configuration, with versions as an API server gives them. */
  private static final class Store implements CertificateStore {

    private int versions;
    private Optional<String> version = Optional.of("0");
    private Map<String, String> texts = Map.of();
    private Optional<Believed> bundles = Optional.of(new Believed("0", List.of("", "")));
    private Runnable beforeNextWrite = () -> {};
    private Runnable beforeNextPatch = () -> {};
    private int refusesWrites;
    private int refusesPatches;
    private boolean isAway;
    private int writes;
    private int patches;

    Holdings held() {
      return Holdings.read(texts);
    }

    boolean believes(X509Certificate certificate) {
      return bundles.orElseThrow().bundles().stream()
          .allMatch(
              bundle -> {
                try {
                  return Holdings.isIssuedBy(Pem.certificates("bundle", bundle), certificate);
                } catch (Exception e) {
                  return false;
                }
              });
    }

    void empty() {
      texts = Map.of();
      version = version.map(before -> next());
    }

    void bundle(String authorities) {
      bundles = Optional.of(new Believed(next(), List.of(authorities, "")));
    }

    @Override
    public String secretName() {
      return "Secret lintel-system/lintel-certificate";
    }

    @Override
    public Stored read() {
      answers();
      return new Stored(version, Map.copyOf(texts));
    }

    @Override
    public void write(Stored before, Map<String, String> next) {
      Runnable first = beforeNextWrite;
      beforeNextWrite = () -> {};
      first.run();
      refuse(refusesWrites);
      refuse(before.version().equals(version) ? 0 : 409);
      writes++;
      version = Optional.of(next());
      texts = next;
    }

    @Override
    public Optional<Believed> believed() {
      answers();
      return bundles;
    }

    @Override
    public void believe(Believed before, String authorities) {
      Runnable first = beforeNextPatch;
      beforeNextPatch = () -> {};
      first.run();
      refuse(refusesPatches);
      refuse(before.version().equals(bundles.orElseThrow().version()) ? 0 : 409);
      patches++;
      bundles = Optional.of(new Believed(next(), List.of(authorities, authorities)));
    }

    private String next() {
      return String.valueOf(++versions);
    }

    private void answers() {
      if (isAway) {
        throw new KubernetesClientException("connection refused");
      }
    }

    private static void refuse(int code) {
      if (code != 0) {
        throw new KubernetesClientException("refused", code, null);
      }
    }
  }

  private static final class Time extends Clock {

    private Instant now = Instant.parse("2030-01-01T00:00:00Z");

    void pass(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
