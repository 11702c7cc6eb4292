package dev.lintel.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.sun.management.ThreadMXBean;
import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.judge.Judge;
import dev.lintel.judge.Verdict;
import dev.lintel.judge.Write;
import dev.lintel.policy.Policy;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Resource;
import dev.lintel.resource.Resources;
import dev.lintel.topology.Change;
import dev.lintel.topology.Topology;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The costliest writes that one may make with rights in a single namespace, in a cluster of 10,000
 * Services. Each is read, applied and judged; the median of some runs, and what one run allocates.
 */
public final class WorstCases {

  private static final int SERVICES = 10_000;
  private static final int MANY = 1_000;
  private static final int RUNS = 7;
  private static final int WARM_RUNS = 400;
  private static final long WARM_UP_NANOS = 600_000_000L;
  private static final String TARGET = "service-0.team-0.svc.cluster.local";
  private static final String POLICY =
      "\"trafficPolicy\":{\"outlierDetection\":{\"consecutive5xxErrors\":5}}";

  private final Judge judge = new Judge(RuleCatalogue.complete());
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final PrintStream out;
  private final Topology base;
  private final List<String> wanted;

  private WorstCases(PrintStream out, List<String> wanted) {
    this.out = out;
    this.wanted = wanted;
    this.base = new GeneratedCluster(SERVICES).topology();
  }

  /** Runs every case, or those whose names contain one of the arguments. */
  public static void main(String[] args) {
    WorstCases cases = new WorstCases(System.out, List.of(args));
    cases.out.printf(
        "%-46s %10s %10s %10s %12s  %s%n",
        "what is written", "apply ms", "create ms", "update ms", "judge KiB", "verdict");
    cases.wildcards();
    cases.manyRules();
    cases.bigEntries();
    cases.bigRules();
    cases.others();
  }

  private void wildcards() {
    for (String host :
        List.of("*", "*.local", "*.svc.cluster.local", "*.team-5.svc.cluster.local", "*.example")) {
      judge("a rule for " + host, base, rule("attacker", "wild", host, "", 0));
    }
    Topology wild =
        with(base, MANY, i -> rule("team-0", "w-" + i, "*.team-0.svc.cluster.local", "", i));
    judge(
        "a wildcard beside 1,000", wild, rule("team-0", "x", "*.team-0.svc.cluster.local", "", 0));
    judge("a Service below 1,000 wildcards", wild, service("team-0", "service-0", ""));
  }

  private void manyRules() {
    Topology same = with(base, MANY, i -> rule("team-0", "r-" + i, TARGET, "", i));
    judge("the 1,001st rule of a host", same, rule("team-0", "x", TARGET, "", 0));
    judge("a Service with 1,000 rules", same, service("team-0", "service-0", ""));
    Topology exported =
        with(base, MANY, i -> rule("team-0", "r-" + i, TARGET, exports("ns-" + i), i));
    judge(
        "the 1,001st rule, each exported elsewhere",
        exported,
        rule("team-0", "x", TARGET, exports("team-0"), 0));
    Topology chain =
        with(
            base,
            MANY,
            i -> rule("team-0", "r-" + i, TARGET, "\"exportTo\":" + texts(i % 200 + 1, "ns-"), i));
    judge(
        "the 1,001st rule, exported to 1 to 200",
        chain,
        rule("team-0", "x", TARGET, "\"exportTo\":" + texts(1000, "ns-"), 0));
    Topology selected =
        with(
            base,
            MANY,
            i ->
                rule(
                    "team-0",
                    "r-" + i,
                    TARGET,
                    "\"workloadSelector\":{\"matchLabels\":{\"app\":\"a-" + i + "\"}}",
                    i));
    judge("the 1,001st rule, with selectors", selected, rule("team-0", "x", TARGET, "", 0));
    Topology spread = with(base, MANY, i -> rule("other-" + i, "r", TARGET, "", i));
    judge("the 1,001st rule, of 1,000 namespaces", spread, rule("team-0", "x", TARGET, "", 0));
    judge("a Service, rules of 1,000 namespaces", spread, service("team-0", "service-0", ""));
    Topology routed =
        with(same, MANY, i -> route("team-0", "rt-" + i, "front-" + i % 10, "service-0"));
    judge("1,000 rules and 1,000 routes: a rule", routed, rule("team-0", "x", TARGET, "", 0));
    judge("1,000 rules and 1,000 routes: a Service", routed, service("team-0", "service-0", ""));
    Topology mesh =
        with(
            base,
            MANY,
            i -> virtualService("team-0", "vs-" + i, TARGET, "service-" + i % 100 + ".team-0"));
    judge("1,000 VirtualServices of a host: a Service", mesh, service("team-0", "service-0", ""));
    judge("1,000 VirtualServices of a host: a rule", mesh, rule("team-0", "x", TARGET, "", 0));
    Topology back =
        with(
            base,
            MANY,
            i ->
                virtualService(
                    "team-0",
                    "vs-" + i,
                    "service-" + i % 100 + ".team-0.svc.cluster.local",
                    TARGET));
    judge("1,000 VirtualServices to a host: a Service", back, service("team-0", "service-0", ""));
    judge("1,000 VirtualServices to a host: a rule", back, rule("team-0", "x", TARGET, "", 0));
    Topology meshRoutes =
        with(base, MANY, i -> meshRoute("team-0", "mr-" + i, "service-" + i % 100, "service-0"));
    judge("1,000 mesh routes to a host: a Service", meshRoutes, service("team-0", "service-0", ""));
    judge("1,000 mesh routes to a host: a rule", meshRoutes, rule("team-0", "x", TARGET, "", 0));
    Topology meshFrom =
        with(base, MANY, i -> meshRoute("team-0", "mr-" + i, "service-0", "service-" + i % 100));
    judge("1,000 mesh routes from a host: a Service", meshFrom, service("team-0", "service-0", ""));
    Topology chains =
        with(
            base,
            MANY,
            i ->
                delegating(
                    "team-0", "del-" + i, i == 0 ? "front-0" : "", "del-" + (i + 1), "service-0"));
    judge("a chain of 1,000 delegations: a Service", chains, service("team-0", "service-0", ""));
    judge("a chain of 1,000 delegations: a rule", chains, rule("team-0", "x", TARGET, "", 0));
  }

  private void bigEntries() {
    for (int count : List.of(MANY, 2 * MANY)) {
      judge("an entry with %d hosts".formatted(count), base, entry("e", count, 0, 1, ""));
    }
    judge(
        "an entry with 2,000 hosts in the cluster",
        base,
        entry(
            "e",
            IntStream.range(0, 2000)
                .mapToObj(i -> "\"service-%d.team-%d.svc.cluster.local\"".formatted(i, i / 100))
                .collect(Collectors.joining(",", "[", "]")),
            0,
            1,
            ""));
    judge("an entry with 2,000 endpoints", base, entry("e", 1, 2 * MANY, 1, ""));
    judge("an entry with 2,000 ports", base, entry("e", 1, 0, 2 * MANY, ""));
    judge("an entry with 2,000 hosts and ports", base, entry("e", 2 * MANY, 0, 2 * MANY, ""));
    judge(
        "an entry with 2,000 exportTo",
        base,
        entry("e", 1, 0, 1, ",\"exportTo\":" + texts(2000, "ns-")));
    Topology same = with(base, MANY, i -> entry("e-" + i, 1, 0, 1, ""));
    judge("the 1,001st entry of a host", same, entry("x", 1, 0, 1, ""));
    Topology sameHosts = with(base, 100, i -> entry("e-" + i, MANY, 0, 1, ""));
    judge("the 101st entry of 1,000 hosts", sameHosts, entry("x", MANY, 0, 1, ""));
    Topology routed =
        with(
            base,
            MANY,
            i -> backendRoute("team-0", "rt-" + i, "networking.istio.io", "ServiceEntry", "e"));
    judge("an entry with 2,000 hosts, 1,000 routes", routed, entry("e", 2 * MANY, 0, 1, ""));
    Topology byHost =
        with(
            same,
            MANY,
            i ->
                backendRoute(
                    "team-0", "rt-" + i, "networking.istio.io", "Hostname", "h-0.example.com"));
    judge("1,000 entries and 1,000 routes of a host", byHost, entry("e", 1, 0, 1, ""));
    Topology workloads = with(base, 10 * MANY, i -> workload("w-" + i));
    judge(
        "an entry that selects 10,000 workloads",
        workloads,
        entry("e", 1, 0, 1, ",\"workloadSelector\":{\"labels\":{\"app\":\"w\"}}"));
  }

  private void bigRules() {
    String subsets =
        IntStream.range(0, MANY)
            .mapToObj(
                i -> "{\"name\":\"s-%d\",\"labels\":{\"v\":\"%d\"},%s}".formatted(i, i, POLICY))
            .collect(Collectors.joining(",", "\"subsets\":[", "]"));
    judge("a rule with 1,000 subsets", base, rule("team-0", "x", TARGET, subsets, 0));
    judge(
        "a wildcard rule with 1,000 subsets",
        base,
        rule("team-0", "x", "*.team-0.svc.cluster.local", subsets, 0));
    String ports =
        IntStream.range(0, MANY)
            .mapToObj(
                i -> "{\"port\":{\"number\":%d},\"tls\":{\"mode\":\"SIMPLE\"}}".formatted(i + 1))
            .collect(Collectors.joining(",", "\"portLevelSettings\":[", "]"));
    judge(
        "a rule with 1,000 portLevelSettings",
        base,
        rule("team-0", "x", TARGET, "\"trafficPolicy\":{" + ports + "}", 0));
    judge(
        "a wildcard rule with 1,000 portLevelSettings",
        base,
        rule("team-0", "x", "*.team-0.svc.cluster.local", "\"trafficPolicy\":{" + ports + "}", 0));
    String locality =
        "\"trafficPolicy\":{\"outlierDetection\":{},\"loadBalancer\":{\"localityLbSetting\":{"
            + "\"failoverPriority\":"
            + texts(2000, "l-")
            + ",\"distribute\":["
            + IntStream.range(0, MANY)
                .mapToObj(i -> "{\"from\":\"r%d/*\",\"to\":{\"r%d/*\":100}}".formatted(i, i))
                .collect(Collectors.joining(","))
            + "]}}}";
    Topology endpoints = with(base, 10, i -> slice("sl-" + i, MANY));
    judge(
        "locality: 2,000 labels, 10,000 endpoints",
        endpoints,
        rule("team-0", "x", TARGET, locality, 0));
    judge("a Service with 10,000 endpoints", endpoints, service("team-0", "service-0", ""));
    judge(
        "a rule exported to 2,000",
        base,
        rule("team-0", "x", TARGET, "\"exportTo\":" + texts(2000, "ns-"), 0));
    judge(
        "a wildcard rule exported to 2,000",
        base,
        rule("team-0", "x", "*.local", "\"exportTo\":" + texts(2000, "ns-"), 0));
    judge(
        "a rule for a host of 10,000 dots",
        base,
        rule("team-0", "x", "a.".repeat(5000) + "b", "", 0));
    judge(
        "a rule for a host with 20,000 dots at its end",
        base,
        rule("team-0", "x", "a" + ".".repeat(20_000), "", 0));
  }

  private void others() {
    Topology gateways = with(base, MANY, i -> gateway("team-0", "gw-" + i));
    judge("1,000 Gateways in a namespace: a Service", gateways, service("team-0", "service-0", ""));
    judge("1,000 Gateways in a namespace: a rule", gateways, rule("team-0", "x", TARGET, "", 0));
    String parents =
        IntStream.range(0, 32)
            .mapToObj(i -> "{\"name\":\"gw-%d\"}".formatted(i))
            .collect(Collectors.joining(","));
    Topology crossed =
        with(gateways, MANY, i -> routeOf("team-0", "rt-" + i, parents, "service-0"));
    judge("1,000 routes with 32 parents: a Service", crossed, service("team-0", "service-0", ""));
    judge("1,000 routes with 32 parents: a rule", crossed, rule("team-0", "x", TARGET, "", 0));
    Topology spread =
        with(
            gateways,
            MANY,
            i -> routeOf("team-0", "rt-" + i, "{\"name\":\"gw-%d\"}".formatted(i), "service-0"));
    judge("1,000 routes of 1,000 Gateways: a Service", spread, service("team-0", "service-0", ""));
    judge("1,000 routes of 1,000 Gateways: a rule", spread, rule("team-0", "x", TARGET, "", 0));
    Topology named = with(base, MANY, i -> service("ns-" + i, "same", ""));
    judge("a rule for a short name of 1,000 Services", named, rule("attacker", "x", "same", "", 0));
    Topology grants = with(base, MANY, i -> grant("team-0", "g-" + i));
    Topology foreign =
        with(
            grants,
            MANY,
            i -> backendRoute("other", "rt-" + i, "", "Service", "service-0", "team-0"));
    judge("1,000 grants and 1,000 routes: a Service", foreign, service("team-0", "service-0", ""));
    judge(
        "a Service with 1,000 selectors",
        base,
        service(
            "team-0",
            "service-0",
            ",\"selector\":"
                + IntStream.range(0, MANY)
                    .mapToObj(i -> "\"k%d\":\"v\"".formatted(i))
                    .collect(Collectors.joining(",", "{", "}"))));
  }

  private static Topology with(Topology base, int count, IntFunction<Resource> object) {
    Topology topology = base;
    for (int i = 0; i < count; i++) {
      topology = topology.apply(Change.put(object.apply(i)));
    }
    return topology;
  }

  private void judge(String name, Topology state, Resource object) {
    if (!wanted.isEmpty() && wanted.stream().noneMatch(name::contains)) {
      return;
    }
    Resource old = object.withMetadata(object.metadata().createdAt(Instant.EPOCH));
    Resource now =
        old.withMetadata(
            new Metadata(
                old.namespace(),
                old.name(),
                java.util.Map.of("istio.io/rev", "canary"),
                java.util.Map.of(),
                old.metadata().created(),
                false,
                List.of()));
    Topology updated = state.apply(Change.put(old));
    double apply = median(() -> state.apply(Change.put(object)));
    double create = median(() -> judge.judge(state, Write.create(object, "eve"), Policy.DEFAULT));
    double update =
        median(() -> judge.judge(updated, Write.update(old, now, "eve"), Policy.DEFAULT));
    long before = threads.getCurrentThreadAllocatedBytes();
    Verdict verdict = judge.judge(updated, Write.update(old, now, "eve"), Policy.DEFAULT);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    out.printf(
        Locale.ROOT,
        "%-46s %10.2f %10.2f %10.2f %12d  %d found%s%n",
        name,
        apply,
        create,
        update,
        allocated >> 10,
        verdict.findings().size(),
        verdict.unfinished().map(said -> ", " + said).orElse(""));
  }

  /** Returns the milliseconds of processor time that it takes once it is warm. */
  private double median(Runnable what) {
    long end = threads.getCurrentThreadCpuTime() + WARM_UP_NANOS;
    for (int i = 0; i < WARM_RUNS && threads.getCurrentThreadCpuTime() < end; i++) {
      what.run();
    }
    double[] millis = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      long start = threads.getCurrentThreadCpuTime();
      what.run();
      millis[i] = (threads.getCurrentThreadCpuTime() - start) / 1e6;
    }
    Arrays.sort(millis);
    return millis[RUNS / 2];
  }

  private static Resource rule(String namespace, String name, String host, String more, int age) {
    return read(
        Kind.DESTINATION_RULE,
        "{%s,\"spec\":{\"host\":\"%s\",%s}}"
            .formatted(
                metadata(namespace, name, age),
                host,
                Stream.of(
                        more,
                        more.contains("\"trafficPolicy\":{\"") && !more.startsWith("\"sub")
                            ? ""
                            : POLICY)
                    .filter(part -> !part.isEmpty())
                    .collect(Collectors.joining(","))));
  }

  private static Resource service(String namespace, String name, String more) {
    return read(
        Kind.SERVICE,
        """
        {%s,"spec":{"clusterIP":"10.1.1.1","ports":[{"name":"http","port":8080}]%s}}
        """
            .formatted(metadata(namespace, name, 0), more));
  }

  private static Resource entry(String name, int hosts, int endpoints, int ports, String more) {
    return entry(name, texts(hosts, "h-", ".example.com"), endpoints, ports, more);
  }

  private static Resource entry(String name, String hosts, int endpoints, int ports, String more) {
    return read(
        Kind.SERVICE_ENTRY,
        """
        {%s,"spec":{"hosts":%s,"resolution":"STATIC","ports":%s,"endpoints":%s%s}}
        """
            .formatted(
                metadata("team-0", name, 0),
                hosts,
                IntStream.range(0, ports)
                    .mapToObj(
                        i ->
                            "{\"number\":%d,\"name\":\"p%d\",\"protocol\":\"HTTP\"}"
                                .formatted(8080 + i, i))
                    .collect(Collectors.joining(",", "[", "]")),
                IntStream.range(0, endpoints)
                    .mapToObj(
                        i ->
                            "{\"address\":\"host-%d\",\"locality\":\"r/z%d\",\"labels\":{\"app\":\"a\"}}"
                                .formatted(i, i))
                    .collect(Collectors.joining(",", "[", "]")),
                more));
  }

  private static Resource workload(String name) {
    return read(
        Kind.WORKLOAD_ENTRY,
        """
        {%s,"spec":{"address":"10.0.0.1","labels":{"app":"w"},"locality":"r/z"}}
        """
            .formatted(metadata("team-0", name, 0)));
  }

  private static Resource slice(String name, int endpoints) {
    return read(
        Kind.ENDPOINT_SLICE,
        """
        {"metadata":{"namespace":"team-0","name":"%s",
         "labels":{"kubernetes.io/service-name":"service-0"}},"endpoints":%s}
        """
            .formatted(
                name,
                IntStream.range(0, endpoints)
                    .mapToObj(i -> "{\"nodeName\":\"n-%d\",\"zone\":\"z-%d\"}".formatted(i, i % 3))
                    .collect(Collectors.joining(",", "[", "]"))));
  }

  private static Resource gateway(String namespace, String name) {
    return read(
        Kind.GATEWAY,
        """
        {%s,"spec":{"gatewayClassName":"kgateway","listeners":[{"name":"http","port":80,
         "protocol":"HTTP","allowedRoutes":{"namespaces":{"from":"All"}}}]}}
        """
            .formatted(metadata(namespace, name, 0)));
  }

  private static Resource route(String namespace, String name, String gateway, String backend) {
    return routeOf(
        namespace, name, "{\"namespace\":\"edge\",\"name\":\"%s\"}".formatted(gateway), backend);
  }

  private static Resource routeOf(String namespace, String name, String parents, String backend) {
    return read(
        Kind.HTTP_ROUTE,
        """
        {%s,"spec":{"parentRefs":[%s],"hostnames":["%s.example.com"],
         "rules":[{"backendRefs":[{"name":"%s","port":8080}]}]}}
        """
            .formatted(metadata(namespace, name, 0), parents, name, backend));
  }

  private static Resource meshRoute(String namespace, String name, String parent, String backend) {
    return routeOf(
        namespace,
        name,
        "{\"group\":\"\",\"kind\":\"Service\",\"name\":\"%s\"}".formatted(parent),
        backend);
  }

  private static Resource delegating(
      String namespace, String name, String gateway, String child, String backend) {
    String parents =
        gateway.isEmpty() ? "" : "{\"namespace\":\"edge\",\"name\":\"%s\"}".formatted(gateway);
    return read(
        Kind.HTTP_ROUTE,
        """
        {%s,"spec":{"parentRefs":[%s],"rules":[{"backendRefs":[{"name":"%s","port":8080},
         {"group":"gateway.networking.k8s.io","kind":"HTTPRoute","name":"%s"}]}]}}
        """
            .formatted(metadata(namespace, name, 0), parents, backend, child));
  }

  private static Resource backendRoute(
      String namespace, String name, String group, String kind, String backend) {
    return backendRoute(namespace, name, group, kind, backend, namespace);
  }

  private static Resource backendRoute(
      String namespace, String name, String group, String kind, String backend, String home) {
    return read(
        Kind.HTTP_ROUTE,
        """
        {%s,"spec":{"parentRefs":[{"namespace":"edge","name":"front-0"}],"rules":[{"backendRefs":[
         {"group":"%s","kind":"%s","namespace":"%s","name":"%s","port":8080}]}]}}
        """
            .formatted(metadata(namespace, name, 0), group, kind, home, backend));
  }

  private static Resource grant(String namespace, String name) {
    return read(
        Kind.REFERENCE_GRANT,
        """
        {%s,"spec":{"from":[{"group":"gateway.networking.k8s.io","kind":"HTTPRoute",
         "namespace":"elsewhere"}],"to":[{"group":"","kind":"Service"}]}}
        """
            .formatted(metadata(namespace, name, 0)));
  }

  private static Resource virtualService(String namespace, String name, String host, String to) {
    return read(
        Kind.VIRTUAL_SERVICE,
        """
        {%s,"spec":{"hosts":["%s"],"http":[{"route":[{"destination":{"host":"%s"}}]}]}}
        """
            .formatted(metadata(namespace, name, 0), host, to));
  }

  private static String exports(String namespace) {
    return "\"exportTo\":[\"%s\"]".formatted(namespace);
  }

  private static String texts(int count, String prefix) {
    return texts(count, prefix, "");
  }

  private static String texts(int count, String prefix, String suffix) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"" + prefix + i + suffix + "\"")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String metadata(String namespace, String name, int age) {
    return """
        "metadata":{"namespace":"%s","name":"%s","creationTimestamp":"%s"}
        """
        .formatted(namespace, name, Instant.parse("2026-01-01T00:00:00Z").plusSeconds(age));
  }

  private static Resource read(Kind kind, String json) {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      return Resources.read(kind, parser);
    } catch (Exception e) {
      throw new IllegalStateException(json.substring(0, Math.min(200, json.length())), e);
    }
  }
}
