package dev.lintel.cli;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.cli.StateOptions.State;
import dev.lintel.manifest.ManifestText;
import dev.lintel.report.CheckReport;
import dev.lintel.report.TextReport;
import dev.lintel.rule.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code lintel check}: the webhook's judge at the terminal. The manifests of one call are one
 * change, so that their order does not matter.
 */
@Command(
    name = "check",
    description = {
      "Judges manifests as the webhook would judge them when they are applied.",
      "",
      "The manifests of one call are one change, as a commit is: their order does not matter, and a"
          + " Service and the DestinationRule that needs it may arrive together. What the cluster's"
          + " state has already counts as known: it warns, and never denies.",
      ""
    },
    exitCodeList = {
      "0:nothing reaches the threshold",
      "79:findings at or above the threshold",
      "64:the command line is wrong",
      "65:a file or a cluster cannot be read"
    },
    footer = {
      "  lintel check -R deploy --cluster-state cluster",
      "  kustomize build overlays/prod | lintel check - --live -o github",
      "  lintel check -k overlays/prod",
      "  lintel check --helm chart -f values.yaml",
      "  lintel check service.yaml -n shop --fix"
    })
final class CheckCommand extends Subcommand {

  /** Manifests of more namespaces are written by whoever may list all of them. */
  private static final int MOST_NAMESPACES = 1000;

  enum Format {
    TEXT,
    WIDE,
    LINE,
    JSON,
    YAML,
    SARIF,
    JUNIT,
    GITHUB,
    GITLAB,
    MARKDOWN
  }

  enum Threshold {
    DENY(Action.DENY),
    WARN(Action.WARN);

    private final Action action;

    Threshold(Action action) {
      this.action = action;
    }

    /** Returns the action from which on the exit code says that there are findings. */
    Action action() {
      return action;
    }
  }

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE|DIR|-",
      description = "Manifests to judge: files, folders, or - for standard input; as with -f.")
  private List<String> inputs = new ArrayList<>();

  @Mixin private FileOptions files = new FileOptions();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description =
          "Where objects are that name no namespace, as with kubectl; left out: in the namespace of"
              + " the cluster's context, or in default.")
  private @Nullable String namespace;

  @Mixin private RenderOptions rendered = new RenderOptions();

  @Mixin private StateOptions state = new StateOptions();

  @Option(
      names = "--operation",
      paramLabel = "create|update",
      description =
          "What happens to the objects. Left out: update for those that the cluster's state has,"
              + " create for the others.")
  private Checker.@Nullable Operation operation;

  @Option(
      names = "--as-user",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Who writes, as the API server would name them.")
  private String user = "";

  @Mixin private OutputOptions outputs = new OutputOptions();

  @Option(
      names = "--fail-on",
      paramLabel = "deny|warn",
      defaultValue = "deny",
      description = "From which action on the exit code is 79; deny if left out.")
  private Threshold threshold = Threshold.DENY;

  @Option(
      names = "--problems-only",
      description = "Leave out objects and findings that neither warn nor deny.")
  private boolean showsProblemsOnly;

  @Option(
      names = "--suppress",
      paramLabel = "CODE[:GLOB]",
      description =
          "Accept the findings of a rule for this run, in all objects or in those that match:"
              + " Kind/namespace/name, namespace/name, a name or a file. Repeatable.")
  private List<String> suppressed = new ArrayList<>();

  @Option(
      names = "--show-fixes",
      description =
          "Show how to fix each finding in the text report, as edited lines where it can.")
  private boolean showsFixes;

  @Option(
      names = "--fix",
      description =
          "Write the fixes that need no decision to the files, and leave everything else in them as"
              + " it is. The report says what is left.")
  private boolean fix;

  @Override
  public Integer call() throws IOException {
    if (isPluginOfKubectl() && !state.isGiven()) {
      state.chooseCurrentCluster();
    }
    refuseWhatCannotBeRead();
    outputs.check();
    CheckReport report = judge();
    outputs.write(
        showsProblemsOnly ? report.problemsOnly() : report,
        out(),
        style(),
        threshold.action(),
        style -> new TextReport(style, showsFixes));
    if (!report.unasked().isNothing()) {
      err().println("lintel: " + report.unasked().said());
    }
    if (!report.unreadable().isEmpty()) {
      report.unreadable().forEach(file -> err().println("lintel: " + file.said()));
      return ExitCodes.UNREADABLE;
    }
    return report.reaches(threshold.action) ? ExitCodes.FINDINGS : ExitCodes.OK;
  }

  private CheckReport judge() {
    try (Ticker ticker = new Ticker(err(), terminal().showsProgress(), System::nanoTime)) {
      String home = state.namespace(Optional.ofNullable(namespace));
      Inputs.Written written = Inputs.manifests(source(home), ticker);
      RenderOptions.Made made = rendered.make(files.names(), ticker);
      StateOptions.tell(written.notes(), err());
      List<ManifestText> texts = new ArrayList<>(written.texts());
      texts.addAll(made.texts());
      State known = state.read(namespaces(texts, home), ticker, err());
      Checker checker =
          new Checker(known, Optional.ofNullable(operation), user, home, suppressions(), ticker);
      CheckReport report = fix ? fixed(texts, checker) : checker.check(texts);
      return report.without(written.unreadable()).without(made.unreadable());
    }
  }

  private Suppressions suppressions() {
    try {
      return Suppressions.of(suppressed, RuleCatalogue.complete());
    } catch (IllegalArgumentException e) {
      throw misused("--suppress: " + e.getMessage());
    }
  }

  /** Where a cluster is looked at whose user may not look everywhere. */
  private static Set<String> namespaces(List<ManifestText> texts, String home) {
    Set<String> namespaces = new TreeSet<>();
    namespaces.add(home);
    texts.stream()
        .flatMap(text -> text.manifests().stream())
        .flatMap(manifest -> manifest.namespace().stream())
        .distinct()
        .limit(MOST_NAMESPACES)
        .forEach(namespaces::add);
    return namespaces;
  }

  private CheckReport fixed(List<ManifestText> texts, Checker checker) {
    Fixes.Outcome outcome = new Fixes(checker::check).fix(texts);
    for (int i = 0; i < texts.size(); i++) {
      if (!outcome.texts().get(i).equals(texts.get(i))) {
        write(outcome.texts().get(i));
      }
    }
    outcome.written().forEach(line -> err().println("fixed " + line));
    outcome
        .left()
        .forEach(line -> err().println("to be fixed by hand, for others refer to it: " + line));
    if (outcome.written().isEmpty() && outcome.left().isEmpty()) {
      err().println("nothing that can be fixed without a decision");
    }
    return outcome.report();
  }

  private static void write(ManifestText text) {
    try {
      Files.writeString(Path.of(text.source()), text.text());
    } catch (IOException e) {
      throw new UnreadableException(
          "%s cannot be written: %s".formatted(text.source(), e.getMessage()));
    }
  }

  /** With a chart, {@code -f} names its values. */
  private Inputs.Source source(String home) {
    return rendered.takesValues() ? files.sourceOf(inputs, home) : files.source(inputs, home);
  }

  private void refuseWhatCannotBeRead() {
    List<String> named = new ArrayList<>(inputs);
    if (!rendered.takesValues()) {
      named.addAll(files.names());
    }
    if (named.isEmpty() && !rendered.isGiven()) {
      throw misused(
          "say what to judge: files, folders, or - for standard input, --kustomize or --helm");
    }
    if (fix && rendered.isGiven()) {
      throw misused("--fix changes files, and not what kustomize or helm makes of them");
    }
    for (String input : named) {
      if (input.startsWith("http://") || input.startsWith("https://")) {
        throw misused(
            "addresses are not read; try `curl -fsSL %s | lintel check -`".formatted(input));
      }
      if (fix && input.equals(Inputs.STANDARD_INPUT)) {
        throw misused(
            "--fix changes files, and there is none for standard input (%s)".formatted(input));
      }
    }
  }
}
