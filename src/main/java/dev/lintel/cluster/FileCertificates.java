package dev.lintel.cluster;

import dev.lintel.certificate.Certified;
import dev.lintel.certificate.UnusableCertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A certificate in files, which others renew. Files of no use change nothing, and are told. */
final class FileCertificates implements CertificateSource {

  private final CertificateFiles files;
  private final Clock clock;

  FileCertificates(CertificateFiles files, Clock clock) {
    this.files = files;
    this.clock = clock;
  }

  @Override
  public Look look(X509Certificate served) {
    try {
      Certified found = files.read();
      if (found.certificate().equals(served)) {
        return new Look(Optional.empty(), true, false, List.of());
      }
      return clock.instant().isAfter(CertificateNotice.end(found.certificate()))
          ? problem(CertificateNotice.ofExpiredFile(files, found.certificate(), served))
          : new Look(Optional.of(found), true, false, List.of());
    } catch (UnusableCertificateException e) {
      return problem(CertificateNotice.ofFiles(String.valueOf(e.getMessage()), served));
    }
  }

  /** Whoever looks after the files looks after who believes them. */
  @Override
  public Optional<String> missing() {
    return Optional.empty();
  }

  @Override
  public Optional<Instant> authorityEnd() {
    return Optional.empty();
  }

  private static Look problem(CertificateNotice notice) {
    return new Look(Optional.empty(), false, false, List.of(notice));
  }
}
