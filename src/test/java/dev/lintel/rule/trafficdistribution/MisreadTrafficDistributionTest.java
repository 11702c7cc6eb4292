package dev.lintel.rule.trafficdistribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.Platform;
import dev.lintel.resource.Manifests;
import dev.lintel.resource.Resource;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Subject;
import dev.lintel.topology.Topology;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What no sample shows, because other rules would speak of the same set-up. */
class MisreadTrafficDistributionTest {

  private static final Path CLUSTERS = Path.of("src/test/resources/rules/_clusters");

  @Test
  void ztunnelPicksThePodsWhereTheWaypointIsMissing() throws Exception {
    Resource service =
        read("""
                apiVersion: v1
                kind: Service
                metadata:
                  name: cart
                  namespace: shop
                  labels: {istio.io/use-waypoint: absent, istio.io/ingress-use-waypoint: "true"}
                  annotations: {networking.istio.io/traffic-distribution: PreferNetwork}
                spec:
                  clusterIP: 10.96.40.11
                  ports: [{name: http, port: 8080}]
                """)
            .getFirst();

    assertThat(judge(service, "upstream", "gateway", "shop"))
        .extracting(Finding::message)
        .containsExactly(
            "ztunnel picks the Pods behind Gateway edge/front and reads `PreferNetwork` as Any;"
                + " use `PreferSameZone`");
  }

  private static Stream<Finding> judge(Resource resource, String... clusters) throws Exception {
    List<Resource> resources = new ArrayList<>();
    for (String cluster : clusters) {
      resources.addAll(read(Files.readString(CLUSTERS.resolve(cluster + ".yaml"))));
    }
    resources.add(resource);
    Topology topology = Topology.of(Platform.AUTO, resources);
    return new MisreadTrafficDistribution().judge(topology, Subject.of(topology, resource));
  }

  private static List<Resource> read(String yaml) throws Exception {
    List<Resource> resources = new ArrayList<>();
    for (var manifest : Manifests.read("test", yaml)) {
      manifest.resource().ifPresent(resources::add);
    }
    return resources;
  }
}
