package dev.lintel.topology;

/**
 * How many of the objects that meet at one host are looked at: the oldest, for they were there
 * first and are what a cluster works by. More than so many is no configuration that a person has an
 * eye on; it would cost everybody who writes beside it.
 */
final class Limits {

  /** DestinationRules with one host, in a namespace or for kgateway, which looks into all. */
  static final int RULES = 128;

  /** Namespaces that are told apart to see which of several rules counts where. */
  static final int AUDIENCES = 32;

  /** How often routes delegate to one another, from a Gateway to a host. */
  static final int DELEGATIONS = 8;

  /** ServiceEntries with one host. */
  static final int ENTRIES = 128;

  /** VirtualServices with one host, and those that send to one. */
  static final int VIRTUAL_SERVICES = 128;

  /** Routes that lead to a host. */
  static final int ROUTES = 512;

  /** Hosts of a ServiceEntry that are looked at when it is judged; Istio's API allows 256. */
  static final int HOSTS = 256;

  private Limits() {}
}
