package dev.lintel.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The cluster of a sample as a folder of manifests. */
public final class SampleFolder {

  private static final String CLUSTER = "# cluster:";
  private static final String WRITE = "# write:";
  private static final String AGE = ",? *creationTimestamp: *(['\"])[^'\"]*\\1";

  private SampleFolder() {}

  /**
   * Writes what exists before the sample's write, all of it without a time of creation.
   *
   * @param folder is created
   */
  public static Path withoutAges(Path sample, Path folder) throws IOException {
    Files.createDirectories(folder);
    String text = Files.readString(sample);
    String before = text.substring(0, text.indexOf(WRITE));
    int files = 0;
    for (String setUp : setUps(before)) {
      Path file = RuleSamplesTest.RULES.resolve("_clusters").resolve(setUp.strip() + ".yaml");
      write(folder.resolve(files++ + "-" + file.getFileName()), Files.readString(file));
    }
    // Last, for of two objects of one name the later one counts.
    write(folder.resolve(files + "-own.yaml"), before);
    return folder;
  }

  private static String[] setUps(String text) {
    return text.lines()
        .filter(line -> line.startsWith(CLUSTER))
        .map(line -> line.substring(CLUSTER.length()).strip())
        .filter(names -> !names.isEmpty())
        .findFirst()
        .map(names -> names.split(","))
        .orElse(new String[0]);
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text.replaceAll(AGE, ""));
  }
}
