package dev.lintel.mesh;

import java.util.Locale;
import java.util.Set;

/** What Istio takes a port's protocol for. */
public final class Protocols {

  private static final Set<String> HTTP =
      Set.of("http", "http2", "grpc", "grpc-web", "kubernetes.io/h2c", "kubernetes.io/ws");

  private static final Set<String> OTHERS =
      Set.of("tcp", "tls", "https", "hbone", "mongo", "mysql", "redis", "udp", "kubernetes.io/wss");

  /** No name of a protocol, and no valid name of a port, is longer. */
  private static final int MAX_LENGTH = 63;

  private Protocols() {}

  /**
   * Tells whether a protocol is HTTP in clear.
   *
   * @param protocol the protocol, in any letter case; empty if none is given
   * @return unknown for anything but the protocols that Istio names: proxies find out by themselves
   */
  public static Fact isHttp(String protocol) {
    String name = plain(protocol);
    if (HTTP.contains(name)) {
      return Fact.yes();
    }
    return OTHERS.contains(name) ? Fact.no() : Fact.unknown("the port names no protocol");
  }

  /**
   * Tells whether a port's name stands for HTTP in clear: Istio reads the protocol from its
   * beginning, as in {@code http-admin}.
   */
  public static Fact isHttpByName(String portName) {
    String name = plain(portName);
    if (name.equals("grpc-web") || name.startsWith("grpc-web-")) {
      return Fact.yes();
    }
    int dash = name.indexOf('-');
    return isHttp(dash < 0 ? name : name.substring(0, dash));
  }

  private static String plain(String name) {
    return name.length() > MAX_LENGTH ? name : name.toLowerCase(Locale.ROOT);
  }
}
