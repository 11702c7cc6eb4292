package dev.lintel.manifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Tells what of a Helm chart is no manifest: objects are what Helm makes of its templates. */
public final class HelmChart {

  private static final String CHART = "Chart.yaml";
  private static final Set<String> DESCRIPTIONS = Set.of(CHART, "Chart.yml", "requirements.yaml");

  private HelmChart() {}

  /** Tells whether a file describes a chart or has its values, whatever their keys are called. */
  static boolean isDescription(Path file) {
    String name = String.valueOf(file.getFileName());
    return DESCRIPTIONS.contains(name)
        || (name.startsWith("values") && Files.isRegularFile(file.resolveSibling(CHART)));
  }

  /**
   * Tells whether a file is a template: it has an action in braces, and a chart stands above it.
   *
   * @throws IOException if it cannot be read; the message names it
   */
  public static boolean isTemplate(Path file) throws IOException {
    return isBelowChart(file) && ManifestFiles.text(file).contains("{{");
  }

  /** Returns a line for people that says which templates were not read; there is one at least. */
  public static String skipped(List<Path> templates) {
    boolean isOne = templates.size() == 1;
    return "%d Helm %s skipped (%s%s): read what `helm template` makes of the chart"
        .formatted(
            templates.size(),
            isOne ? "template is" : "templates are",
            templates.getFirst(),
            isOne ? "" : ", ...");
  }

  private static boolean isBelowChart(Path file) {
    return Stream.iterate(
            file.toAbsolutePath().getParent(), folder -> folder != null, Path::getParent)
        .anyMatch(folder -> Files.isRegularFile(folder.resolve(CHART)));
  }
}
