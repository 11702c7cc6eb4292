package dev.lintel.cli;

import dev.lintel.manifest.Excludes;
import dev.lintel.manifest.HelmChart;
import dev.lintel.manifest.ManifestFiles;
import dev.lintel.manifest.ManifestText;
import dev.lintel.manifest.Manifests;
import dev.lintel.policy.Policy;
import dev.lintel.policy.PolicyReader;
import dev.lintel.report.Unreadable;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.Resource;
import dev.lintel.state.StateFolder;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads files for commands; what cannot be read becomes an {@link UnreadableException}. */
final class Inputs {

  /** What stands for standard input on a command line. */
  static final String STANDARD_INPUT = "-";

  private static final String NAME_OF_STANDARD_INPUT = "standard input";

  private Inputs() {}

  /** Returns what an input is called in messages. */
  static String nameOf(String input) {
    return input.equals(STANDARD_INPUT) ? NAME_OF_STANDARD_INPUT : input;
  }

  /** Returns a file's text. */
  static String text(Path file) {
    try {
      return ManifestFiles.text(file);
    } catch (IOException e) {
      throw UnreadableException.of(e);
    }
  }

  /** Reads a policy; an exemption in it that has ended does not count. */
  static Policy policy(Path file) {
    return policy(file.toString(), text(file));
  }

  /** Reads a policy; an exemption in it that has ended does not count. */
  static Policy policy(String source, String text) {
    PolicyReader.Reading reading = PolicyReader.read(source, text);
    return reading.policy().orElseThrow(() -> UnreadableException.of(reading.problems()));
  }

  /**
   * Which files are read, and how.
   *
   * @param names files, folders, and {@link #STANDARD_INPUT}
   * @param isRecursive whether folders below a folder are read too
   * @param excludes what is left out
   * @param namespace where namespaced objects are that name none
   */
  record Source(
      List<String> names, boolean isRecursive, List<Excludes> excludes, String namespace) {
    /** Copies the lists, so that the record is immutable. */
    Source {
      names = List.copyOf(names);
      excludes = List.copyOf(excludes);
    }

    private boolean leavesOut(Path file) {
      return excludes.stream().anyMatch(each -> each.contains(file));
    }
  }

  /**
   * What files hold.
   *
   * @param texts those that can be read
   * @param unreadable those that cannot
   * @param templates those that are templates of Helm, and no manifests
   * @param excluded those that were named, and are left out all the same
   */
  record Written(
      List<ManifestText> texts,
      List<Unreadable> unreadable,
      List<Path> templates,
      List<Path> excluded) {

    /** Returns lines for people about what was not read. */
    List<String> notes() {
      List<String> notes = new ArrayList<>();
      if (!templates.isEmpty()) {
        notes.add(HelmChart.skipped(templates));
      }
      if (!excluded.isEmpty()) {
        notes.add(
            "%d of the named files left out, as --exclude or %s says (%s%s)"
                .formatted(
                    excluded.size(),
                    Excludes.FILE,
                    excluded.getFirst(),
                    excluded.size() == 1 ? "" : ", ..."));
      }
      return notes;
    }
  }

  /** Reads manifests; one that cannot be read hides no other. */
  static Written manifests(Source source, Ticker ticker) {
    Written read =
        new Written(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    List<String> files = new ArrayList<>();
    for (String input : source.names()) {
      Problems problems = new Problems();
      files.addAll(files(input, source, problems, read.excluded));
      problems.found().forEach(problem -> read.unreadable.add(Unreadable.of(input, problem)));
    }
    for (int i = 0; i < files.size(); i++) {
      ticker.at("reading", i, files.size(), "files");
      addManifests(files.get(i), read);
    }
    return read;
  }

  private static void addManifests(String file, Written read) {
    try {
      if (isTemplate(file)) {
        read.templates.add(Path.of(file));
      } else {
        read.texts.add(manifests(file));
      }
    } catch (IOException | MalformedObjectException e) {
      read.unreadable.add(Unreadable.of(nameOf(file), String.valueOf(e.getMessage())));
    }
  }

  /**
   * Reads the objects of a folder and the folders below it.
   *
   * @param notes is told what is there twice, and what was skipped
   * @throws UnreadableException if anything cannot be read
   */
  static List<Resource> state(Path folder, Ticker ticker, Consumer<List<String>> notes) {
    Problems problems = new Problems();
    List<Resource> objects =
        state(folder, ticker, notes, unreadable -> problems.add(unreadable.said()));
    problems.check();
    return objects;
  }

  /**
   * Reads what can be read of a folder and the folders below it.
   *
   * @param notes is told what is there twice, and what was skipped
   * @param unreadable is told what cannot be read
   */
  static List<Resource> state(
      Path folder, Ticker ticker, Consumer<List<String>> notes, Consumer<Unreadable> unreadable) {
    StateFolder read =
        StateFolder.read(folder, (done, total) -> ticker.at("reading", done, total, "files"));
    read.problems()
        .forEach(problem -> unreadable.accept(Unreadable.of(problem.file(), problem.said())));
    notes.accept(read.notes());
    return read.objects();
  }

  /**
   * Reads objects without where they stand; else see {@link #manifests}, but all must be readable.
   *
   * @param notes is told what was skipped
   */
  static List<Resource> objects(Source source, Ticker ticker, Consumer<List<String>> notes) {
    List<Resource> resources = new ArrayList<>();
    Written read = new Written(List.of(), List.of(), new ArrayList<>(), new ArrayList<>());
    Problems problems = new Problems();
    List<String> files = new ArrayList<>();
    for (String input : source.names()) {
      files.addAll(files(input, source, problems, read.excluded));
    }
    for (int i = 0; i < files.size(); i++) {
      ticker.at("reading", i, files.size(), "files");
      try {
        if (isTemplate(files.get(i))) {
          read.templates.add(Path.of(files.get(i)));
        } else {
          resources.addAll(objects(files.get(i), source.namespace(), problems));
        }
      } catch (IOException | MalformedObjectException e) {
        problems.add(e);
      }
    }
    problems.check();
    notes.accept(read.notes());
    return resources;
  }

  private static boolean isTemplate(String file) throws IOException {
    return !file.equals(STANDARD_INPUT) && HelmChart.isTemplate(Path.of(file));
  }

  private static ManifestText manifests(String file) throws IOException, MalformedObjectException {
    return file.equals(STANDARD_INPUT)
        ? ManifestText.read(NAME_OF_STANDARD_INPUT, standardInput())
        : ManifestText.read(file, ManifestFiles.text(Path.of(file)));
  }

  private static List<Resource> objects(String file, String namespace, Problems problems)
      throws IOException, MalformedObjectException {
    return file.equals(STANDARD_INPUT)
        ? Manifests.resources(
            NAME_OF_STANDARD_INPUT,
            new InputStreamReader(System.in, StandardCharsets.UTF_8),
            namespace,
            problems::add)
        : ManifestFiles.resources(Path.of(file), namespace, problems::add);
  }

  private static List<String> files(
      String input, Source source, Problems problems, List<Path> excluded) {
    if (input.equals(STANDARD_INPUT)) {
      return List.of(input);
    }
    Path path = Path.of(input);
    if (!Files.isDirectory(path)) {
      if (source.leavesOut(path)) {
        excluded.add(path);
        return List.of();
      }
      return List.of(input);
    }
    try {
      List<Path> files = ManifestFiles.in(path, source.isRecursive());
      if (files.isEmpty() && !source.isRecursive()) {
        problems.add(input + " has no .yaml, .yml or .json file; -R looks below it too");
      }
      return files.stream().filter(file -> !source.leavesOut(file)).map(Path::toString).toList();
    } catch (IOException e) {
      problems.add(e);
      return List.of();
    }
  }

  /** Returns the text of a file or, for {@link #STANDARD_INPUT}, of standard input. */
  static String text(String input) {
    if (!input.equals(STANDARD_INPUT)) {
      return text(Path.of(input));
    }
    try {
      return standardInput();
    } catch (IOException e) {
      throw UnreadableException.of(e);
    }
  }

  private static String standardInput() throws IOException {
    return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
  }
}
