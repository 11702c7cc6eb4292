package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

/** Whoever copies a command from the documents can run it, and sees what they show. */
class DocumentedCommandsTest {

  private static final Pattern BLOCK =
      Pattern.compile("(?ms)^ *```(\\w*)\\R(.*?)^ *```$|^( {4}lintel [^\\n]*)$");

  /** A command ends where the shell takes over, or a comment begins. */
  private static final Pattern CALL =
      Pattern.compile("(?:^|[\\s(|$])(?:bin/|kubectl )?lintel ([^|>#)&\\n]*)");

  private static final Pattern SHOWN = Pattern.compile("(?s)^\\$ lintel ([^\\n]*)\\R(.*)$");

  /**
   * A block of code.
   *
   * @param page where it is
   * @param language what it is marked as
   */
  private record Block(Path page, String language, String text) {}

  @TestFactory
  Stream<DynamicTest> everyCommandIsUnderstood() throws IOException {
    return calls().stream()
        .map(
            call ->
                DynamicTest.dynamicTest(
                    String.join(" ", call),
                    () -> {
                      CommandLine.ParseResult parsed =
                          Lintel.commandLine().parseArgs(call.toArray(String[]::new));
                      assertThat(parsed.hasSubcommand()).isTrue();
                    }));
  }

  @Test
  void noCommandIsWithoutAnExample() throws IOException {
    assertThat(calls().stream().map(List::getFirst).distinct())
        .containsAll(Lintel.commandLine().getSubcommands().keySet());
  }

  @TestFactory
  Stream<DynamicTest> whatTheSamplesShowIsShown() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Block block : blocks()) {
      Matcher shown = SHOWN.matcher(block.text());
      if (block.language().equals("console")
          && shown.find()
          && shown.group(1).contains("samples")) {
        tests.add(
            DynamicTest.dynamicTest(
                shown.group(1), () -> compare(words(shown.group(1)), shown.group(2))));
      }
    }
    assertThat(tests).hasSizeGreaterThanOrEqualTo(3);
    return tests.stream();
  }

  private static void compare(List<String> words, String shown) {
    Cli.Run run = Cli.run(words.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isIn(ExitCodes.OK, ExitCodes.FINDINGS);
    assertThat(run.out())
        .containsSubsequence(
            Stream.of(shown.split("\\.\\.\\.\\R", -1)).filter(part -> !part.isEmpty()).toList());
  }

  private static List<List<String>> calls() throws IOException {
    return blocks().stream()
        .flatMap(block -> CALL.matcher(block.text()).results())
        .map(found -> words(found.group(1)))
        .filter(words -> !words.isEmpty())
        .distinct()
        .toList();
  }

  private static List<String> words(String call) {
    // What stands far to the right says what the words on the left may be.
    return Stream.of(call.split(" {3,}", 2)[0].replaceAll("[\"'`]", "").strip().split(" +"))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private static List<Block> blocks() throws IOException {
    List<Block> blocks = new ArrayList<>();
    for (Path page : pages()) {
      BLOCK
          .matcher(Files.readString(page))
          .results()
          .map(
              found ->
                  found.group(3) == null
                      ? new Block(page, found.group(1), found.group(2))
                      : new Block(page, "", found.group(3)))
          .forEach(blocks::add);
    }
    return blocks;
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(Path.of("docs"))) {
      return Stream.concat(
              Stream.of(Path.of("README.md")),
              docs.filter(page -> page.toString().endsWith(".md")).sorted())
          .toList();
    }
  }
}
