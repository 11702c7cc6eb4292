package dev.lintel.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.manifest.Manifests;
import dev.lintel.mesh.Platform;
import dev.lintel.mesh.Version;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Namespace;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.topology.Change;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExistingTest {

  private static final Instant KNOWN = Instant.parse("2026-01-10T09:00:00Z");
  private static final Namespace DATED = new Namespace(Metadata.of("", "dated").createdAt(KNOWN));

  @Test
  void whatDoesNotSayItsAgeIsYoungerThanWhatDoesAndOlderThanWhatIsNew() {
    Existing existing = existing(DATED, namespace("shop"), namespace("team"));
    assertThat(created(existing, "dated")).isEqualTo(KNOWN);
    assertThat(created(existing, "shop"))
        .isAfter(KNOWN)
        .isBefore(Metadata.NOT_YET)
        .isEqualTo(created(existing, "team"));
  }

  @Test
  void whatComesLaterIsYoungerInItsOrder() {
    Existing existing =
        existing(namespace("shop"))
            .after(Change.put(namespace("z")))
            .after(Change.put(namespace("a")));
    assertThat(created(existing, "z")).isAfter(created(existing, "shop"));
    assertThat(created(existing, "a")).isAfter(created(existing, "z")).isBefore(Metadata.NOT_YET);
  }

  @Test
  void whatIsReplacedKeepsItsAge() {
    Existing existing = existing(DATED, namespace("shop"));
    Existing later =
        existing.after(Change.put(namespace("shop"))).after(Change.put(namespace("dated")));
    assertThat(created(later, "shop")).isEqualTo(created(existing, "shop"));
    assertThat(created(later, "dated")).isEqualTo(KNOWN);
  }

  @Test
  void whatIsMadeAnewIsYoung() {
    Existing existing = existing(DATED);
    Existing later =
        existing
            .after(Change.remove(new ResourceRef(Kind.NAMESPACE, "", "dated")))
            .after(Change.put(namespace("dated")));
    assertThat(created(later, "dated")).isAfter(KNOWN);
  }

  @Test
  void anEarlierFormThatDoesNotSayItsAgeHasTheOneThatIsKnown() {
    Existing existing = existing(DATED);
    Resource form = Existing.earlier(namespace("dated"), existing.topology());
    assertThat(form.metadata().created()).isEqualTo(KNOWN);
    Resource other = Existing.earlier(namespace("other"), existing.topology());
    assertThat(other.metadata().created()).isAfter(KNOWN).isBefore(Metadata.NOT_YET);
  }

  @Test
  void aManifestKeepsWhatControllersFilledIn() throws Exception {
    Existing cluster =
        Existing.of(
            Platform.AUTO,
            List.of(
                read(SERVICE.formatted("clusterIP: 10.96.0.7, ")),
                read(GATEWAY + ", status: {addresses: [{value: 10.0.0.9}]}}"),
                read(ENTRY + ", status: {addresses: [{value: 240.240.0.1}]}}")));
    Existing later =
        cluster
            .after(Change.put(read(SERVICE.formatted(""))))
            .after(Change.put(read(GATEWAY.replace("uid: one, ", "") + "}")))
            .after(Change.put(read(ENTRY + "}")));
    assertThat(later.topology()).isEqualTo(cluster.topology());
  }

  @Test
  void whatAnApiServerDoesNotSayIsGone() throws Exception {
    Existing cluster =
        Existing.of(
            Platform.AUTO, List.of(read(GATEWAY + ", status: {addresses: [{value: 10.0.0.9}]}}")));
    Existing later = cluster.after(Change.put(read(GATEWAY + "}").stored()));
    Gateway gateway = later.topology().gateway("shop", "waypoint").orElseThrow();
    assertThat(gateway.addresses()).contains(List.of());
  }

  private static final String SERVICE =
      "{apiVersion: v1, kind: Service, metadata: {name: cart, namespace: shop}, spec: {%sports:"
          + " [{port: 80}]}}";
  private static final String GATEWAY =
      "{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {uid: one, name: waypoint,"
          + " namespace: shop}, spec: {gatewayClassName: istio-waypoint}";
  private static final String ENTRY =
      "{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: maps, namespace:"
          + " shop}, spec: {hosts: [maps.example.com]}";

  private static Resource read(String text) throws Exception {
    return Manifests.read("test", text).getFirst().resource().orElseThrow();
  }

  @Test
  void otherPlatformFactsKeepTheAges() {
    Existing existing = existing(namespace("shop")).after(Change.put(namespace("a")));
    Existing other =
        existing.withPlatform(Platform.AUTO.withKubernetesVersion(Version.parse("1.36")));
    assertThat(created(other, "a")).isEqualTo(created(existing, "a"));
  }

  private static Existing existing(Namespace... namespaces) {
    return Existing.of(Platform.AUTO, List.of(namespaces));
  }

  private static Namespace namespace(String name) {
    return new Namespace(Metadata.of("", name));
  }

  private static Instant created(Existing existing, String name) {
    return existing.topology().namespace(name).orElseThrow().metadata().created();
  }
}
