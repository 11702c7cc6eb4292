package dev.lintel.cluster;

import dev.lintel.certificate.Certified;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where the certificate comes from that clients are shown. */
interface CertificateSource {

  /** Looks once. */
  Look look(X509Certificate served);

  /** Returns why no client would believe what is shown; empty if they do, or once did. */
  Optional<String> missing();

  /** Returns the end of the authority that issues certificates; empty if that is not known. */
  Optional<Instant> authorityEnd();

  /**
   * What a look tells.
   *
   * @param next what is to be shown from now on; empty if that stays
   * @param isUpToDate whether what is there is shown, then
   * @param isToRepeat whether to look again soon
   * @param notices what is wrong
   */
  record Look(
      Optional<Certified> next,
      boolean isUpToDate,
      boolean isToRepeat,
      List<CertificateNotice> notices) {

    /** Copies the list, so that the record is immutable. */
    public Look {
      notices = List.copyOf(notices);
    }
  }
}
