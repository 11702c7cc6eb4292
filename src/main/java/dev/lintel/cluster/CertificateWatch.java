package dev.lintel.cluster;

import dev.lintel.certificate.Certified;
import dev.lintel.certificate.Renewal;
import dev.lintel.cluster.CertificateSource.Look;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Looks after the certificate that the API server is shown. Trouble with the next one changes
 * nothing and is told, and so is the end of what is in use: from then on the API server calls
 * Lintel no more, and writes pass unjudged.
 */
@Singleton
class CertificateWatch {

  private static final Logger LOG = Logger.getLogger(CertificateWatch.class);

  private static final Duration REPEAT = Duration.ofDays(1);

  private final ServedCertificate served;
  private final CertificateConfig config;
  private final LintelConfig lintel;
  private final MeterRegistry meters;
  private final Clock clock;
  private final Map<CertificateNotice, Instant> told = new HashMap<>();
  private final Pause pause = new Pause(new SplittableRandom());
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("lintel-certificate").factory());
  private CertificateAnnouncer announcer = notice -> {};
  private volatile Optional<CertificateSource> source = Optional.empty();
  private volatile boolean isUpToDate = true;

  CertificateWatch(
      @Identifier(ServedCertificate.TLS) ServedCertificate served,
      CertificateConfig config,
      LintelConfig lintel,
      MeterRegistry meters,
      Clock clock) {
    this.served = served;
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

  /** Begins to look. */
  void onStart(@Observes StartupEvent event, Instance<KubernetesClient> client) {
    CertificateSource found = sourceOf(client);
    source = Optional.of(found);
    show(found);
    if (lintel.topology().isEmpty()) {
      announcer =
          new CertificateEvents(
              new EventWriter(new ApiServer(client.get()), executor, clock), lintel.namespace());
    }
    schedule(Duration.ZERO);
  }

  void onStop(@Observes ShutdownEvent event) {
    executor.shutdownNow();
  }

  /** Returns why the API server would not believe what it is shown; empty if it does. */
  Optional<String> missing() {
    return source.isPresent()
        ? source.get().missing()
        : Optional.of("the certificate has not been looked at yet");
  }

  private CertificateSource sourceOf(Instance<KubernetesClient> client) {
    return switch (lintel.certificates()) {
      case FILES -> new FileCertificates(new CertificateFiles(config.file(), config.key()), clock);
      case SELF_MANAGED -> {
        if (lintel.topology().isPresent()) {
          throw new IllegalArgumentException(
              "lintel.certificates=self-managed needs an API server, and lintel.topology has none");
        }
        yield new ManagedCertificates(
            new ClusterCertificates(client.get(), lintel.namespace(), config.secret()),
            new Renewal(
                new Renewal.Lifetimes(
                    config.authorityLife(), config.servingLife(), config.overlap()),
                hosts()),
            clock);
      }
    };
  }

  /** The API server asks for the first of them. */
  private List<String> hosts() {
    String host = "%s.%s.svc".formatted(CertificateEvents.SERVICE, lintel.namespace());
    return List.of(host, host + ".cluster.local");
  }

  private void show(CertificateSource found) {
    Gauge.builder("lintel.certificate.expiry", this, CertificateWatch::servingLeft)
        .description("Time until the certificate in use expires; negative once it has")
        .baseUnit("seconds")
        .tag("cert", "serving")
        .strongReference(true)
        .register(meters);
    if (lintel.certificates() == LintelConfig.Certificates.SELF_MANAGED) {
      Gauge.builder("lintel.certificate.expiry", found, CertificateWatch.this::authorityLeft)
          .description("Time until the certificate in use expires; negative once it has")
          .baseUnit("seconds")
          .tag("cert", "ca")
          .strongReference(true)
          .register(meters);
    }
    Gauge.builder(
            "lintel.certificate.last.reload.successful", this, watch -> watch.isUpToDate ? 1 : 0)
        .description(
            "Whether the certificate in the files or the Secret is in use (1), or an older one (0)")
        .strongReference(true)
        .register(meters);
  }

  private double servingLeft() {
    return missing().isPresent()
        ? Double.NaN
        : left(served.current().certificate().getNotAfter().toInstant());
  }

  private double authorityLeft(CertificateSource found) {
    return found.authorityEnd().map(this::left).orElse(Double.NaN);
  }

  private double left(Instant end) {
    return Duration.between(clock.instant(), end).toMillis() / 1000.0;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // what is scheduled runs until the server ends
  private void schedule(Duration delay) {
    try {
      executor.schedule(this::lookSafely, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debugf("nothing is looked at any more: %s", e.getMessage());
    }
  }

  private void lookSafely() {
    boolean isToRepeat = true;
    try {
      isToRepeat = source.isPresent() && look(source.get());
    } catch (RuntimeException e) {
      LOG.errorf(e, "the certificate could not be looked at");
    }
    if (!isToRepeat) {
      pause.reset();
    }
    Duration next = isToRepeat ? pause.next() : config.checkEvery();
    schedule(next.compareTo(config.checkEvery()) < 0 ? next : config.checkEvery());
  }

  private boolean look(CertificateSource found) {
    Look look = found.look(served.current().certificate());
    look.next().ifPresent(this::show);
    isUpToDate = look.isUpToDate();
    List<CertificateNotice> notices = new ArrayList<>(look.notices());
    if (found.missing().isEmpty()) {
      CertificateNotice.ofServed(served.current().certificate(), clock.instant())
          .ifPresent(notices::add);
    }
    tell(notices);
    return look.isToRepeat();
  }

  private void show(Certified next) {
    served.show(next);
    LOG.infof("certificate in use until %s", CertificateNotice.end(next.certificate()));
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
}
