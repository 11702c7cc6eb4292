package dev.lintel.cluster;

import com.fasterxml.jackson.core.JsonParser;
import dev.lintel.mesh.Version;
import dev.lintel.resource.JsonBody;
import dev.lintel.resource.Kind;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads a cluster once, as the one whom a kubeconfig names. Nothing is watched or written. */
public final class LiveCluster implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final KubernetesClient client;
  private final ApiServer api;

  private LiveCluster(KubernetesClient client) {
    this.client = client;
    this.api = new ApiServer(client);
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
   * @param unreadable the objects that cannot be read, and therefore do not count
   * @param gaps what may not be listed, and hence is not known
   */
  public record Contents(
      List<Resource> resources,
      Optional<Version> version,
      List<Unreadable> unreadable,
      List<Gap> gaps) {

    /** Copies the lists, so that the record is immutable. */
    public Contents {
      resources = List.copyOf(resources);
      unreadable = List.copyOf(unreadable);
      gaps = List.copyOf(gaps);
    }
  }

  /**
   * An object that is there and cannot be read.
   *
   * @param ref which object
   * @param problem what is wrong with it, in one line
   */
  public record Unreadable(ResourceRef ref, String problem) {
    /** Returns object and problem as a sentence. */
    @Override
    public String toString() {
      return "%s cannot be read and does not count: %s".formatted(ref.spoken(), problem);
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
   * @param notes is told where there is no right to read it
   * @return empty if there is none, or no right to read it, so that the defaults are in force
   * @throws ClusterException if it cannot be read
   */
  public Optional<PolicyText> policy(Consumer<String> notes) throws ClusterException {
    Selection configMap =
        Selection.configMap(LintelConfig.NAMESPACE, LintelConfig.PolicyConfig.NAME);
    String source = configMap.name();
    String key = LintelConfig.PolicyConfig.KEY;
    try (InputStream in = api.get(configMap.object(), TIMEOUT, TIMEOUT)) {
      byte[] json = in.readAllBytes();
      try (JsonParser parser = new JsonBody(json, json.length).parser()) {
        String text =
            PolicyDocument.read(parser, key)
                .orElseThrow(() -> new ClusterException(source + " has no key " + key));
        return Optional.of(new PolicyText(source + ", " + key, text));
      }
    } catch (MalformedObjectException e) {
      throw new ClusterException("%s cannot be read: %s".formatted(source, e.getMessage()));
    } catch (RefusedException e) {
      return switch (e.code()) {
        case RefusedException.NOT_FOUND -> Optional.empty();
        case RefusedException.FORBIDDEN -> {
          notes.accept(
              "no right to read %s: the built-in defaults count; --policy names a file instead"
                  .formatted(source));
          yield Optional.empty();
        }
        default -> throw unreachable(e);
      };
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /**
   * Returns the namespace that a context names, without asking the cluster; {@code default} if it
   * names none.
   *
   * @throws ClusterException if there is no such file or context
   */
  public static String namespace(Optional<String> context, Optional<Path> kubeconfig)
      throws ClusterException {
    return Optional.ofNullable(Kubeconfig.read(context, kubeconfig).getNamespace())
        .filter(found -> !found.isBlank())
        .orElse("default");
  }

  /**
   * Reads every object of the kinds that Lintel knows. A kind that is not installed has none.
   *
   * @param namespaces in which a kind is listed that may not be listed in all of them
   * @throws ClusterException if the API server does not answer, or refuses everything
   */
  public Contents read(Set<String> namespaces, Progress progress) throws ClusterException {
    Listing listing = new Listing(client);
    List<Gap> gaps = new ArrayList<>();
    List<Kind> kinds = List.of(Kind.values());
    for (int i = 0; i < kinds.size(); i++) {
      progress.at(i, kinds.size());
      Kind kind = kinds.get(i);
      try {
        listing.list(kind);
      } catch (RefusedException e) {
        if (e.code() != RefusedException.FORBIDDEN) {
          throw unreachable(e);
        }
        gaps.add(gap(listing, kind, namespaces));
      } catch (IOException | KubernetesClientException e) {
        throw unreachable(e);
      }
    }
    if (!gaps.isEmpty()
        && listing.resources().isEmpty()
        && gaps.stream().allMatch(gap -> gap.known().isEmpty())) {
      throw new ClusterException(
          "no right to list anything at %s, nor in %s; -n names another namespace"
              .formatted(api.address(), spoken(namespaces)));
    }
    return new Contents(listing.resources(), version(), listing.unreadable(), gaps);
  }

  private Gap gap(Listing listing, Kind kind, Set<String> namespaces) throws ClusterException {
    try {
      return new Gap(kind, listing.list(kind, namespaces));
    } catch (IOException | KubernetesClientException e) {
      throw unreachable(e);
    }
  }

  private static String spoken(Set<String> namespaces) {
    return (namespaces.size() == 1 ? "namespace " : "namespaces ") + String.join(", ", namespaces);
  }

  @Override
  public void close() {
    client.close();
  }

  private Optional<Version> version() {
    try {
      return Version.parse(client.getKubernetesVersion().getGitVersion());
    } catch (KubernetesClientException e) {
      return Optional.empty();
    }
  }

  private ClusterException unreachable(Exception e) {
    int code =
        switch (e) {
          case RefusedException refused -> refused.code();
          case KubernetesClientException refused -> refused.getCode();
          default -> 0;
        };
    return code == RefusedException.UNAUTHORIZED
        ? new ClusterException(
            "%s does not accept the credentials of the kubeconfig".formatted(api.address()))
        : new ClusterException(
            "%s cannot be read: %s".formatted(api.address(), ApiServer.reason(e)));
  }
}
