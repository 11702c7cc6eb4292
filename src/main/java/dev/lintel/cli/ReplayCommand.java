package dev.lintel.cli;

import dev.lintel.policy.Policy;
import dev.lintel.replay.Outcome;
import dev.lintel.replay.Replay;
import dev.lintel.resource.Resource;
import dev.lintel.state.Existing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lintel replay}: what Lintel would have said, before it says anything. */
@Command(
    name = "replay",
    description = {
      "Reads an audit log of the Kubernetes API server and tells what would have been warned about"
          + " or denied.",
      "",
      "The log has an event in each line, at the level RequestResponse; it may be packed by gzip."
          + " Objects become known as the log names them. An update of an object whose earlier form"
          + " is not known counts as warned about at most.",
      ""
    },
    exitCodeList = {
      "0:the log was replayed, whatever came of it",
      "64:the command line is wrong",
      "65:the log has no event, or a file cannot be read"
    },
    footer = {
      "  lintel replay audit.log",
      "  lintel replay audit.log.gz --cluster-state backup --policy policy.yaml --by rule",
      "  kubectl logs audit-sink | lintel replay - -o json"
    })
final class ReplayCommand extends Subcommand {

  enum Format {
    TEXT,
    JSON
  }

  private static final Pattern BUCKET = Pattern.compile("([1-9]\\d{0,6})([smhd])");

  @Parameters(paramLabel = "FILE|-", description = "The log; - for standard input.")
  private String log = "";

  @Option(
      names = "--cluster-state",
      paramLabel = "DIR",
      description = "Folder of manifests of objects that exist before the first event.")
  private @Nullable Path folder;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "Policy document; the built-in defaults if left out.")
  private @Nullable Path policyFile;

  @Option(
      names = "--by",
      paramLabel = "rule|namespace|user|time|all",
      defaultValue = "all",
      description = "What writes are counted by; all of it if left out.")
  private ReplayReport.By by = ReplayReport.By.ALL;

  @Option(
      names = "--bucket",
      paramLabel = "TIME",
      defaultValue = "1h",
      description =
          "How long the times are that writes are counted by: 10m, 1h, 1d; 1h if left out.")
  private String bucket = "1h";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json",
      defaultValue = "text",
      description = "Format of the report; text if left out.")
  private Format format = Format.TEXT;

  @Override
  public Integer call() {
    Duration length = length();
    Policy policy = policy(policyFile);
    Outcome outcome;
    try (Ticker ticker = new Ticker(err(), terminal().showsProgress(), System::nanoTime)) {
      List<Resource> stored =
          folder == null
              ? List.of()
              : Inputs.state(folder, ticker, notes -> StateOptions.tell(notes, err()));
      outcome = replay(new Replay(Existing.of(policy.platform(), stored), policy, length), ticker);
    }
    if (outcome.events() == 0) {
      throw UnreadableException.of(nothing(outcome));
    }
    ReplayReport report = new ReplayReport(outcome, by);
    switch (format) {
      case TEXT -> report.writeText(style(), out());
      case JSON -> report.writeJson(out());
    }
    return ExitCodes.OK;
  }

  private Outcome replay(Replay replay, Ticker ticker) {
    try (LogStream stream = LogStream.open(log)) {
      return replay.run(stream.text(), () -> ticker.at(stream::progress));
    } catch (IOException e) {
      throw UnreadableException.of(e);
    }
  }

  private List<String> nothing(Outcome outcome) {
    List<String> problems = outcome.unreadable();
    return List.of(
        Inputs.nameOf(log)
            + " has no event of an audit log"
            + (problems.isEmpty() ? "" : "; " + problems.getFirst()));
  }

  private Duration length() {
    Matcher matcher = BUCKET.matcher(bucket);
    if (!matcher.matches()) {
      throw misused("--bucket: expected a time such as 10m, 1h or 1d, found `" + bucket + "`");
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }
}
