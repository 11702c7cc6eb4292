package dev.lintel.cluster;

import dev.lintel.certificate.Certified;
import dev.lintel.certificate.Holdings;
import dev.lintel.certificate.Pem;
import dev.lintel.certificate.Renewal;
import dev.lintel.certificate.UnusableCertificateException;
import dev.lintel.cluster.CertificateStore.Believed;
import dev.lintel.cluster.CertificateStore.Stored;
import dev.lintel.report.Lines;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A certificate that Lintel makes itself. The Secret is the truth, and each replica looks at it:
 * whoever finds something due renews it, has the API server believe it, and shows it. Nobody leads;
 * of two who write at once, one fails and takes what the other has written.
 */
final class ManagedCertificates implements CertificateSource {

  private static final Logger LOG = Logger.getLogger(ManagedCertificates.class);

  /** How long it may take until every API server believes what it is told to. */
  static final Duration SPREADING = Duration.ofSeconds(15);

  private static final int TRIES = 5;
  private static final int MOST_REASON = 200;
  private static final String CONFIGURATION =
      "ValidatingWebhookConfiguration " + CertificateStore.CONFIGURATION;

  private final CertificateStore store;
  private final Renewal renewal;
  private final Clock clock;

  /** Of those whom the API server believes, the one that has issued what the Secret holds. */
  private @Nullable X509Certificate issuer;

  private Instant issuerBelievedSince = Instant.MIN;
  private volatile Optional<Instant> authorityEnd = Optional.empty();
  private volatile Optional<String> missing = Optional.of("the certificate has not been read yet");

  ManagedCertificates(CertificateStore store, Renewal renewal, Clock clock) {
    this.store = store;
    this.renewal = renewal;
    this.clock = clock;
  }

  @Override
  public Look look(X509Certificate served) {
    for (int i = 0; i < TRIES; i++) {
      Round round = new Round(served);
      try {
        return round.go();
      } catch (KubernetesClientException e) {
        if (e.getCode() != RefusedException.CONFLICT) {
          return round.failed(e);
        }
        LOG.debugf("another replica was faster: %s", e.getMessage());
      }
    }
    return new Look(Optional.empty(), false, true, List.of());
  }

  @Override
  public Optional<String> missing() {
    return missing;
  }

  @Override
  public Optional<Instant> authorityEnd() {
    return authorityEnd;
  }

  /** One look, from reading what is there to what is to be shown. */
  private final class Round {

    private final X509Certificate served;
    private final Instant now = clock.instant();
    private final List<CertificateNotice> notices = new ArrayList<>();
    private String doing = "";

    Round(X509Certificate served) {
      this.served = served;
    }

    /**
     * The configuration is read first: whoever writes it for the version that was read has read the
     * Secret after everybody who has written it before.
     */
    Look go() {
      doing = "the %s cannot be read".formatted(CONFIGURATION);
      Optional<Believed> believed = store.believed();
      doing = store.secretName() + " cannot be read";
      Stored stored = store.read();
      Holdings held = renewed(stored, believed);
      authorityEnd =
          held.authority().map(authority -> CertificateNotice.end(authority.certificate()));
      believe(held, believed);
      return show(held, believed);
    }

    private Holdings renewed(Stored stored, Optional<Believed> believed) {
      Holdings held = Holdings.read(stored.texts());
      Holdings next = renewal.next(held, authorities(believed), now);
      if (next == held) {
        return held;
      }
      held.damage().forEach(damage -> LOG.warnf("%s: %s", store.secretName(), damage));
      doing =
          store.secretName()
              + (stored.version().isPresent()
                  ? " cannot be written"
                  : " is not there; apply the installation again");
      try {
        store.write(stored, next.written());
        LOG.infof("%s: certificates have been renewed", store.secretName());
        return next;
      } catch (KubernetesClientException e) {
        if (e.getCode() == RefusedException.CONFLICT || !isUsable(held)) {
          throw e;
        }
        notices.add(notice(e)); // what is there serves on, and has to be believed
        return held;
      }
    }

    private boolean isUsable(Holdings held) {
      return held.serving()
          .map(Certified::certificate)
          .filter(serving -> now.isBefore(CertificateNotice.end(serving)))
          .filter(serving -> Holdings.isIssuedBy(held.believed(), serving))
          .isPresent();
    }

    private void believe(Holdings held, Optional<Believed> believed) {
      String authorities = Pem.of(held.believed());
      if (believed.isEmpty() || believed.get().are(authorities)) {
        return;
      }
      doing = "the caBundle of the %s cannot be written".formatted(CONFIGURATION);
      try {
        store.believe(believed.get(), authorities);
        LOG.infof("caBundle of the %s has been written", CONFIGURATION);
      } catch (KubernetesClientException e) {
        X509Certificate serving = held.serving().orElseThrow().certificate();
        if (e.getCode() == RefusedException.CONFLICT
            || !Holdings.isIssuedBy(authorities(believed), serving)) {
          throw e;
        }
        notices.add(notice(e)); // the API server knows whom it has to believe, and others as well
      }
    }

    /** What is believed is shown until what comes next is believed everywhere. */
    private Look show(Holdings held, Optional<Believed> before) {
      Certified serving = held.serving().orElseThrow();
      remember(held, serving);
      missing = Optional.empty();
      if (serving.certificate().equals(served)) {
        return new Look(Optional.empty(), notices.isEmpty(), !notices.isEmpty(), notices);
      }
      boolean isServedBelieved =
          Holdings.isIssuedBy(authorities(before), served)
              && now.isBefore(CertificateNotice.end(served));
      if (isServedBelieved && now.isBefore(issuerBelievedSince.plus(SPREADING))) {
        return new Look(Optional.empty(), notices.isEmpty(), true, notices);
      }
      return new Look(Optional.of(serving), notices.isEmpty(), !notices.isEmpty(), notices);
    }

    private void remember(Holdings held, Certified serving) {
      X509Certificate found =
          held.believed().stream()
              .filter(one -> Holdings.isIssuedBy(List.of(one), serving.certificate()))
              .findFirst()
              .orElse(null);
      if (found == null || !found.equals(issuer)) {
        issuer = found;
        issuerBelievedSince = clock.instant();
      }
    }

    /** An API server that does not answer is told of elsewhere; one that refuses, here. */
    Look failed(KubernetesClientException failure) {
      CertificateNotice notice = notice(failure);
      missing = missing.map(before -> notice.message());
      if (failure.getCode() > 0) {
        notices.add(notice);
      }
      return new Look(Optional.empty(), false, true, notices);
    }

    private CertificateNotice notice(KubernetesClientException failure) {
      String problem = doing + ": " + reason(failure);
      return missing.isPresent()
          ? CertificateNotice.ofMissing(problem)
          : CertificateNotice.ofRenewal(problem, served);
    }
  }

  /** What the client makes of a refusal is several times as long as what was said. */
  private static String reason(KubernetesClientException failure) {
    return Lines.shortened(
        Optional.ofNullable(failure.getStatus())
            .map(Status::getMessage)
            .orElseGet(() -> ApiServer.reason(failure)),
        MOST_REASON);
  }

  private static List<X509Certificate> authorities(Optional<Believed> believed) {
    return believed.stream()
        .flatMap(found -> found.bundles().stream())
        .distinct()
        .flatMap(text -> read(text).stream())
        .distinct()
        .toList();
  }

  private static List<X509Certificate> read(String authorities) {
    try {
      return authorities.isBlank() ? List.of() : Pem.certificates("caBundle", authorities);
    } catch (UnusableCertificateException e) {
      return List.of(); // whom nobody can believe is not taken over
    }
  }
}
