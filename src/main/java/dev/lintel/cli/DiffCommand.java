package dev.lintel.cli;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.cli.StateOptions.State;
import dev.lintel.diff.FindingChanges;
import dev.lintel.diff.PathDiff;
import dev.lintel.diff.Scope;
import dev.lintel.diff.format.DiffFormat;
import dev.lintel.diff.format.DiffJson;
import dev.lintel.diff.format.DiffMarkdown;
import dev.lintel.diff.format.DiffMermaid;
import dev.lintel.diff.format.DiffText;
import dev.lintel.judge.Judge;
import dev.lintel.report.JsonReport.Syntax;
import dev.lintel.resource.Resource;
import dev.lintel.state.Existing;
import dev.lintel.state.Settled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lintel diff}: what changes for requests between two states. */
@Command(
    name = "diff",
    description = {
      "Compares two states, and tells what changes for requests: the paths from Gateways to hosts,"
          + " the waypoints of hosts, who reads which DestinationRule, by which traffic distribution"
          + " endpoints are picked, which references of routes break or heal, which hosts vanish or"
          + " appear, and which findings come or go.",
      "",
      "The states are two folders (--before, --after); objects that exist, and manifests that are"
          + " applied to them (-f with --cluster-state or --live); or a folder in two commits"
          + " (BASE..HEAD -f DIR; BASE...HEAD from where they parted; BASE alone against the work"
          + " tree). With --as-if the later state is on another platform; alone, it compares the"
          + " objects that exist with themselves after an upgrade.",
      ""
    },
    exitCodeList = {
      "0:the states were compared",
      "79:something changes, and --exit-code is given",
      "64:the command line is wrong",
      "65:a file, a cluster or a commit cannot be read"
    },
    footer = {
      "  lintel diff --before old --after new",
      "  lintel diff -f deploy --live",
      "  lintel diff main..HEAD -f deploy -o markdown",
      "  lintel diff --live --as-if istio=1.31"
    })
final class DiffCommand extends Subcommand {

  enum Format {
    TEXT,
    MARKDOWN,
    JSON,
    YAML,
    MERMAID
  }

  @Parameters(
      arity = "0..1",
      paramLabel = "BASE..HEAD",
      description = "Two commits of the Git work tree that the command is called in.")
  private @Nullable String revisions;

  @Option(
      names = "--before",
      paramLabel = "DIR",
      description = "Folder of manifests of the objects before, with the folders below it.")
  private @Nullable Path before;

  @Option(
      names = "--after",
      paramLabel = "DIR",
      description = "Folder of manifests of the objects after, with the folders below it.")
  private @Nullable Path after;

  @Mixin private FileOptions files = new FileOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|markdown|json|yaml|mermaid",
      defaultValue = "text",
      description = "Format of the difference; text if left out.")
  private Format format = Format.TEXT;

  @Option(names = "--exit-code", description = "End with 79 where something changes.")
  private boolean tellsByExitCode;

  @Mixin private StateOptions state = new StateOptions();

  @Override
  public Integer call() {
    check();
    PathDiff diff;
    try (Ticker ticker = new Ticker(err(), terminal().showsProgress(), System::nanoTime)) {
      diff = diff(ticker);
    }
    format().write(diff, out());
    out().flush();
    return tellsByExitCode && !diff.isEmpty() ? ExitCodes.FINDINGS : ExitCodes.OK;
  }

  private void check() {
    if (before != null || after != null) {
      if (before == null || after == null) {
        throw misused("--before and --after go together");
      }
      if (revisions != null || !files.names().isEmpty()) {
        throw misused("--before and --after stand alone: without commits and without -f");
      }
    } else if (files.names().isEmpty() && (revisions != null || !isUpgrade())) {
      throw misused("say what to compare: --before and --after, -f, or --as-if");
    } else if (revisions == null && !state.isGiven()) {
      if (!isPluginOfKubectl()) {
        throw misused(
            isUpgrade() && files.names().isEmpty()
                ? "say which objects --as-if is about: --cluster-state or --live"
                : "say what -f is compared with: --cluster-state, --live, or commits as BASE..HEAD");
      }
      state.chooseCurrentCluster();
    }
  }

  private boolean isUpgrade() {
    return !state.suppositions().isEmpty();
  }

  private PathDiff diff(Ticker ticker) {
    State existing = state.readAsItIs(Set.of(namespace()), ticker, err());
    if (before != null && after != null) {
      return between(existing, folder(before, ticker), folder(after, ticker));
    }
    if (revisions == null) {
      return between(existing, List.of(), applied(ticker));
    }
    try (GitRange range = GitRange.of(here(), revisions, files.names())) {
      List<Resource> base = folder(range.base(), ticker);
      List<Resource> head =
          range.head().map(path -> folder(path, ticker)).orElseGet(() -> workTree(ticker));
      return between(existing, base, head);
    }
  }

  private static Path here() {
    try {
      return Path.of("").toRealPath();
    } catch (IOException e) {
      throw UnreadableException.of(e);
    }
  }

  private PathDiff between(State existing, List<Resource> from, List<Resource> to) {
    Existing old = existing.with(from).objects();
    Existing now = old.replacing(from, to).withPlatform(existing.asIf().platform());
    Settled settled = Settled.of(old.topology(), now.topology());
    PathDiff paths = PathDiff.between(settled, Scope.everything(settled));
    FindingChanges findings =
        FindingChanges.between(
            settled, existing.policy(), existing.asIf(), new Judge(RuleCatalogue.complete()));
    return paths
        .with(findings)
        .assuming(
            state.suppositions().stream().map("the platform is as if %s"::formatted).toList());
  }

  private List<Resource> folder(Path path, Ticker ticker) {
    return Inputs.state(path, ticker, notes -> StateOptions.tell(notes, err()));
  }

  private List<Resource> applied(Ticker ticker) {
    return objects(files.source(List.of(), namespace()), ticker);
  }

  /** Commits are read with the folders below a folder, and so is the work tree. */
  private List<Resource> workTree(Ticker ticker) {
    Inputs.Source written = files.source(List.of(), namespace());
    return objects(
        new Inputs.Source(written.names(), true, written.excludes(), written.namespace()), ticker);
  }

  private List<Resource> objects(Inputs.Source source, Ticker ticker) {
    return Inputs.objects(source, ticker, notes -> StateOptions.tell(notes, err()));
  }

  private String namespace() {
    return state.namespace(Optional.empty());
  }

  private DiffFormat format() {
    return switch (format) {
      case TEXT -> new DiffText(style());
      case MARKDOWN -> new DiffMarkdown();
      case JSON -> new DiffJson(Syntax.JSON);
      case YAML -> new DiffJson(Syntax.YAML);
      case MERMAID -> new DiffMermaid();
    };
  }
}
