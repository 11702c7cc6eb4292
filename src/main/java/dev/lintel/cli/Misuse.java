package dev.lintel.cli;

import dev.lintel.rule.Spelling;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line, and which word was probably meant. */
final class Misuse {

  /** What picocli says, be it alone or among other things. */
  private static final Pattern UNKNOWN_OPTION = Pattern.compile("^Unknown options?: '([^'=]+)");

  private Misuse() {}

  /** Tells the person, and returns the exit code. */
  static int told(ParameterException failure) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("lintel: " + said(failure, command));
    err.printf("See `%s --help`.%n", command.getCommandSpec().qualifiedName());
    return ExitCodes.USAGE;
  }

  private static String said(ParameterException failure, CommandLine command) {
    String problem = String.valueOf(failure.getMessage());
    Matcher option = UNKNOWN_OPTION.matcher(problem);
    if (option.find()) {
      String name = option.group(1);
      return "there is no option `%s`%s"
          .formatted(name, suggestion(Spelling.nearest(name, options(command.getCommandSpec()))));
    }
    Set<String> commands = command.getSubcommands().keySet();
    if (commands.isEmpty()
        || !(failure instanceof UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().isEmpty()) {
      return problem;
    }
    String word = unmatched.getUnmatched().getFirst();
    return "there is no command `%s`%s"
        .formatted(word, suggestion(Spelling.nearest(word, commands)));
  }

  private static List<String> options(CommandSpec spec) {
    return spec.options().stream()
        .filter(option -> !option.hidden())
        .flatMap(option -> List.of(option.names()).stream())
        .toList();
  }

  private static String suggestion(Optional<String> near) {
    return near.map("; did you mean `%s`?"::formatted).orElse("");
  }
}
