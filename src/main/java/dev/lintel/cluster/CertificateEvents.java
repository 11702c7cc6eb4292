package dev.lintel.cluster;

/** Writes Events on the webhook's Service, which the certificate is for. */
final class CertificateEvents implements CertificateWatch.CertificateAnnouncer {

  /** The webhook's Service. */
  static final String SERVICE = "lintel";

  private final EventWriter events;
  private final ObjectId service;

  /**
   * Creates a writer.
   *
   * @param namespace Lintel's own, where the Service is
   */
  CertificateEvents(EventWriter events, String namespace) {
    this.events = events;
    this.service = new ObjectId(namespace, SERVICE, "", "");
  }

  @Override
  public void tell(CertificateNotice notice) {
    events.warn(
        "v1", "Service", service, notice.reason().word(), "ReadCertificate", notice.message());
  }
}
