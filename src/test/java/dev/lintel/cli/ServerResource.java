package dev.lintel.cli;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Sets a server up as {@code serve --topology} does: a folder, and a certificate of its own. */
public final class ServerResource implements QuarkusTestResourceLifecycleManager {

  @Override
  public Map<String, String> start() {
    try {
      Path folder = Files.createTempDirectory("lintel-test");
      Files.writeString(
          folder.resolve("shop.yaml"), "{apiVersion: v1, kind: Namespace, metadata: {name: shop}}");
      SelfSignedCertificate made = SelfSignedCertificate.in(folder);
      return Map.of(
          "lintel.topology", folder.toString(),
          "lintel.certificate.file", made.certificate().toString(),
          "lintel.certificate.key", made.key().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {}
}
