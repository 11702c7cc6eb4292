package dev.lintel.cli;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.manifest.HelmChart;
import dev.lintel.manifest.ManifestText;
import dev.lintel.report.CheckReport;
import dev.lintel.report.GithubReport;
import dev.lintel.report.GitlabReport;
import dev.lintel.report.JsonReport;
import dev.lintel.report.JunitReport;
import dev.lintel.report.MarkdownReport;
import dev.lintel.report.Report;
import dev.lintel.report.SarifReport;
import dev.lintel.report.Style;
import dev.lintel.report.TextReport;
import dev.lintel.rule.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
      "  lintel check -f deploy -R --cluster-state cluster",
      "  kustomize build overlays/prod | lintel check -f - --live -o github",
      "  lintel check -k overlays/prod",
      "  lintel check --helm chart -f values.yaml",
      "  lintel check -f service.yaml --fix"
    })
final class CheckCommand extends Subcommand {

  enum Format {
    TEXT,
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
  }

  @Option(
      names = {"-f", "--filename"},
      arity = "1..*",
      paramLabel = "FILE|DIR|-",
      description = "Manifests to judge: files, folders, or - for standard input. Repeatable.")
  private List<String> inputs = new ArrayList<>();

  @Option(
      names = {"-R", "--recursive"},
      description = "Also read the folders below a folder.")
  private boolean recursive;

  @Mixin private RenderOptions rendered = new RenderOptions();

  @Mixin private StateOptions state = new StateOptions();

  @Option(
      names = "--operation",
      paramLabel = "CREATE|UPDATE",
      description =
          "What happens to the objects. Left out: UPDATE for those that the cluster's state has,"
              + " CREATE for the others.")
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
    refuseWhatCannotBeRead();
    outputs.check();
    CheckReport report = judge();
    outputs.write(report, out(), style(), this::report);
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
      List<String> values = rendered.takesValues() ? inputs : List.of();
      Inputs.Written written =
          Inputs.manifests(rendered.takesValues() ? List.of() : inputs, recursive, ticker);
      RenderOptions.Made made = rendered.make(values, ticker);
      if (!written.templates().isEmpty()) {
        err().println("lintel: " + HelmChart.skipped(written.templates()));
      }
      List<ManifestText> texts = new ArrayList<>(written.texts());
      texts.addAll(made.texts());
      Checker checker =
          new Checker(
              state.read(ticker, err()),
              Optional.ofNullable(operation),
              user,
              suppressions(),
              ticker);
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

  private Report report(Format format, Style style) throws IOException {
    return switch (format) {
      case TEXT -> new TextReport(style, showsFixes);
      case JSON -> new JsonReport(JsonReport.Syntax.JSON);
      case YAML -> new JsonReport(JsonReport.Syntax.YAML);
      case SARIF -> new SarifReport(BuildVersion.number());
      case JUNIT -> new JunitReport(threshold.action);
      case GITHUB -> new GithubReport();
      case GITLAB -> new GitlabReport();
      case MARKDOWN -> new MarkdownReport();
    };
  }

  private void refuseWhatCannotBeRead() {
    if (inputs.isEmpty() && !rendered.isGiven()) {
      throw misused("say what to judge: --filename, --kustomize or --helm");
    }
    if (fix && rendered.isGiven()) {
      throw misused("--fix changes files, and not what kustomize or helm makes of them");
    }
    for (String input : inputs) {
      if (input.startsWith("http://") || input.startsWith("https://")) {
        throw misused(
            "addresses are not read; try `curl -fsSL %s | lintel check -f -`".formatted(input));
      }
      if (fix && input.equals(Inputs.STANDARD_INPUT)) {
        throw misused(
            "--fix changes files, and there is none for standard input (-f %s)".formatted(input));
      }
    }
  }
}
