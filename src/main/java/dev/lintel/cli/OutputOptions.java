package dev.lintel.cli;

import dev.lintel.cli.CheckCommand.Format;
import dev.lintel.report.CheckReport;
import dev.lintel.report.GithubReport;
import dev.lintel.report.GitlabReport;
import dev.lintel.report.JsonReport;
import dev.lintel.report.JunitReport;
import dev.lintel.report.LineReport;
import dev.lintel.report.MarkdownReport;
import dev.lintel.report.Report;
import dev.lintel.report.RuleReport;
import dev.lintel.report.SarifReport;
import dev.lintel.report.Style;
import dev.lintel.rule.Action;
import dev.lintel.rule.Spelling;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options that say in which formats a report is written, and where to. */
final class OutputOptions {

  private static final OpenOption[] APPENDED = {
    StandardOpenOption.CREATE, StandardOpenOption.APPEND
  };

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT[=FILE]",
      converter = Reader.class,
      completionCandidates = Words.class,
      description =
          "Format of the report: ${COMPLETION-CANDIDATES}; text if left out. With =FILE it goes to"
              + " that file. Repeatable: one run writes them all.")
  private List<Output> outputs = new ArrayList<>();

  @Option(
      names = "--summary",
      paramLabel = "FILE",
      defaultValue = "${env:GITHUB_STEP_SUMMARY}",
      description =
          "Append a summary in Markdown to this file; $GITHUB_STEP_SUMMARY if left out, which"
              + " GitHub shows as the page of a workflow's run.")
  private @Nullable Path summary;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  /**
   * A report to be written.
   *
   * @param file where it goes; empty for standard output
   */
  private record Output(Format format, Optional<Path> file) {}

  /** Makes the report that a command writes as its text. */
  interface Text {
    /** Makes it in a style. */
    Report in(Style style);
  }

  /** Refuses what would mix on standard output. */
  void check() {
    if (outputs.stream().filter(output -> output.file.isEmpty()).count() > 1 && command != null) {
      throw new ParameterException(
          command.commandLine(),
          "only one report goes to standard output: give the others a file (-o sarif=FILE)");
    }
  }

  /**
   * Writes a report wherever it is asked for.
   *
   * @param out standard output
   * @param style how text looks there
   * @param threshold from which action on a test fails
   * @param text what the command writes as its text
   * @throws UnreadableException if a file cannot be written
   */
  void write(CheckReport report, PrintWriter out, Style style, Action threshold, Text text)
      throws IOException {
    if (outputs.isEmpty()) {
      text.in(style).write(report, out);
    }
    for (Output output : outputs) {
      if (output.file.isPresent()) {
        write(report, report(output.format, Style.PLAIN, threshold, text), output.file.get());
      } else {
        report(output.format, style, threshold, text).write(report, out);
      }
    }
    out.flush();
    if (summary != null && !summary.toString().isEmpty()) {
      write(report, new MarkdownReport(), summary, APPENDED);
    }
  }

  private static Report report(Format format, Style style, Action threshold, Text text)
      throws IOException {
    return switch (format) {
      case TEXT -> text.in(style);
      case WIDE -> new RuleReport(style, Integer.MAX_VALUE);
      case LINE -> new LineReport(style);
      case JSON -> new JsonReport(JsonReport.Syntax.JSON);
      case YAML -> new JsonReport(JsonReport.Syntax.YAML);
      case SARIF -> new SarifReport(BuildVersion.number());
      case JUNIT -> new JunitReport(threshold);
      case GITHUB -> new GithubReport();
      case GITLAB -> new GitlabReport();
      case MARKDOWN -> new MarkdownReport();
    };
  }

  private static void write(CheckReport report, Report format, Path file, OpenOption... how) {
    try (Writer writer = Files.newBufferedWriter(file, how)) {
      format.write(report, writer);
    } catch (IOException | UncheckedIOException e) {
      throw new UnreadableException("%s cannot be written: %s".formatted(file, e.getMessage()));
    }
  }

  private static String word(Format format) {
    return format.name().toLowerCase(Locale.ROOT);
  }

  /** The formats, for shells that complete words. */
  static final class Words implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.of(Format.values()).map(OutputOptions::word).iterator();
    }
  }

  /** Reads {@code FORMAT} or {@code FORMAT=FILE}. */
  static final class Reader implements ITypeConverter<Output> {
    @Override
    public Output convert(String written) {
      int equals = written.indexOf('=');
      String word = equals < 0 ? written : written.substring(0, equals);
      String file = equals < 0 ? "" : written.substring(equals + 1);
      if (equals >= 0 && file.isBlank()) {
        throw new TypeConversionException("`%s` names no file".formatted(written));
      }
      return new Output(format(word), file.isEmpty() ? Optional.empty() : Optional.of(path(file)));
    }

    private static Format format(String word) {
      List<String> words = Stream.of(Format.values()).map(OutputOptions::word).toList();
      return Stream.of(Format.values())
          .filter(format -> Spelling.isSameWord(word, word(format)))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "expected %s, found `%s`%s"
                          .formatted(
                              String.join(", ", words),
                              word,
                              Spelling.nearest(word, words)
                                  .map("; did you mean `%s`?"::formatted)
                                  .orElse(""))));
    }

    private static Path path(String file) {
      try {
        return Path.of(file);
      } catch (InvalidPathException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
