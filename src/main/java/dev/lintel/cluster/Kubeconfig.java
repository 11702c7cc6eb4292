package dev.lintel.cluster;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Finds out which API server is meant, as kubectl does. */
final class Kubeconfig {

  private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);
  private static final Path TOKEN_IN_POD = Path.of(Config.KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH);

  private Kubeconfig() {}

  /**
   * Returns how to meet an API server.
   *
   * @param context empty for the current one
   * @param file empty for the files that {@code KUBECONFIG} names, {@code ~/.kube/config}, or the
   *     account of the Pod
   */
  static Config read(Optional<String> context, Optional<Path> file) throws ClusterException {
    Config config = file.isPresent() ? ofFile(context, file.get()) : ofEnvironment(context);
    List<String> known = config.getContexts().stream().map(NamedContext::getName).toList();
    if (context.isPresent() && !known.contains(context.get())) {
      throw new ClusterException(
          "the kubeconfig has no context `%s`, but: %s"
              .formatted(context.get(), known.isEmpty() ? "none" : String.join(", ", known)));
    }
    return new ConfigBuilder(config)
        .withConnectionTimeout((int) CONNECTION_TIMEOUT.toMillis())
        .withRequestTimeout((int) REQUEST_TIMEOUT.toMillis())
        .withRequestRetryBackoffLimit(1)
        .build();
  }

  private static Config ofFile(Optional<String> context, Path file) throws ClusterException {
    if (!Files.isReadable(file)) {
      throw new ClusterException("no such kubeconfig: " + file);
    }
    return Config.fromKubeconfig(context.orElse(null), file.toFile());
  }

  private static Config ofEnvironment(Optional<String> context) throws ClusterException {
    boolean isFound =
        Config.getKubeconfigFilenames().stream().anyMatch(name -> Files.isReadable(Path.of(name)));
    if (!isFound && !Files.isReadable(TOKEN_IN_POD)) {
      throw new ClusterException(
          "no kubeconfig: KUBECONFIG and ~/.kube/config name no file that can be read; --kubeconfig"
              + " names one");
    }
    return Config.autoConfigure(context.orElse(null));
  }
}
