package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** The help of every command says what it is for and how it is called. */
class HelpTest {

  @TestFactory
  Stream<DynamicTest> everyCommandHasADescriptionAndAnExampleThatParses() {
    return leaves(Lintel.commandLine())
        .map(
            command ->
                DynamicTest.dynamicTest(
                    command.getCommandSpec().qualifiedName(), () -> check(command)));
  }

  private static void check(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    assertThat(spec.usageMessage().description()).isNotEmpty();
    assertThat(spec.usageMessage().description()[0]).isNotBlank();
    assertThat(spec.args()).allSatisfy(HelpTest::checkDescription);
    assertThat(spec.usageMessage().exitCodeList()).containsKeys("0", "64");
    List<String> examples =
        Stream.of(spec.usageMessage().footer())
            .map(String::strip)
            .filter(HelpTest::isCall)
            .toList();
    assertThat(examples).isNotEmpty();
    for (String example : examples) {
      List<String> words = words(example);
      CommandLine.ParseResult parsed = Lintel.commandLine().parseArgs(words.toArray(String[]::new));
      assertThat(last(parsed).commandSpec().qualifiedName()).isEqualTo(spec.qualifiedName());
    }
  }

  private static void checkDescription(ArgSpec argument) {
    assertThat(String.join("", argument.description()))
        .as("%s", argument)
        .isNotBlank()
        .endsWith(".");
  }

  private static boolean isCall(String line) {
    return line.contains("lintel ");
  }

  /** Returns the words between {@code lintel} and what the shell makes of its output. */
  private static List<String> words(String example) {
    String call = example.substring(example.indexOf("lintel ") + "lintel ".length());
    return List.of(call.split(" [|>] ", 2)[0].strip().split(" +"));
  }

  private static CommandLine.ParseResult last(CommandLine.ParseResult parsed) {
    return parsed.hasSubcommand() ? last(parsed.subcommand()) : parsed;
  }

  private static Stream<CommandLine> leaves(CommandLine command) {
    List<CommandLine> below = new ArrayList<>(command.getSubcommands().values());
    return below.isEmpty() ? Stream.of(command) : below.stream().flatMap(HelpTest::leaves);
  }

  @Test
  void theHelpOfTheProgramNamesEveryCommand() {
    String help = Cli.run("--help").out();
    Lintel.commandLine()
        .getSubcommands()
        .keySet()
        .forEach(name -> assertThat(help).contains("\n  " + name + " "));
    assertThat(help).contains("Examples:").contains("79");
  }

  @Test
  void aMisspeltCommandIsAnsweredWithTheNearest() {
    Cli.Run run = Cli.run("chekc");
    assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(run.err()).contains("check");
  }
}
