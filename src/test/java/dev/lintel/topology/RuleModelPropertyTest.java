package dev.lintel.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.Platform;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Pod;
import dev.lintel.resource.Resource;
import dev.lintel.resource.Service;
import dev.lintel.resource.TrafficPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * The look-ups of DestinationRules compared with a second, plain reading of docs/domain.md, 2.1 and
 * 4.4: lists and loops, no indexes.
 */
class RuleModelPropertyTest {

  private static final String ROOT = "istio-system";
  private static final String HOST = "cart.shop.svc.cluster.local";
  private static final List<String> NAMESPACES = List.of("shop", "infra", ROOT);
  private static final Comparator<DestinationRule> OLDEST_FIRST =
      Comparator.comparing((DestinationRule rule) -> rule.metadata().created())
          .thenComparing(rule -> rule.metadata().name())
          .thenComparing(rule -> rule.metadata().namespace());

  @Property(tries = 3000)
  void istiodConsultsTheRulesThatThePlainReadingFinds(
      @ForAll("rules") List<DestinationRule> rules, @ForAll("proxyNamespace") String proxy) {
    RuleLookup found = topology(rules).rules().lookUp(proxy, cart());
    List<Stack> expected = Istiod.lookUp(rules, proxy);
    assertThat(found.rules()).containsExactlyInAnyOrderElementsOf(Istiod.consulted(expected));
    assertThat(found.policyAtWaypoint()).isEqualTo(Istiod.policy(expected));
  }

  @Property(tries = 2000)
  void kgatewayPicksTheRuleThatThePlainReadingPicks(
      @ForAll("rules") List<DestinationRule> rules, @ForAll("proxyNamespace") String namespace) {
    Gateway gateway =
        new Gateway(
            Metadata.of(namespace, "front"),
            "kgateway",
            List.of(),
            Gateway.NamespacePolicy.NONE,
            Map.of(),
            Optional.empty(),
            Optional.of(List.of()),
            false);
    Map<String, String> labels =
        Map.of("gateway.networking.k8s.io/gateway-name", "front", "app", "front");
    Metadata pod =
        new Metadata(namespace, "front-1", labels, Map.of(), Instant.EPOCH, false, List.of());
    Topology topology =
        topology(rules)
            .apply(Change.put(gateway))
            .apply(Change.put(new Pod(pod, "", List.of(), Optional.empty())));
    assertThat(topology.rules().atKgateway(gateway, cart()))
        .isEqualTo(Kgateway.pick(rules, namespace, labels));
  }

  private static Topology topology(List<DestinationRule> rules) {
    List<Resource> resources = new ArrayList<>(rules);
    return Topology.of(Platform.AUTO, resources);
  }

  private static Backend cart() {
    Service service =
        new Service(
            Metadata.of("shop", "cart"),
            "ClusterIP",
            List.of("10.96.0.1"),
            Map.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            false);
    return Topology.empty(Platform.AUTO).backendOf(service);
  }

  /** Rules that istiod has merged, with the exportTo of the first of them. */
  private record Stack(Set<String> exports, List<DestinationRule> rules) {}

  /** docs/domain.md, 2.1. */
  private static final class Istiod {

    static List<Stack> lookUp(List<DestinationRule> rules, String proxy) {
      List<DestinationRule> own = new ArrayList<>();
      for (DestinationRule rule : rules) {
        if (rule.namespace().equals(proxy) && isInOwnIndex(rule, proxy)) {
          own.add(rule);
        }
      }
      List<Stack> found = merge(mostSpecific(own));
      for (String namespace : List.of("shop", ROOT)) {
        if (found.isEmpty()) {
          found = exported(rules, namespace, proxy);
        }
      }
      return found;
    }

    private static boolean isInOwnIndex(DestinationRule rule, String proxy) {
      Set<String> exports = exports(rule);
      return proxy.equals(ROOT)
          ? isPrivate(rule)
          : exports.isEmpty()
              || exports.contains("*")
              || exports.contains(".")
              || exports.contains(proxy);
    }

    private static List<Stack> exported(
        List<DestinationRule> rules, String namespace, String proxy) {
      List<DestinationRule> index = new ArrayList<>();
      for (DestinationRule rule : rules) {
        if (rule.namespace().equals(namespace) && !isPrivate(rule)) {
          index.add(rule);
        }
      }
      List<Stack> seen = new ArrayList<>();
      for (Stack stack : merge(mostSpecific(index))) {
        if (stack.exports.isEmpty()
            || stack.exports.contains("*")
            || stack.exports.contains(proxy)) {
          seen.add(stack);
        }
      }
      return seen;
    }

    private static boolean isPrivate(DestinationRule rule) {
      Set<String> exports = exports(rule);
      return exports.size() == 1 && (exports.contains(".") || exports.contains(rule.namespace()));
    }

    private static Set<String> exports(DestinationRule rule) {
      return rule.workloadSelector().isPresent() ? Set.of(".") : new HashSet<>(rule.exportTo());
    }

    private static List<DestinationRule> mostSpecific(List<DestinationRule> rules) {
      int best = -1;
      for (DestinationRule rule : rules) {
        best = Math.max(best, specificity(rule));
      }
      List<DestinationRule> chosen = new ArrayList<>();
      for (DestinationRule rule : rules) {
        if (best >= 0 && specificity(rule) == best) {
          chosen.add(rule);
        }
      }
      return chosen;
    }

    private static int specificity(DestinationRule rule) {
      String host = rule.host();
      if (host.equals("cart")) {
        host = "cart." + rule.namespace() + ".svc.cluster.local";
      }
      if (host.equals(HOST)) {
        return 1000;
      }
      return host.startsWith("*") && HOST.endsWith(host.substring(1)) ? host.length() : -1;
    }

    private static List<Stack> merge(List<DestinationRule> rules) {
      List<DestinationRule> sorted = new ArrayList<>(rules);
      sorted.sort(
          Comparator.comparing((DestinationRule rule) -> rule.workloadSelector().isEmpty())
              .thenComparing(OLDEST_FIRST));
      List<Stack> stacks = new ArrayList<>();
      for (DestinationRule rule : sorted) {
        boolean apart = true;
        for (Stack stack : stacks) {
          boolean equal = stack.exports.equals(exports(rule));
          boolean superset = !stack.exports.isEmpty() && exports(rule).containsAll(stack.exports);
          boolean sameSelector =
              stack.rules.get(0).workloadSelector().equals(rule.workloadSelector());
          apart = !((equal || superset) && sameSelector);
          if (!apart) {
            stack.rules.add(rule);
          }
        }
        if (apart) {
          stacks.add(new Stack(exports(rule), new ArrayList<>(List.of(rule))));
        }
      }
      return stacks;
    }

    static Set<DestinationRule> consulted(List<Stack> stacks) {
      Set<DestinationRule> rules = new HashSet<>();
      stacks.forEach(stack -> rules.addAll(stack.rules));
      return rules;
    }

    static Optional<DestinationRule> policy(List<Stack> stacks) {
      Optional<DestinationRule> last = Optional.empty();
      for (Stack stack : stacks) {
        if (stack.rules.get(0).workloadSelector().isEmpty()) {
          last = Optional.of(stack.rules.get(0));
          for (DestinationRule rule : stack.rules) {
            if (last.get().trafficPolicy().isEmpty() && rule.trafficPolicy().isPresent()) {
              last = Optional.of(rule);
            }
          }
        }
      }
      return last;
    }
  }

  /** docs/domain.md, 4.4. */
  private static final class Kgateway {

    static Optional<DestinationRule> pick(
        List<DestinationRule> rules, String namespace, Map<String, String> podLabels) {
      List<DestinationRule> forEveryone = new ArrayList<>();
      List<DestinationRule> forNamespace = new ArrayList<>();
      for (DestinationRule rule : rules) {
        boolean selected =
            podLabels.entrySet().containsAll(rule.workloadSelector().orElse(Map.of()).entrySet());
        if (!rule.host().equals(HOST) || !selected) {
          continue;
        }
        if (rule.exportTo().isEmpty() || rule.exportTo().contains("*")) {
          forEveryone.add(rule);
        } else if (rule.exportTo().contains(namespace)
            || (rule.exportTo().contains(".") && rule.namespace().equals(namespace))) {
          forNamespace.add(rule);
        }
      }
      return (forEveryone.isEmpty() ? forNamespace : forEveryone).stream().min(OLDEST_FIRST);
    }
  }

  @Provide
  Arbitrary<String> proxyNamespace() {
    return Arbitraries.of("shop", "infra", "elsewhere", ROOT);
  }

  @Provide
  Arbitrary<List<DestinationRule>> rules() {
    return rule().list().ofMaxSize(7).map(RuleModelPropertyTest::named);
  }

  private static List<DestinationRule> named(List<DestinationRule> rules) {
    return IntStream.range(0, rules.size())
        .mapToObj(
            i -> {
              Metadata metadata = rules.get(i).metadata();
              return rules
                  .get(i)
                  .withMetadata(
                      Metadata.of(metadata.namespace(), "rule-" + i).createdAt(metadata.created()));
            })
        .toList();
  }

  private static Arbitrary<DestinationRule> rule() {
    Arbitrary<String> hosts =
        Arbitraries.of(
            HOST,
            HOST,
            HOST,
            "cart",
            "*.shop.svc.cluster.local",
            "*.svc.cluster.local",
            "*",
            "other");
    Arbitrary<List<String>> exports =
        Arbitraries.of(
            List.<String>of(),
            List.of("*"),
            List.of("."),
            List.of("shop"),
            List.of("infra"),
            List.of("shop", "infra"),
            List.of("infra", "elsewhere"));
    Arbitrary<Optional<Map<String, String>>> selectors =
        Arbitraries.frequencyOf(
            Tuple.of(5, Arbitraries.just(Optional.empty())),
            Tuple.of(1, Arbitraries.just(Optional.of(Map.of("app", "front")))),
            Tuple.of(1, Arbitraries.just(Optional.of(Map.of("app", "back")))));
    Arbitrary<Optional<TrafficPolicy>> policies =
        Arbitraries.of(Optional.of(TrafficPolicy.EMPTY), Optional.empty());
    return Combinators.combine(
            Arbitraries.of(NAMESPACES),
            hosts,
            exports,
            selectors,
            policies,
            Arbitraries.integers().between(1, 4))
        .as(
            (namespace, host, exportTo, selector, policy, created) ->
                new DestinationRule(
                    Metadata.of(namespace, "rule").createdAt(Instant.ofEpochSecond(created)),
                    host,
                    exportTo,
                    selector,
                    policy,
                    List.of()));
  }
}
