package dev.lintel.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shell of the documents, run: each block with a command of Lintel in a repository that has
 * what the documents name, with real kubectl and helm, and a cluster for those that read one. The
 * server and what is to be put into the settings of other shells are started by other tests.
 */
@OnApiServer
@TestInstance(Lifecycle.PER_CLASS)
class DocumentedShellIT {

  private static final Pattern BLOCK =
      Pattern.compile(
          "(?ms)^```(sh|console)\\R(.*?)^```$|^ {4}(lintel (?![^\\n]*[A-Z]{4})[^\\n]*)$");
  private static final Pattern CALL = Pattern.compile("(?m)(^|[\\s(|/])lintel [a-z]");

  /** A finding is an answer, and no failure of the command. */
  private static final String PROLOGUE =
      """
      set -eo pipefail
      lintel() { command lintel "$@" || [ $? = 79 ]; }
      make() { [ "$1" = build ]; }
      mkdir() { command mkdir -p "$@"; } # for "state" is there already
      command -v dot >/dev/null || dot() { cat; } # Graphviz
      """;

  private final Installation installation = Installation.empty("documents");
  private final Path tree = Path.of("").toAbsolutePath();
  private final Map<String, String> environment = new HashMap<>();
  @TempDir Path folder;

  @BeforeAll
  void theShopIsThere() {
    installation.installDefinitions();
    installation.kubectl().run("apply", "-f", "samples/shop").succeeds();
    for (String who : List.of("AUTHOR", "COMMITTER")) {
      environment.put("GIT_" + who + "_NAME", "alice");
      environment.put("GIT_" + who + "_EMAIL", "alice@shop.example");
    }
    Printed helm = Command.run(Map.of(), "", List.of("tools/go-tool.sh", "helm"));
    assertThat(helm.code()).as(helm.err()).isZero();
    environment.put(
        "PATH",
        Stream.of(
                tree.resolve("bin"),
                installation.kubectl().executable().getParent(),
                Path.of(helm.out().strip()).getParent(),
                System.getenv("PATH"))
            .map(Object::toString)
            .collect(Collectors.joining(":")));
    environment.put("KUBECONFIG", installation.kubectl().kubeconfig().toString());
  }

  @AfterAll
  void stop() {
    installation.close();
  }

  @TestFactory
  Stream<DynamicTest> everyBlockRuns() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path page : pages()) {
      Matcher block = BLOCK.matcher(Files.readString(page));
      while (block.find()) {
        String script =
            block.group(3) == null
                ? script(block.group(1), block.group(2))
                : block.group(3) + System.lineSeparator();
        if (CALL.matcher(script).find()) {
          String name = page + ": " + script.lines().findFirst().orElseThrow();
          tests.add(DynamicTest.dynamicTest(name, () -> runs(script)));
        }
      }
    }
    assertThat(tests).hasSizeGreaterThan(12);
    return tests.stream();
  }

  private void runs(String script) throws IOException {
    Path repository = Files.createTempDirectory(folder, "repository");
    Map<String, String> all = new HashMap<>(environment);
    all.put("HOME", repository.resolve("home").toString());
    Printed made =
        Command.run(
            all,
            "",
            List.of(
                "bash",
                "src/test/resources/apiserver/documented-repository.sh",
                repository.toString(),
                tree.toString()));
    assertThat(made.code()).as(made.err()).isZero();
    String inIt = "cd '%s'\n%s%s".formatted(repository, PROLOGUE, script);
    Printed printed = Command.run(all, "", List.of("bash", "-c", inIt));
    assertThat(printed.code()).as("%s%s%s", script, printed.out(), printed.err()).isIn(0, 79);
    assertThat(printed.err()).doesNotContain("Exception");
  }

  private static String script(String language, String block) {
    return block
        .lines()
        .filter(line -> !language.equals("console") || line.startsWith("$ "))
        .map(line -> language.equals("console") ? line.substring(2) : line)
        .filter(line -> !line.startsWith("lintel serve ") && !line.contains("# in ~/.zshrc"))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
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
