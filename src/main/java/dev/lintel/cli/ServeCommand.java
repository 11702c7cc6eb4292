package dev.lintel.cli;

import io.quarkus.runtime.Quarkus;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code lintel serve}: the only command that boots Quarkus. Options become configuration
 * properties, so that whatever can be set here can also be set by an environment variable.
 */
@Command(
    name = "serve",
    description = {
      "Answers the API server's admission requests over HTTPS.",
      "",
      "Without --topology the state comes from the API server of the current kubeconfig or Pod.",
      "With --topology it comes from the manifests of a folder, and no API server is needed:"
          + " writes that are allowed, dry runs excepted, are then applied in memory, and later"
          + " writes see them. The files are never changed.",
      ""
    },
    exitCodeList = {
      "0:the server was asked to end",
      "64:the command line is wrong",
      "70:the server did not start"
    },
    footer = {
      "  lintel serve --topology samples/shop --port 8443",
      "  lintel serve --tls-cert tls.crt --tls-key tls.key"
    })
final class ServeCommand extends Subcommand {

  private static final int MANAGEMENT_PORT = 9000;
  private static final String CERTIFICATES = "lintel.certificates";
  private static final String CERTIFICATE = "lintel.certificate.file";
  private static final String KEY = "lintel.certificate.key";

  @Option(
      names = "--topology",
      paramLabel = "DIR",
      description = "Folder of manifests (.yaml, .yml, .json) that stand for the cluster.")
  private @Nullable Path topology;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description =
          "Policy document; needs --topology. Otherwise the policy is the ConfigMap lintel-policy.")
  private @Nullable Path policy;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description =
          "Certificate in PEM; /etc/lintel/tls/tls.crt if left out. With --topology a self-signed"
              + " one is made instead.")
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "Its private key in PEM; /etc/lintel/tls/tls.key if left out.")
  private @Nullable Path key;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port for HTTPS; 0 chooses a free one. 8443 if left out.")
  private @Nullable Integer port;

  @Option(
      names = "--management-port",
      paramLabel = "PORT",
      description = "Port for health and metrics, plain HTTP. 9000 if left out.")
  private @Nullable Integer managementPort;

  @Override
  public Integer call() throws IOException {
    configureState();
    configureKeyPair();
    set("quarkus.http.ssl-port", port);
    set("quarkus.management.port", managementPort);
    if (topology != null || isOnTerminal()) {
      set("quarkus.log.console.json.enabled", false);
    }
    AtomicInteger exitCode = new AtomicInteger();
    Quarkus.run(null, (code, failure) -> exitCode.set(failure == null ? code : failed(failure)));
    return exitCode.get();
  }

  /** Says in one line why the server did not start. */
  private int failed(Throwable failure) {
    say("lintel: " + problem(failure));
    return ExitCodes.INTERNAL;
  }

  private static String problem(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String problem = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return (cause instanceof NoSuchFileException ? "no such file: " : "") + problem;
  }

  private void configureState() {
    if (topology == null) {
      demand(policy == null, "--policy needs --topology");
      return;
    }
    demand(Files.isDirectory(topology), "--topology: " + topology + " is not a folder");
    set("lintel.topology", topology);
    // No Service stands before a folder.
    int served = managementPort == null ? MANAGEMENT_PORT : managementPort;
    set("lintel.pages", "http://127.0.0.1:" + served);
    if (policy != null) {
      demand(Files.isRegularFile(policy), "--policy: " + policy + " is not a file");
      set("lintel.policy.file", policy);
    }
  }

  private void configureKeyPair() throws IOException {
    demand((certificate == null) == (key == null), "--tls-cert and --tls-key go together");
    if (certificate != null && key != null) {
      demand(Files.isReadable(certificate), "--tls-cert: " + certificate + " cannot be read");
      demand(Files.isReadable(key), "--tls-key: " + key + " cannot be read");
      useKeyPair(certificate, key);
    } else if (topology != null && !isKeyPairConfigured()) {
      Path folder = Files.createTempDirectory("lintel-tls");
      SelfSignedCertificate made = SelfSignedCertificate.in(folder);
      Stream.of(folder, made.certificate(), made.key()).forEach(f -> f.toFile().deleteOnExit());
      useKeyPair(made.certificate(), made.key());
      say("made a self-signed certificate: " + made.certificate());
    }
  }

  private static void useKeyPair(Path certificate, Path key) {
    set(CERTIFICATES, "files");
    set(CERTIFICATE, certificate);
    set(KEY, key);
  }

  private static boolean isKeyPairConfigured() {
    return Stream.concat(
            System.getenv().keySet().stream(),
            System.getProperties().stringPropertyNames().stream())
        .map(name -> name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "."))
        .anyMatch(name -> name.equals(CERTIFICATE) || name.equals(KEY));
  }

  private static boolean isOnTerminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  private static void set(String property, @Nullable Object value) {
    if (value != null) {
      System.setProperty(property, value.toString());
    }
  }

  private void say(String line) {
    err().println(line);
  }

  private void demand(boolean holds, String otherwise) {
    if (!holds) {
      throw misused(otherwise);
    }
  }
}
