package dev.lintel.cost;

import dev.lintel.judge.Write;
import dev.lintel.manifest.Manifest;
import dev.lintel.manifest.ManifestFiles;
import dev.lintel.manifest.Manifests;
import dev.lintel.mesh.Platform;
import dev.lintel.resource.Kind;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.Resource;
import dev.lintel.topology.Topology;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A small shop behind a Gateway and a waypoint, and writes to it about which rules have something
 * to say.
 */
public final class Shop {

  private static final Path SET_UPS = Path.of("src/test/resources/rules/_clusters");

  private static final List<String> WRITES =
      List.of(
          "{'apiVersion':'v1','kind':'Service','metadata':{'name':'cart','namespace':'shop',"
              + "'labels':{'istio.io/use-waypoint':'waypoint'},"
              + "'annotations':{'networking.istio.io/traffic-distribution':'PreferClosest'}},"
              + "'spec':{'clusterIP':'10.96.40.11','selector':{'app':'cart'},"
              + "'ports':[{'port':80}]}}",
          "{'apiVersion':'networking.istio.io/v1','kind':'DestinationRule',"
              + "'metadata':{'name':'cart','namespace':'shop'},"
              + "'spec':{'host':'cart.shop.svc.cluster.local','trafficPolicy':{"
              + "'outlierDetection':{'consecutiveErrors':5},'loadBalancer':{"
              + "'localityLbSetting':{'enabled':true}}},'subsets':[{'name':'v1'}]}}",
          "{'apiVersion':'networking.istio.io/v1','kind':'ServiceEntry',"
              + "'metadata':{'name':'rates','namespace':'shop'},"
              + "'spec':{'hosts':['rates.example.com','*.example.com'],"
              + "'location':'MESH_EXTERNAL','resolution':'DNS','ports':[{'number':80,"
              + "'name':'http'}],'workloadSelector':{'labels':{'app':'rates'}}}}");

  private Shop() {}

  /** Returns the shop as it is. */
  public static Topology topology() {
    return topology("solo", "gateway", "shop", "shop-waypoint", "cart-behind-waypoint", "teams");
  }

  /**
   * Returns the topology of several set-ups of the samples.
   *
   * @param setUps their names; of two objects with the same identity the later one counts
   */
  public static Topology topology(String... setUps) {
    try {
      List<Resource> objects = new ArrayList<>();
      for (String setUp : setUps) {
        Path file = SET_UPS.resolve(setUp + ".yaml");
        objects.addAll(objects(file.toString(), ManifestFiles.text(file)));
      }
      return Topology.of(Platform.AUTO, objects);
    } catch (IOException | MalformedObjectException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns writes of a Service, a DestinationRule and a ServiceEntry. */
  public static List<Write> writes() {
    try {
      List<Write> writes = new ArrayList<>();
      for (String json : WRITES) {
        for (Resource object : objects("write", json.replace('\'', '"'))) {
          writes.add(Write.create(object, "ann"));
        }
      }
      return List.copyOf(writes);
    } catch (MalformedObjectException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Resource> objects(String source, String text)
      throws MalformedObjectException {
    List<Resource> objects = new ArrayList<>();
    for (Manifest manifest : Manifests.read(source, text)) {
      objects.add(
          manifest
              .resource()
              .orElseThrow(() -> new IllegalStateException(Kind.class + manifest.kindName())));
    }
    return objects;
  }
}
