package dev.lintel.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes what Jazzer starts from: a folder of seeds and a dictionary for each target. */
public final class Seeds {

  private static final int MAX_WORDS = 2_000;

  /** Jazzer tries all of them before it begins. */
  private static final int MAX_SEEDS = 250;

  private Seeds() {}

  /**
   * Writes the files.
   *
   * @param arguments the folder
   */
  public static void main(String[] arguments) throws IOException {
    for (Targets targets : Targets.values()) {
      Path folder = Path.of(arguments[0], targets.word());
      Target target = targets.make();
      write(Files.createDirectories(folder.resolve("seeds")), target.seeds());
      Files.write(
          folder.resolve("words"),
          target.words().stream().limit(MAX_WORDS).map(Seeds::entry).toList());
    }
  }

  private static void write(Path folder, List<byte[]> seeds) throws IOException {
    int step = 1 + (seeds.size() - 1) / MAX_SEEDS;
    for (int i = 0; i < seeds.size(); i += step) {
      Files.write(folder.resolve("%05d".formatted(i)), seeds.get(i));
    }
  }

  /** As libFuzzer reads it: quotation marks, and no byte beyond printable ASCII. */
  private static String entry(String word) {
    StringBuilder entry = new StringBuilder("\"");
    for (byte letter : word.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
      if (letter >= ' ' && letter < 127 && letter != '"' && letter != '\\') {
        entry.append((char) letter);
      } else {
        entry.append("\\x%02x".formatted(letter & 0xff));
      }
    }
    return entry.append('"').toString();
  }
}
