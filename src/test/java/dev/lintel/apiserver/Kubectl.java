package dev.lintel.apiserver;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs kubectl as a user does.
 *
 * @param executable where it is
 * @param kubeconfig which API server it talks to, and as whom
 * @param cache a folder for what it remembers of the API server
 */
record Kubectl(Path executable, Path kubeconfig, Path cache) {

  /** Runs a command. */
  Printed run(String... arguments) {
    return run("", arguments);
  }

  /** Runs a command that reads a manifest from its input. */
  Printed write(String manifest, String... arguments) {
    return run(
        manifest, Stream.concat(Stream.of(arguments), Stream.of("-f", "-")).toArray(String[]::new));
  }

  private Printed run(String input, String... arguments) {
    return Command.run(
        Map.of(
            "KUBECONFIG", kubeconfig.toString(),
            "KUBECACHEDIR", cache.toString(),
            "KUBECTL_KUBERC", "false"),
        input,
        Stream.concat(Stream.of(executable.toString()), Stream.of(arguments)).toList());
  }
}
