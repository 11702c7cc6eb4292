package dev.lintel.cli;

import dev.lintel.manifest.ManifestText;
import dev.lintel.manifest.RenderedText;
import dev.lintel.report.Unreadable;
import dev.lintel.resource.MalformedObjectException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what kustomize or Helm is to make manifests of. */
final class RenderOptions {

  private static final Duration TIME = Duration.ofSeconds(60);
  private static final int BYTES = 64 << 20;

  @Option(
      names = {"-k", "--kustomize"},
      paramLabel = "DIR",
      description =
          "Judge what kustomize makes of this folder, by the kubectl or kustomize on the PATH."
              + " Repeatable.")
  private List<Path> kustomizations = new ArrayList<>();

  @Option(
      names = "--helm",
      paramLabel = "CHART",
      description =
          "Judge what the helm on the PATH makes of this chart; -f then names files of values.")
  private @Nullable String chart;

  @Option(
      names = "--tool-path",
      hidden = true,
      paramLabel = "PATH",
      defaultValue = "${env:PATH}",
      description = "Where kubectl, kustomize and helm are looked for.")
  private @Nullable String path;

  /**
   * What came of it.
   *
   * @param texts what was made, a text for each object
   * @param unreadable what could not be made, and why
   */
  record Made(List<ManifestText> texts, List<Unreadable> unreadable) {}

  /** Tells whether anything is to be made. */
  boolean isGiven() {
    return !kustomizations.isEmpty() || chart != null;
  }

  /** Tells whether {@code -f} names files of values. */
  boolean takesValues() {
    return chart != null;
  }

  /**
   * Makes what the options name; what fails hides nothing else.
   *
   * @param values files of values
   */
  Made make(List<String> values, Ticker ticker) {
    Made made = new Made(new ArrayList<>(), new ArrayList<>());
    ExternalTool tool = new ExternalTool(path == null ? "" : path, TIME, BYTES);
    for (int i = 0; i < kustomizations.size(); i++) {
      ticker.at("building", i, kustomizations.size(), "folders");
      Path folder = kustomizations.get(i);
      add(made, folder.toString(), () -> kustomized(tool, folder));
    }
    if (chart != null) {
      String named = chart;
      ticker.at("building", 0, 1, "charts");
      add(made, named, () -> RenderedText.ofHelm(named, templated(tool, named, values)));
    }
    return made;
  }

  private interface Maker {
    List<ManifestText> make() throws IOException, MalformedObjectException;
  }

  private static void add(Made made, String source, Maker maker) {
    try {
      made.texts.addAll(maker.make());
    } catch (IOException | MalformedObjectException e) {
      made.unreadable.add(Unreadable.of(source, String.valueOf(e.getMessage())));
    }
  }

  /** Kustomize tells origins only if the outermost file asks for it: one around it does. */
  private static List<ManifestText> kustomized(ExternalTool tool, Path folder)
      throws IOException, MalformedObjectException {
    Path whole = folder.toRealPath();
    Path root = Files.createTempDirectory("lintel-kustomize").toRealPath();
    Path file = root.resolve("kustomization.yaml");
    try {
      Files.writeString(
          file,
          "buildMetadata: [originAnnotations]\nresources: ['%s']\n"
              .formatted(root.relativize(whole).toString().replace("'", "''")));
      return RenderedText.ofKustomize(folder, root, built(tool, root));
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(root);
    }
  }

  private static String built(ExternalTool tool, Path root) throws IOException {
    Optional<Path> kubectl = tool.find("kubectl");
    if (kubectl.isPresent()) {
      return tool.run(kubectl.get(), List.of("kustomize", root.toString()));
    }
    Path kustomize =
        tool.find("kustomize")
            .orElseThrow(
                () ->
                    new IOException(
                        "needs kustomize, and neither kubectl nor kustomize is on the PATH"));
    return tool.run(kustomize, List.of("build", root.toString()));
  }

  private static String templated(ExternalTool tool, String chart, List<String> values)
      throws IOException {
    Path helm =
        tool.find("helm")
            .orElseThrow(() -> new IOException("needs helm, which is not on the PATH"));
    List<String> arguments = new ArrayList<>(List.of("template", chart));
    for (String file : values) {
      arguments.add("--values");
      arguments.add(file);
    }
    return tool.run(helm, arguments);
  }
}
