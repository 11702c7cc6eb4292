package dev.lintel.cluster;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What an administrator has to know of the certificate.
 *
 * @param reason what it is, as an Event's reason
 * @param message the same until something changes
 */
record CertificateNotice(Reason reason, String message) {

  private static final Duration SOON = Duration.ofDays(14);

  /** What it is. */
  enum Reason {
    /** It is time to renew it. */
    EXPIRES_SOON("CertificateExpiresSoon"),
    /** No client accepts it any more. */
    EXPIRED("CertificateExpired"),
    /** What is in the files is of no use. */
    UNREADABLE("CertificateUnreadable"),
    /** It could not be renewed, or the API server could not be told to believe it. */
    NOT_RENEWED("CertificateNotRenewed");

    private final String word;

    Reason(String word) {
      this.word = word;
    }

    /** Returns the reason as Events have it. */
    String word() {
      return word;
    }

    /** Tells whether writes pass unjudged, now or when the certificate in use ends. */
    boolean isError() {
      return this != EXPIRES_SOON;
    }
  }

  /** Returns what is to be said of the certificate that clients are shown; empty if nothing. */
  static Optional<CertificateNotice> ofServed(X509Certificate served, Instant now) {
    Instant end = end(served);
    if (now.isAfter(end)) {
      return Optional.of(
          new CertificateNotice(
              Reason.EXPIRED,
              ("the certificate in use expired at %s: the API server calls Lintel no more, and every"
                      + " write passes unjudged")
                  .formatted(end)));
    }
    return end.isBefore(now.plus(SOON))
        ? Optional.of(
            new CertificateNotice(
                Reason.EXPIRES_SOON,
                "the certificate in use expires at %s; from then on every write passes unjudged"
                    .formatted(end)))
        : Optional.empty();
  }

  /** Returns what is to be said of files that cannot take the place of what is in use. */
  static CertificateNotice ofFiles(String problem, X509Certificate served) {
    return new CertificateNotice(Reason.UNREADABLE, problem + stays(served));
  }

  /** Returns what is to be said of a certificate in the files that is of no use any more. */
  static CertificateNotice ofExpiredFile(
      CertificateFiles files, X509Certificate found, X509Certificate served) {
    return new CertificateNotice(
        Reason.EXPIRED,
        "the certificate in %s expired at %s".formatted(files.certificate(), end(found))
            + stays(served));
  }

  /** Returns what is to be said where a certificate could not be renewed. */
  static CertificateNotice ofRenewal(String problem, X509Certificate served) {
    return new CertificateNotice(Reason.NOT_RENEWED, problem + stays(served));
  }

  /** Returns what is to be said where there is no certificate that is believed. */
  static CertificateNotice ofMissing(String problem) {
    return new CertificateNotice(
        Reason.NOT_RENEWED, problem + "; until it can, Lintel is not ready");
  }

  /** Returns until when a certificate is accepted. */
  static Instant end(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant().truncatedTo(ChronoUnit.SECONDS);
  }

  private static String stays(X509Certificate served) {
    return "; the one in use stays, until " + end(served);
  }
}
