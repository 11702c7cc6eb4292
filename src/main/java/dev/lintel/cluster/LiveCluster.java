package dev.lintel.cluster;

import dev.lintel.mesh.Version;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Resource;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a cluster once, as the one whom a kubeconfig names. Nothing is watched or written. */
public final class LiveCluster implements AutoCloseable {

  private static final int FORBIDDEN = 403;
  private static final int UNAUTHORIZED = 401;

  private final KubernetesClient client;

  private LiveCluster(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Gets ready to read; nothing is asked for yet.
   *
   * @param context empty for the current one
   * @param kubeconfig empty for the one that kubectl would take
   * @throws ClusterException if there is no such file or context
   */
  public static LiveCluster of(Optional<String> context, Optional<Path> kubeconfig)
      throws ClusterException {
    preset("java.util.logging.manager", "org.jboss.logmanager.LogManager");
    preset("io.netty.noUnsafe", "true");
    Config config = Kubeconfig.read(context, kubeconfig);
    return new LiveCluster(new KubernetesClientBuilder().withConfig(config).build());
  }

  /** Told how far reading is. */
  public interface Progress {
    /** Some of all kinds have been read. */
    void at(int done, int total);
  }

  /**
   * What a cluster holds.
   *
   * @param resources every object that Lintel reads
   * @param version the API server's version; empty if it is not known
   * @param unreadable what is wrong with the objects that cannot be read, and therefore do not
   *     count
   */
  public record Contents(
      List<Resource> resources, Optional<Version> version, List<String> unreadable) {

    /** Copies the lists, so that the record is immutable. */
    public Contents {
      resources = List.copyOf(resources);
      unreadable = List.copyOf(unreadable);
    }
  }

  /**
   * The policy as the cluster has it.
   *
   * @param source what it is called in messages
   * @param text the document
   */
  public record PolicyText(String source, String text) {}

  /**
   * Returns the policy in the place where Lintel's installation puts it.
   *
   * @return empty if there is none, so that the defaults are in force
   * @throws ClusterException if it cannot be read
   */
  public Optional<PolicyText> policy() throws ClusterException {
    String source =
        "ConfigMap %s/%s".formatted(LintelConfig.NAMESPACE, LintelConfig.PolicyConfig.NAME);
    try {
      ConfigMap found =
          client
              .configMaps()
              .inNamespace(LintelConfig.NAMESPACE)
              .withName(LintelConfig.PolicyConfig.NAME)
              .get();
      if (found == null) {
        return Optional.empty();
      }
      String key = LintelConfig.PolicyConfig.KEY;
      String text = found.getData() == null ? null : found.getData().get(key);
      if (text == null) {
        throw new ClusterException(source + " has no key " + key);
      }
      return Optional.of(new PolicyText(source + ", " + key, text));
    } catch (KubernetesClientException e) {
      throw isForbidden(e)
          ? new ClusterException(
              "no right to read %s; --policy names a file instead".formatted(source))
          : unreachable(e);
    }
  }

  /**
   * Reads every object of the kinds that Lintel knows. A kind that is not installed has none.
   *
   * @throws ClusterException if the API server does not answer, or refuses a kind: what is not
   *     known would count as absent
   */
  public Contents read(Progress progress) throws ClusterException {
    Listing listing = new Listing(client);
    List<String> refused = new ArrayList<>();
    List<Kind> kinds = List.of(Kind.values());
    for (int i = 0; i < kinds.size(); i++) {
      progress.at(i, kinds.size());
      Kind kind = kinds.get(i);
      try {
        listing.list(kind);
      } catch (KubernetesClientException e) {
        if (!isForbidden(e)) {
          throw unreachable(e);
        }
        refused.add("no right to list " + described(kind));
      }
    }
    if (!refused.isEmpty()) {
      throw new ClusterException(refused);
    }
    return new Contents(listing.resources(), version(), listing.unreadable());
  }

  @Override
  public void close() {
    client.close();
  }

  /** Without these the libraries tell a person at a terminal of their own affairs. */
  private static void preset(String property, String value) {
    System.setProperty(property, System.getProperty(property, value));
  }

  private Optional<Version> version() {
    try {
      return Version.parse(client.getKubernetesVersion().getGitVersion());
    } catch (KubernetesClientException e) {
      return Optional.empty();
    }
  }

  private ClusterException unreachable(KubernetesClientException e) {
    String server = String.valueOf(client.getMasterUrl());
    return e.getCode() == UNAUTHORIZED
        ? new ClusterException(
            "%s does not accept the credentials of the kubeconfig".formatted(server))
        : new ClusterException("%s cannot be read: %s".formatted(server, reason(e)));
  }

  /** The innermost cause says what happened; those around it say that something did. */
  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
  }

  private static boolean isForbidden(KubernetesClientException e) {
    return e.getCode() == FORBIDDEN;
  }

  private static String described(Kind kind) {
    return kind.group().isEmpty() ? kind.plural() : kind.plural() + "." + kind.group();
  }
}
