package dev.lintel.cli;

import dev.lintel.rule.Spelling;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.TypeConversionException;

/** The values of enumerations as people write them: in lower case. */
final class EnumWords {

  private EnumWords() {}

  /** Lets a command line, and every command below it, read such words, in any letter case. */
  static void register(CommandLine line) {
    for (ArgSpec argument : line.getCommandSpec().args()) {
      Class<?> type = argument.auxiliaryTypes()[0];
      if (type.isEnum()) {
        register(line, type);
      }
    }
    line.getSubcommands().values().forEach(EnumWords::register);
  }

  /** Returns the word for a value. */
  static String of(Object value) {
    return String.valueOf(value).toLowerCase(Locale.ROOT);
  }

  private static <T> void register(CommandLine line, Class<T> type) {
    line.registerConverter(type, word -> value(type, word));
  }

  private static <T> T value(Class<T> type, String word) {
    return Stream.of(type.getEnumConstants())
        .filter(value -> Spelling.isSameWord(word, of(value)))
        .findFirst()
        .orElseThrow(() -> new TypeConversionException(problem(type, word)));
  }

  private static String problem(Class<?> type, String word) {
    List<String> words = Stream.of(type.getEnumConstants()).map(EnumWords::of).toList();
    return "expected %s, found `%s`%s"
        .formatted(
            String.join(", ", words),
            word,
            Spelling.nearest(word, words).map("; did you mean `%s`?"::formatted).orElse(""));
  }
}
