package dev.lintel.cli;

import dev.lintel.cli.TestReport.Result;
import dev.lintel.policy.Policy;
import dev.lintel.sample.Comparison;
import dev.lintel.sample.MalformedSampleException;
import dev.lintel.sample.Sample;
import dev.lintel.sample.SampleFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lintel test}: samples, for those who test a policy of their own. */
@Command(
    name = "test",
    description = {
      "Runs samples: files that hold a cluster, a write, and what is expected of it.",
      "",
      "What is expected stands as a comment beside the line that it is about:",
      "  # expect: CODE deny|warn|audit [on KIND/NS/NAME] [\"part of message\"]",
      "Any other warning or denial fails the sample. docs/cli.md explains the format.",
      ""
    },
    exitCodeList = {
      "0:every sample is judged as it expects",
      "79:some are not",
      "64:the command line is wrong",
      "65:a sample or the policy cannot be read"
    },
    footer = {
      "  lintel test policy-tests",
      "  lintel test policy-tests --policy policy.yaml -o junit > report.xml"
    })
final class TestCommand extends Subcommand {

  enum Format {
    TEXT,
    JUNIT
  }

  @Parameters(
      arity = "1..*",
      paramLabel = "DIR|FILE",
      description =
          "Samples, or folders with samples in them and below. Folders called _clusters hold"
              + " set-ups that samples name.")
  private List<Path> inputs = new ArrayList<>();

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description =
          "Policy under which samples are judged that have none of their own; the built-in defaults"
              + " if left out.")
  private @Nullable Path policyFile;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|junit",
      defaultValue = "text",
      description = "Format of the report; text if left out.")
  private Format format = Format.TEXT;

  @Override
  public Integer call() {
    Policy policy = policy(policyFile);
    TestReport report = new TestReport(results(policy));
    switch (format) {
      case TEXT -> report.writeText(style(), out());
      case JUNIT -> report.writeJunit(out());
    }
    if (report.unreadable() > 0) {
      return ExitCodes.UNREADABLE;
    }
    return report.failed() > 0 ? ExitCodes.FINDINGS : ExitCodes.OK;
  }

  private List<Result> results(Policy policy) {
    List<Path> files = files();
    List<Result> results = new ArrayList<>();
    try (Ticker ticker = new Ticker(err(), terminal().showsProgress(), System::nanoTime)) {
      for (Path file : files) {
        ticker.at("judging", results.size(), files.size(), "samples");
        results.add(result(file, policy));
      }
    }
    return results;
  }

  private static Result result(Path file, Policy policy) {
    try {
      return new Result.Compared(Comparison.of(Sample.read(file, policy)));
    } catch (MalformedSampleException e) {
      return new Result.Unreadable(file, String.valueOf(e.getMessage()));
    }
  }

  private List<Path> files() {
    Problems problems = new Problems();
    List<Path> files = new ArrayList<>();
    for (Path input : inputs) {
      try {
        List<Path> found = SampleFiles.in(input);
        if (found.isEmpty()) {
          problems.add(input + " has no samples: no .yaml, .yml or .json file");
        }
        files.addAll(found);
      } catch (IOException e) {
        problems.add(e);
      }
    }
    problems.check();
    return files;
  }
}
