package dev.lintel.apiserver;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What someone at a terminal reads, to the letter. */
@OnApiServer
class KubectlIT {

  private static final String DENIED = Messages.denial("Service", "cart", Messages.MISSPELT);
  private static final String WARNED = Messages.warning(Messages.ANY);

  private final Kubectl kubectl;
  private final String namespace;

  KubectlIT(Installation installation) {
    kubectl = installation.kubectl();
    namespace = installation.newNamespace();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "apply",
        "apply --server-side",
        "apply --dry-run=server",
        "apply --server-side --dry-run=server",
        "create"
      })
  void aDenialNamesFieldRuleAndEveryAllowedValue(String command) {
    kubectl
        .write(Manifests.service(namespace, "cart", "PreferClosest"), command.split(" "))
        .failsWith(DENIED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"apply", "apply --server-side", "apply --dry-run=server"})
  void aWarningIsOneLineAndTheWriteGoesOn(String command) {
    kubectl
        .write(Manifests.service(namespace, "cart", "Any"), command.split(" "))
        .succeedsWith(WARNED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"apply", "apply --server-side", "apply --dry-run=server"})
  void aGoodServiceGetsNoWord(String command) {
    kubectl
        .write(Manifests.service(namespace, "cart", "PreferClose"), command.split(" "))
        .succeedsSilently();
  }

  @Test
  void severalDenialsAreTold() {
    String manifest =
        Manifests.service(namespace, "cart", "PreferClosest")
            .replace(
                "  annotations:", "  labels: {istio.io/use-waypoint: Way_Point}\n  annotations:");
    kubectl
        .write(manifest, "apply")
        .failsWith(
            """
            The Service "cart" is invalid:\s
            * %s: %s
            * metadata.labels[istio.io/use-waypoint]: %s\
            """
                .formatted(
                    Messages.FIELD,
                    Messages.cause(Messages.MISSPELT),
                    Messages.cause(Messages.NO_NAME)));
  }

  @Test
  void theSameManifestAppliedAgainGetsNoWord() {
    String manifest = Manifests.service(namespace, "cart", "Any");
    kubectl.write(manifest, "apply").succeedsWith(WARNED);
    kubectl.write(manifest, "apply").succeedsSilently();
    kubectl.write(manifest, "apply", "--dry-run=server").succeedsSilently();
  }

  @Test
  void everyServedVersionOfAServiceEntryIsJudged() {
    for (String version : new String[] {"v1", "v1beta1", "v1alpha3"}) {
      kubectl
          .write(
              """
              apiVersion: networking.istio.io/%s
              kind: ServiceEntry
              metadata:
                name: partner
                namespace: %s
                annotations:
                  networking.istio.io/traffic-distribution: PreferClosest
              spec:
                hosts: [partner.example.com]
                ports: [{number: 443, name: tls, protocol: TLS}]
                resolution: DNS
                location: MESH_EXTERNAL
              """
                  .formatted(version, namespace),
              "create",
              "--dry-run=server")
          .failsWith(Messages.denial("ServiceEntry", "partner", Messages.MISSPELT));
    }
  }
}
