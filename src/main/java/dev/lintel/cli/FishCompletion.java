package dev.lintel.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes what the fish shell needs to complete the words of a command line. */
final class FishCompletion {

  private static final String FILES = "-F";

  private final String program;
  private final List<String> lines = new ArrayList<>();

  private FishCompletion(String program) {
    this.program = program;
  }

  /** Returns the script for a command and all below it. */
  static String of(CommandLine root) {
    FishCompletion script = new FishCompletion(root.getCommandName());
    script.lines.add("# fish completion for " + root.getCommandName());
    script.lines.add("complete -c " + root.getCommandName() + " -f");
    script.add(root, "");
    return String.join("\n", script.lines) + "\n";
  }

  /**
   * Adds a command.
   *
   * @param seen the condition under which its words may follow; empty for the first command
   */
  private void add(CommandLine command, String seen) {
    List<CommandLine> below =
        command.getSubcommands().values().stream()
            .distinct()
            .filter(each -> !each.getCommandSpec().usageMessage().hidden())
            .toList();
    String names = below.stream().map(CommandLine::getCommandName).collect(Collectors.joining(" "));
    String here = below.isEmpty() ? seen : and(seen, "not __fish_seen_subcommand_from " + names);
    for (CommandLine each : below) {
      line(here, "-a " + each.getCommandName() + " -d " + quoted(summary(each.getCommandSpec())));
    }
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (!option.hidden()) {
        line(seen.isEmpty() ? here : seen, words(option));
      }
    }
    for (PositionalParamSpec parameter : command.getCommandSpec().positionalParameters()) {
      line(seen, values(parameter));
    }
    for (CommandLine each : below) {
      add(each, and(seen, "__fish_seen_subcommand_from " + each.getCommandName()));
    }
  }

  private static String and(String one, String other) {
    return one.isEmpty() ? other : one + "; and " + other;
  }

  private void line(String condition, String rest) {
    if (!rest.isEmpty()) {
      lines.add(
          "complete -c "
              + program
              + (condition.isEmpty() ? "" : " -n " + quoted(condition))
              + " "
              + rest);
    }
  }

  private static String words(OptionSpec option) {
    List<String> words = new ArrayList<>();
    for (String name : option.names()) {
      words.add(name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1));
    }
    if (option.arity().max() > 0) {
      String values = values(option);
      words.add(values.equals(FILES) ? "-r " + values : ("-x " + values).strip());
    }
    words.add("-d " + quoted(firstSentence(String.join(" ", option.description()))));
    return String.join(" ", words);
  }

  /** Files, one of a few words, or nothing that could be known. */
  private static String values(ArgSpec argument) {
    List<String> words = candidates(argument);
    if (!words.isEmpty()) {
      return "-a " + quoted(String.join(" ", words));
    }
    boolean isFile =
        argument.auxiliaryTypes()[0] == Path.class
            || argument.paramLabel().contains("FILE")
            || argument.paramLabel().contains("DIR");
    return isFile ? FILES : "";
  }

  private static List<String> candidates(ArgSpec argument) {
    return argument.completionCandidates() == null
        ? List.of()
        : StreamSupport.stream(argument.completionCandidates().spliterator(), false)
            .map(word -> argument.type().isEnum() ? word.toLowerCase(Locale.ROOT) : word)
            .toList();
  }

  private static String summary(CommandSpec spec) {
    String[] description = spec.usageMessage().description();
    return description.length == 0 ? "" : firstSentence(description[0].split(": ", 2)[0]);
  }

  private static String firstSentence(String text) {
    int end = text.indexOf(". ");
    String sentence = end < 0 ? text : text.substring(0, end);
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
