package dev.lintel.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The pages that say what holds when something goes wrong name the tests that show it. Each of them
 * is there, and no row of their tables goes without one, or says so.
 */
class NamedProofsTest {

  private static final Path TESTS = Path.of("src/test/java");
  private static final Pattern PROOF = Pattern.compile("`(\\w+)#(\\w+)`");
  private static final String NO_PROOF = "no test";

  @ParameterizedTest
  @ValueSource(strings = {"docs/reliability.md", "docs/threat-model.md"})
  void eachTestThatAPageNamesIsThere(String page) throws IOException {
    Map<String, List<String>> classes = classes();
    List<String> missing = new ArrayList<>();
    Matcher proof = PROOF.matcher(Files.readString(Path.of(page)));
    int found = 0;
    while (proof.find()) {
      found++;
      String method = proof.group(2);
      if (classes.getOrDefault(proof.group(1), List.of()).stream()
          .noneMatch(name -> isTest(name, method))) {
        missing.add(proof.group());
      }
    }
    assertThat(found).as("tests named in " + page).isPositive();
    assertThat(missing).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/reliability.md", "docs/threat-model.md"})
  void eachRowNamesATestOrSaysThatThereIsNone(String page) throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of(page)).stream()
            .filter(line -> line.startsWith("| ") && !line.endsWith("| test |"))
            .toList();
    assertThat(rows).isNotEmpty();
    assertThat(rows)
        .allSatisfy(
            row -> {
              String last = row.substring(row.lastIndexOf('|', row.length() - 2));
              assertThat(PROOF.matcher(last).find() || last.contains(NO_PROOF)).as(row).isTrue();
            });
  }

  private static boolean isTest(String className, String method) {
    try {
      Class<?> found =
          Class.forName(className, false, Thread.currentThread().getContextClassLoader());
      for (Method one : found.getDeclaredMethods()) {
        if (one.getName().equals(method) && AnnotationSupport.isAnnotated(one, Testable.class)) {
          return true;
        }
      }
      return false;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Returns the full names of the classes of all tests, by their simple names. */
  private static Map<String, List<String>> classes() throws IOException {
    try (Stream<Path> files = Files.walk(TESTS)) {
      return files
          .map(TESTS::relativize)
          .map(Path::toString)
          .filter(file -> file.endsWith("Test.java") || file.endsWith("IT.java"))
          .map(file -> file.substring(0, file.length() - ".java".length()).replace('/', '.'))
          .collect(Collectors.groupingBy(name -> name.substring(name.lastIndexOf('.') + 1)));
    }
  }
}
