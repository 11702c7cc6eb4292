package dev.lintel.fuzz;

import dev.lintel.mesh.HostName;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A host that somebody writes. */
final class HostTarget implements Target {

  private static final String DOMAIN = "cluster.local";

  /** What is longer is no host, and only has to cost nothing. */
  private static final int MAX_LENGTH = 253;

  private static final HostName CART = HostName.ofService("shop", "cart", DOMAIN);

  @Override
  public List<byte[]> seeds() {
    return Material.bytes(
        List.of(
            "cart",
            "cart.shop.svc.cluster.local",
            "*.shop.svc.cluster.local",
            "*",
            "cart.shop.",
            "CART.Shop",
            "10.0.0.1",
            "2001:db8::1",
            "\u0130.example",
            ""));
  }

  @Override
  public List<String> words() {
    return List.of("*.", ".svc.", "cluster.local", "shop", "cart");
  }

  @Override
  public void take(byte[] input) {
    HostName host = HostName.resolve(new String(input, StandardCharsets.UTF_8), "shop", DOMAIN);
    host.wildcards().forEach(wildcard -> wildcard.covers(host));
    host.covers(CART);
    CART.covers(host);
  }

  @Override
  public void check(byte[] input) {
    String written = new String(input, StandardCharsets.UTF_8);
    HostName host = HostName.resolve(written, "shop", DOMAIN);
    Must.hold(
        HostName.isShort(host.value())
            || HostName.resolve(host.value(), "other", DOMAIN).equals(host),
        "what is resolved is resolved again");
    if (host.value().length() > MAX_LENGTH) {
      return;
    }
    Must.hold(host.covers(host), "a host does not cover itself");
    for (HostName wildcard : host.wildcards()) {
      Must.hold(wildcard.isWildcard(), wildcard + " is no wildcard");
      Must.hold(wildcard.covers(host), "%s does not cover %s".formatted(wildcard, host));
      Must.hold(
          !wildcard.isMoreSpecificThan(host), "a wildcard is more specific than what it covers");
    }
    Must.hold(
        !host.isWildcard() || host.covers(CART) == CART.wildcards().contains(host),
        host + " is no wildcard of what it covers");
    Must.hold(
        Integer.signum(host.compareTo(CART)) == -Integer.signum(CART.compareTo(host)),
        "the order depends on who asks");
  }
}
