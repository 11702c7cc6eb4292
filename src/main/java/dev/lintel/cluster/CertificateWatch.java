package dev.lintel.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks after the certificate that the API server is shown. A renewed one is taken up once its key
 * is there too; files of no use change nothing and are told, and so is the end of what is in use:
 * from then on the API server calls Lintel no more, and writes pass unjudged.
 */
@Singleton
class CertificateWatch {

  private static final Logger LOG = Logger.getLogger(CertificateWatch.class);

  private static final String TLS = "lintel";
  private static final Duration REPEAT = Duration.ofDays(1);

  private final CertificateFiles files;
  private final TlsConfigurationRegistry registry;
  private final Event<CertificateUpdatedEvent> updated;
  private final CertificateConfig config;
  private final LintelConfig lintel;
  private final MeterRegistry meters;
  private final Clock clock;
  private final Map<CertificateNotice, Instant> told = new HashMap<>();
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("lintel-certificate").factory());
  private CertificateAnnouncer announcer = notice -> {};
  private volatile @Nullable X509Certificate served;
  private volatile boolean isUpToDate = true;

  CertificateWatch(
      @ConfigProperty(name = "quarkus.tls.lintel.key-store.pem.0.cert") Path certificate,
      @ConfigProperty(name = "quarkus.tls.lintel.key-store.pem.0.key") Path key,
      TlsConfigurationRegistry registry,
      Event<CertificateUpdatedEvent> updated,
      CertificateConfig config,
      LintelConfig lintel,
      MeterRegistry meters,
      Clock clock) {
    this.files = new CertificateFiles(certificate, key);
    this.registry = registry;
    this.updated = updated;
    this.config = config;
    this.lintel = lintel;
    this.meters = meters;
    this.clock = clock;
  }

  /** Tells more people than read the log. */
  interface CertificateAnnouncer {
    /** Tells a notice, again once a day. */
    void tell(CertificateNotice notice);
  }

  /**
   * Begins to look.
   *
   * @throws IllegalArgumentException if no client could ever connect; the message names the file
   */
  @SuppressWarnings("FutureReturnValueIgnored") // what is scheduled runs until the server ends
  void onStart(@Observes StartupEvent event, Instance<KubernetesClient> client) {
    try {
      files.read();
    } catch (UnusableCertificateException e) {
      throw new IllegalArgumentException(e.getMessage());
    }
    X509Certificate first = certificateOf(registry.get(TLS).orElseThrow());
    served = first;
    show(first);
    if (lintel.topology().isEmpty()) {
      announcer =
          new CertificateEvents(
              new EventWriter(new ApiServer(client.get()), executor, clock), lintel.namespace());
    }
    long period = config.checkEvery().toMillis();
    executor.scheduleWithFixedDelay(this::checkSafely, 0, period, TimeUnit.MILLISECONDS);
  }

  void onStop(@Observes ShutdownEvent event) {
    executor.shutdownNow();
  }

  /** Another one is shown to clients from now on, whoever has taken it up. */
  void onUpdate(@Observes CertificateUpdatedEvent event) {
    if (event.name().equals(TLS)) {
      X509Certificate next = certificateOf(event.tlsConfiguration());
      served = next;
      LOG.infof("certificate in use until %s", CertificateNotice.end(next));
    }
  }

  private void show(X509Certificate first) {
    Gauge.builder("lintel.certificate.expiry", this, watch -> watch.secondsLeft(first))
        .description("Time until the certificate in use expires; negative once it has")
        .baseUnit("seconds")
        .tag("cert", "serving")
        .strongReference(true)
        .register(meters);
    Gauge.builder(
            "lintel.certificate.last.reload.successful", this, watch -> watch.isUpToDate ? 1 : 0)
        .description("Whether the certificate in the files is in use (1), or an older one (0)")
        .strongReference(true)
        .register(meters);
  }

  private double secondsLeft(X509Certificate first) {
    X509Certificate now = served == null ? first : served;
    return Duration.between(clock.instant(), now.getNotAfter().toInstant()).toMillis() / 1000.0;
  }

  private void checkSafely() {
    try {
      check();
    } catch (RuntimeException e) {
      LOG.errorf(e, "the certificate could not be looked at");
    }
  }

  private void check() {
    List<CertificateNotice> notices = new ArrayList<>();
    X509Certificate before = served;
    if (before == null) {
      return;
    }
    try {
      X509Certificate found = files.read();
      if (found.equals(before)) {
        isUpToDate = true;
      } else if (clock.instant().isAfter(CertificateNotice.end(found))) {
        isUpToDate = false;
        notices.add(CertificateNotice.ofExpiredFile(files, found, before));
      } else {
        isUpToDate = takeUp(found);
      }
    } catch (UnusableCertificateException e) {
      isUpToDate = false;
      notices.add(CertificateNotice.ofFiles(String.valueOf(e.getMessage()), before));
    }
    X509Certificate after = served;
    if (after != null) {
      CertificateNotice.ofServed(after, clock.instant()).ifPresent(notices::add);
    }
    tell(notices);
  }

  /**
   * Hands a good certificate to the server, unless the files have changed since it was read: then
   * they may not belong together, and are looked at again the next time.
   */
  private boolean takeUp(X509Certificate found) throws UnusableCertificateException {
    TlsConfiguration tls = registry.get(TLS).orElseThrow();
    if (!tls.reload() || !certificateOf(tls).equals(found) || !files.read().equals(found)) {
      return false;
    }
    updated.fire(new CertificateUpdatedEvent(TLS, tls));
    return true;
  }

  /** A notice is told when it is new, and once a day as long as it holds. */
  private void tell(List<CertificateNotice> notices) {
    Instant now = clock.instant();
    told.keySet().retainAll(notices);
    for (CertificateNotice notice : notices) {
      Instant before = told.get(notice);
      if (before == null || !now.isBefore(before.plus(REPEAT))) {
        told.put(notice, now);
        LOG.log(
            notice.reason().isError() ? Logger.Level.ERROR : Logger.Level.WARN, notice.message());
        announcer.tell(notice);
      }
    }
  }

  private static X509Certificate certificateOf(TlsConfiguration tls) {
    try {
      KeyStore store = tls.getKeyStore();
      return (X509Certificate) store.getCertificate(store.aliases().nextElement());
    } catch (KeyStoreException e) {
      throw new IllegalStateException("a key store that is in use can be read", e);
    }
  }
}
