package dev.lintel.cli;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.cli.StateOptions.State;
import dev.lintel.judge.Judge;
import dev.lintel.judge.Verdict;
import dev.lintel.manifest.Excludes;
import dev.lintel.manifest.Manifest;
import dev.lintel.manifest.ManifestText;
import dev.lintel.manifest.Manifests;
import dev.lintel.report.CheckReport;
import dev.lintel.report.CheckReport.Entry;
import dev.lintel.report.RuleReport;
import dev.lintel.report.Unasked;
import dev.lintel.report.Unreadable;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.Rule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lintel scan}: what is wrong in a cluster as it is. */
@Command(
    name = "scan",
    description = {
      "Judges what a cluster holds already, each object as if it were written now, and tells what"
          + " each rule finds.",
      "",
      "Without an option the current cluster is read, as kubectl would. Nothing is written.",
      ""
    },
    exitCodeList = {
      "0:nothing reaches the threshold",
      "79:findings at or above the threshold",
      "64:the command line is wrong",
      "65:a file or a cluster cannot be read"
    },
    footer = {
      "  lintel scan -n shop",
      "  lintel scan --cluster-state backup -o wide",
      "  lintel scan --problems-only -o json > scan.json"
    })
final class ScanCommand extends Subcommand {

  /** More are counted; {@code -o wide} names them. */
  private static final int MOST_NAMED = 5;

  @Mixin private StateOptions state = new StateOptions();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "Judge the objects of one namespace; those of all if left out.")
  private @Nullable String namespace;

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "Judge the objects of all namespaces, as is done without -n.")
  private boolean isEverywhere;

  /** Text names the first objects of each rule, wide names them all. */
  @Mixin private OutputOptions outputs = new OutputOptions();

  @Option(
      names = "--fail-on",
      paramLabel = "deny|warn",
      defaultValue = "deny",
      description = "From which action on the exit code is 79; deny if left out.")
  private CheckCommand.Threshold threshold = CheckCommand.Threshold.DENY;

  @Option(
      names = "--problems-only",
      description = "Leave out objects and findings that neither warn nor deny.")
  private boolean showsProblemsOnly;

  private final RuleCatalogue catalogue = RuleCatalogue.complete();
  private final Judge judge = new Judge(catalogue);

  @Override
  public Integer call() throws IOException {
    if (isEverywhere && namespace != null) {
      throw misused("-A and -n %s exclude each other".formatted(namespace));
    }
    if (!state.isGiven()) {
      state.chooseCurrentCluster();
    }
    outputs.check();
    CheckReport report = scan();
    outputs.write(
        showsProblemsOnly ? report.problemsOnly() : report,
        out(),
        style(),
        threshold.action(),
        style -> new RuleReport(style, MOST_NAMED));
    if (!report.unasked().isNothing()) {
      err().println("lintel: " + report.unasked().said());
    }
    if (!report.unreadable().isEmpty()) {
      report.unreadable().forEach(file -> err().println("lintel: " + file.said()));
      return ExitCodes.UNREADABLE;
    }
    return report.reaches(threshold.action()) ? ExitCodes.FINDINGS : ExitCodes.OK;
  }

  private CheckReport scan() {
    try (Ticker ticker = new Ticker(err(), terminal().showsProgress(), System::nanoTime)) {
      String home = state.namespace(Optional.ofNullable(namespace));
      List<Unreadable> unreadable = new ArrayList<>();
      State found = state.read(Set.of(home), ticker, err(), unreadable::add);
      List<Verdict> verdicts = verdicts(found, ticker);
      Map<ResourceRef, Manifest> manifests = manifests(verdicts, ticker);
      List<Entry> entries =
          verdicts.stream()
              .map(
                  verdict ->
                      new Entry(
                          Optional.ofNullable(manifests.get(verdict.object()))
                              .orElseGet(() -> Manifest.standingFor(verdict.object())),
                          "NONE",
                          verdict))
              .toList();
      return new CheckReport(entries, unasked(found), unreadable).withGaps(found.gaps());
    }
  }

  private List<Verdict> verdicts(State found, Ticker ticker) {
    List<Resource> objects =
        found
            .topology()
            .resources()
            .filter(object -> judge.kinds().contains(object.kind()))
            .filter(object -> namespace == null || namespace.equals(object.namespace()))
            .sorted(Comparator.comparing(object -> object.ref().toString()))
            .toList();
    List<Verdict> verdicts = new ArrayList<>();
    for (Resource object : objects) {
      ticker.at("judging", verdicts.size(), objects.size(), "objects");
      verdicts.add(judge.inspect(found.topology(), object, found.policy()));
    }
    return verdicts;
  }

  /** Only a folder has files, and only what something is said of is looked for in them. */
  private Map<ResourceRef, Manifest> manifests(List<Verdict> verdicts, Ticker ticker) {
    Map<ResourceRef, Manifest> manifests = new HashMap<>();
    Optional<Path> folder = state.folder();
    if (folder.isPresent() && verdicts.stream().anyMatch(each -> !each.findings().isEmpty())) {
      Inputs.Source source =
          new Inputs.Source(
              List.of(folder.get().toString()),
              true,
              List.of(excludes(folder.get())),
              Manifests.DEFAULT_NAMESPACE);
      for (ManifestText text : Inputs.manifests(source, ticker).texts()) {
        text.manifests().forEach(manifest -> add(manifest, manifests));
      }
    }
    return manifests;
  }

  private static void add(Manifest manifest, Map<ResourceRef, Manifest> manifests) {
    try {
      manifest.resource().ifPresent(object -> manifests.put(object.ref(), manifest));
    } catch (MalformedObjectException e) {
      return; // It is told already, and was not judged.
    }
  }

  private static Excludes excludes(Path folder) {
    try {
      return Excludes.in(folder);
    } catch (IOException e) {
      return Excludes.NONE; // It is told already.
    }
  }

  private Unasked unasked(State found) {
    return Unasked.of(catalogue.rules().stream().map(Rule::info), found.kindsInSight());
  }
}
