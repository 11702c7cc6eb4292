package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** Writes what the man pages of a release are made of, a page for each command. */
class ManPagesTest {

  private static final Path SOURCES = Path.of("target/man-source");

  @Test
  void eachCommandHasAPageWithAllItsOptions() throws IOException {
    CommandLine line = Lintel.commandLine();
    int status =
        ManPageGenerator.generateManPage(
            SOURCES.toFile(), null, new boolean[0], false, line.getCommandSpec());
    assertThat(status).isZero();
    assertThat(pages(line)).allSatisfy(ManPagesTest::isWhole);
  }

  private static Stream<CommandLine> pages(CommandLine line) {
    return Stream.concat(
        Stream.of(line),
        line.getSubcommands().values().stream().distinct().flatMap(ManPagesTest::pages));
  }

  private static void isWhole(CommandLine command) throws IOException {
    String name = command.getCommandSpec().qualifiedName("-");
    List<String> options =
        command.getCommandSpec().options().stream()
            .filter(option -> !option.hidden())
            .map(option -> option.longestName())
            .toList();
    assertThat(Files.readString(SOURCES.resolve(name + ".adoc"))).contains(options);
  }
}
