package dev.lintel.cluster;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How this process is set up. What administrators decide about rules is in the policy instead. */
@ConfigMapping(prefix = "lintel")
public interface LintelConfig {

  /** The namespace in which Lintel is installed unless someone chose another. */
  String NAMESPACE = "lintel-system";

  /** The Deployments of istiod and kgateway unless someone chose others. */
  String CONTROLLERS = "istiod,kgateway,enterprise-kgateway";

  /** Returns the namespace in which Lintel is installed. */
  @WithDefault(NAMESPACE)
  String namespace();

  /** Returns the folder whose objects stand for the cluster; if present, no API server is asked. */
  Optional<Path> topology();

  /** Returns who looks after the certificate that the webhook shows. */
  @WithDefault("files")
  Certificates certificates();

  /** Who looks after the certificate that the webhook shows. */
  enum Certificates {
    /** Lintel: it makes one, keeps it in a Secret, and has the API server believe it. */
    SELF_MANAGED,
    /** Somebody else, who puts it into files and has the API server believe it. */
    FILES
  }

  /** Returns how long before the API server's deadline judging stops. */
  @WithDefault("PT0.3S")
  Duration deadlineMargin();

  /** Returns from which age of the snapshot on findings say how old it is. */
  @WithDefault("PT60S")
  Duration staleAfter();

  /** Returns how many objects are asked for at once when a kind is listed; 1 or more. */
  @WithDefault("500")
  long pageSize();

  /**
   * Returns the names of the Deployments of istiod and kgateway, in whichever namespaces they are;
   * whoever adds one adds it to the ClusterRole, too.
   */
  @WithDefault(CONTROLLERS)
  List<String> controllers();

  /**
   * Returns the address below which this process serves the rules' pages, which findings name where
   * the policy names no other: that of the Service {@code lintel} unless someone chose another.
   */
  default String pages() {
    return otherPages().orElseGet(() -> "http://lintel.%s.svc:9000".formatted(namespace()));
  }

  /** Returns the address of {@link #pages} that someone chose; empty if nobody did. */
  @WithName("pages")
  Optional<String> otherPages();

  /** Returns where the policy comes from. */
  PolicyConfig policy();

  /** Where the policy comes from. */
  interface PolicyConfig {

    /** The name of the ConfigMap unless someone chose another. */
    String NAME = "lintel-policy";

    /** The key in the ConfigMap unless someone chose another. */
    String KEY = "policy.yaml";

    /** Returns the file with the policy; looked at only where a folder stands for the cluster. */
    Optional<Path> file();

    /** Returns the name of the ConfigMap with the policy. */
    @WithDefault(NAME)
    String name();

    /** Returns the key of the policy in the ConfigMap. */
    @WithDefault(KEY)
    String key();
  }
}
