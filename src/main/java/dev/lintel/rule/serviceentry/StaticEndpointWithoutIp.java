package dev.lintel.rule.serviceentry;

import dev.lintel.resource.ServiceEntry;
import dev.lintel.resource.ServiceEntry.Endpoint;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.Approach;
import dev.lintel.rule.Subject.OfEntry;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.Topology;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An endpoint that kgateway drops, because its address is no IP.
 *
 * <p>Restricted: {@code spec.endpoints[].address} of an entry with {@code resolution: STATIC} that
 * a route of kgateway leads to. Allowed: IP addresses; endpoints of another network; any address
 * where the gateway sends to the entry's own address (docs/domain.md, 4.5).
 */
final class StaticEndpointWithoutIp {

  static final Rule RULE =
      Rule.warns("SE-009", "static-endpoint-without-ip")
          .summary("kgateway drops endpoints whose address is not an IP")
          .reads(Reads.INGRESS)
          .ofServiceEntries(StaticEndpointWithoutIp::judge);

  private StaticEndpointWithoutIp() {}

  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

  private static Stream<Finding> judge(Topology topology, OfEntry subject) {
    return Entries.writtenByHand(topology, subject)
        .filter(entry -> entry.resolution().equals("STATIC"))
        .filter(entry -> entry.endpoints().stream().anyMatch(StaticEndpointWithoutIp::isDropped))
        .flatMap(
            entry ->
                subject
                    .approachPerGateway(StaticEndpointWithoutIp::usesEndpoints)
                    .limit(1)
                    .flatMap(approach -> findings(entry, approach)));
  }

  private static boolean usesEndpoints(Approach approach) {
    return approach.leg().certainly(IngressPath::gatewayPicksPod);
  }

  /** An endpoint of another network needs no address here: a gateway of that network stands in. */
  private static boolean isDropped(Endpoint endpoint) {
    return endpoint.network().isEmpty() && !isIp(endpoint.address());
  }

  private static boolean isIp(String address) {
    return IPV4.matcher(address).matches() || IPV6.matcher(address).matches();
  }

  private static Stream<Finding> findings(ServiceEntry entry, Approach approach) {
    boolean isAll = entry.endpoints().stream().allMatch(StaticEndpointWithoutIp::isDropped);
    return IntStream.range(0, entry.endpoints().size())
        .filter(i -> isDropped(entry.endpoints().get(i)))
        .mapToObj(
            i ->
                Finding.at(FieldPath.of("spec.endpoints").index(i).field("address"))
                    .says(
                        "kgateway drops endpoint `%s`, which is not an IP: requests through %s %s",
                        entry.endpoints().get(i).address(),
                        Entries.spoken(approach),
                        isAll ? "get 503" : "reach the other endpoints only")
                    .because(
                        "istiod lets sockets pass with resolution STATIC. kgateway keeps an"
                            + " endpoint only if its address is an IP, or if it lies in another"
                            + " network.")
                    .fix("use the endpoint's IP, or resolution DNS for a host name")
                    .with(approach.leg().gateway())
                    .about(entry.endpoints().get(i).address()));
  }
}
