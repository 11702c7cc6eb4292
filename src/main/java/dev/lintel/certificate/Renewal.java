package dev.lintel.certificate;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides what is renewed, and when: whatever has lived two thirds of its life, and whatever is
 * missing, damaged, or no longer what is asked for.
 *
 * <p>A new authority comes with a new certificate of its own, and clients go on to believe the ones
 * before for a while, because not everybody shows the new certificate at the same moment.
 */
public final class Renewal {

  private final Lifetimes lifetimes;
  private final List<String> hosts;

  /**
   * Creates it.
   *
   * @param hosts what the server is called
   */
  public Renewal(Lifetimes lifetimes, List<String> hosts) {
    this.lifetimes = lifetimes;
    this.hosts = List.copyOf(hosts);
  }

  /**
   * How long things last.
   *
   * @param authority the life of an authority
   * @param serving the life of a server's certificate
   * @param overlap how long earlier authorities are believed beside a new one
   */
  public record Lifetimes(Duration authority, Duration serving, Duration overlap) {}

  /**
   * Returns what is to be held from now on; the same object if nothing is to change.
   *
   * @param believed the authorities that clients believe now, whoever made them so
   */
  public Holdings next(Holdings held, List<X509Certificate> believed, Instant now) {
    Optional<Certified> kept =
        held.authority().filter(authority -> !isDue(authority.certificate(), now));
    if (kept.isEmpty()) {
      return renewed(held, believed, now);
    }
    Certified authority = kept.get();
    List<X509Certificate> earlier = stillBelieved(held, authority, now);
    boolean isServingGood =
        held.serving().filter(serving -> isGood(serving.certificate(), authority, now)).isPresent();
    if (isServingGood && earlier.equals(held.earlier())) {
      return held;
    }
    Optional<Certified> serving =
        isServingGood ? held.serving() : Optional.of(serving(authority, now));
    return new Holdings(kept, earlier, serving, List.of());
  }

  private Holdings renewed(Holdings held, List<X509Certificate> believed, Instant now) {
    Certified authority = Issuer.authority(now, lifetimes.authority());
    List<X509Certificate> earlier =
        Stream.concat(held.believed().stream(), believed.stream())
            .distinct()
            .filter(certificate -> isValid(certificate, now))
            .limit(Holdings.MOST_EARLIER)
            .toList();
    return new Holdings(
        Optional.of(authority), earlier, Optional.of(serving(authority, now)), List.of());
  }

  private Certified serving(Certified authority, Instant now) {
    return Issuer.serving(authority, new Issuer.Names(hosts, List.of()), now, lifetimes.serving());
  }

  private List<X509Certificate> stillBelieved(Holdings held, Certified authority, Instant now) {
    boolean isOver = !now.isBefore(made(authority.certificate()).plus(lifetimes.overlap()));
    return isOver
        ? List.of()
        : held.earlier().stream().filter(certificate -> isValid(certificate, now)).toList();
  }

  private boolean isGood(X509Certificate serving, Certified authority, Instant now) {
    return !isDue(serving, now)
        && Holdings.isIssuedBy(authority.certificate(), serving)
        && hostsOf(serving).containsAll(hosts);
  }

  private static boolean isDue(X509Certificate certificate, Instant now) {
    Instant made = made(certificate);
    Duration life = Duration.between(made, certificate.getNotAfter().toInstant());
    return !isValid(certificate, now)
        || !now.isBefore(made.plus(life.multipliedBy(2).dividedBy(3)));
  }

  private static boolean isValid(X509Certificate certificate, Instant now) {
    return !now.isBefore(certificate.getNotBefore().toInstant())
        && now.isBefore(certificate.getNotAfter().toInstant());
  }

  private static Instant made(X509Certificate certificate) {
    return certificate.getNotBefore().toInstant().plus(Issuer.TOLERANCE);
  }

  private static Set<String> hostsOf(X509Certificate certificate) {
    try {
      return Optional.ofNullable(certificate.getSubjectAlternativeNames()).stream()
          .flatMap(Collection::stream)
          .map(name -> Objects.toString(name.get(1)))
          .collect(Collectors.toSet());
    } catch (CertificateParsingException e) {
      return Set.of();
    }
  }
}
