package dev.lintel.policy;

import java.util.List;

/**
 * What somebody says is so of paths to hosts.
 *
 * @param name what it is called
 * @param hosts the hosts; empty for every one
 * @param namespaces the namespaces of what defines the hosts; empty for every one
 * @param claim what is so
 * @param line where it stands in its document, from 1
 */
public record Assertion(
    String name, List<Glob> hosts, List<Glob> namespaces, Claim claim, int line) {

  /** Copies the lists, so that the record is immutable. */
  public Assertion {
    hosts = List.copyOf(hosts);
    namespaces = List.copyOf(namespaces);
  }

  /** Tells whether it is about a host that an object in a namespace defines. */
  public boolean isAbout(String host, String namespace) {
    return fits(hosts, host) && fits(namespaces, namespace);
  }

  private static boolean fits(List<Glob> globs, String name) {
    return globs.isEmpty() || globs.stream().anyMatch(glob -> glob.matches(name));
  }
}
