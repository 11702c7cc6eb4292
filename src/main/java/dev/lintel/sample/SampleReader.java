package dev.lintel.sample;

import dev.lintel.judge.Write;
import dev.lintel.manifest.Manifest;
import dev.lintel.manifest.ManifestFiles;
import dev.lintel.manifest.Manifests;
import dev.lintel.policy.Policy;
import dev.lintel.policy.PolicyReader;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.Resource;
import dev.lintel.state.Existing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one sample. */
final class SampleReader {

  private static final String PRESETS = "_clusters";
  private static final String SOMEBODY = "alice";
  private static final String BY = "by ";

  private final Path file;
  private final String source;
  private final SetUps presets;
  private final List<String> setUps = new ArrayList<>();
  private final List<Resource> cluster = new ArrayList<>();
  private Optional<Policy> ownPolicy = Optional.empty();
  private Optional<Manifest> before = Optional.empty();
  private Optional<Manifest> written = Optional.empty();
  private boolean isUpdate;
  private String user = SOMEBODY;

  /**
   * Creates a reader.
   *
   * @param file where the sample stands, for messages
   * @param presets finds the set-ups that the sample builds on
   */
  SampleReader(Path file, SetUps presets) {
    this.file = file;
    this.source = file.toString();
    this.presets = presets;
  }

  /** Returns the reader of a file, whose set-ups stand beside it or in a folder above. */
  static SampleReader of(Path file) {
    return new SampleReader(file, name -> besides(file, name));
  }

  /** Finds set-ups. */
  interface SetUps {

    /** Returns the set-up that stands in a file of this name; empty if none does. */
    Optional<List<Manifest>> of(String fileName) throws IOException, MalformedObjectException;
  }

  /**
   * Reads the sample.
   *
   * @param policy in force unless the sample has one of its own
   */
  Sample read(Policy policy) {
    try {
      return read(ManifestFiles.text(file), policy);
    } catch (IOException e) {
      throw MalformedSampleException.of(e);
    }
  }

  /** Reads the sample, whose text is this. */
  Sample read(String text, Policy policy) {
    try {
      for (Section section : Section.of(text)) {
        take(section);
      }
      return sample(ownPolicy.orElse(policy), Expectation.in(source, text));
    } catch (IOException | MalformedObjectException e) {
      throw MalformedSampleException.of(e);
    }
  }

  private void take(Section section) throws IOException, MalformedObjectException {
    switch (section.name()) {
      case "policy" -> ownPolicy = Optional.of(policy(section.argument()));
      case "cluster" -> {
        addPresets(section.argument());
        addObjects(section.manifests(source));
      }
      case "before" -> before = Optional.of(only(section));
      default -> {
        readHeader(section.argument());
        written = Optional.of(only(section));
      }
    }
  }

  private Sample sample(Policy policy, List<Expectation> expectations)
      throws MalformedObjectException {
    Manifest manifest = written.orElseThrow(() -> malformed("there is no `# write: CREATE`"));
    if (isUpdate && before.isEmpty()) {
      throw malformed("`# write: UPDATE` needs the object as it was, below `# before:`");
    }
    Optional<Resource> old = Optional.empty();
    if (before.isPresent()) {
      Resource found = object(before.get());
      cluster.add(found);
      old = Optional.of(found);
    }
    return new Sample(
        file,
        policy,
        setUps,
        Existing.of(policy.platform(), cluster).topology(),
        new Write(object(manifest), old, user),
        manifest,
        before,
        expectations);
  }

  private void readHeader(String argument) {
    String[] words = argument.split("\\s+", 2);
    isUpdate = words[0].equals("UPDATE");
    if (!isUpdate && !words[0].equals("CREATE")) {
      throw malformed("`# write:` is followed by CREATE or UPDATE, not `" + words[0] + "`");
    }
    if (words.length == 2) {
      if (!words[1].startsWith(BY)) {
        throw malformed("after `# write: %s` there may be `by USER` only".formatted(words[0]));
      }
      user = words[1].substring(BY.length()).strip();
    }
  }

  private Policy policy(String flow) {
    if (!flow.startsWith("{")) {
      throw malformed("`# policy:` is followed by keys of the document in braces");
    }
    PolicyReader.Reading reading =
        PolicyReader.read(
            source + ": # policy",
            "{apiVersion: lintel.dev/v1, kind: Policy, " + flow.substring(1));
    return reading
        .policy()
        .orElseThrow(() -> new MalformedSampleException(String.join("; ", reading.problems())));
  }

  private void addPresets(String names) throws IOException, MalformedObjectException {
    for (String name : names.split(",", -1)) {
      if (!name.isBlank()) {
        setUps.add(name.strip());
        String preset = name.strip().toLowerCase(Locale.ROOT) + ".yaml";
        addObjects(presets.of(preset).orElseThrow(() -> noPreset(preset)));
      }
    }
  }

  private static Optional<List<Manifest>> besides(Path file, String name)
      throws IOException, MalformedObjectException {
    Optional<Path> preset =
        Stream.<@Nullable Path>iterate(
                file.toAbsolutePath().normalize().getParent(),
                folder -> folder != null,
                folder -> folder == null ? null : folder.getParent())
            .flatMap(folder -> Stream.ofNullable(folder))
            .map(folder -> folder.resolve(PRESETS).resolve(name))
            .filter(Files::isRegularFile)
            .findFirst();
    return preset.isEmpty()
        ? Optional.empty()
        : Optional.of(Manifests.read(preset.get().toString(), ManifestFiles.text(preset.get())));
  }

  private MalformedSampleException noPreset(String name) {
    return malformed("there is no %s/%s beside it or in a folder above".formatted(PRESETS, name));
  }

  private void addObjects(List<Manifest> manifests) throws MalformedObjectException {
    for (Manifest manifest : manifests) {
      manifest.resource().map(Resource::stored).ifPresent(cluster::add);
    }
  }

  private Manifest only(Section section) throws MalformedObjectException {
    List<Manifest> manifests = section.manifests(source);
    if (manifests.size() != 1) {
      throw malformed(
          "`# %s:` takes one object, and there are %d".formatted(section.name(), manifests.size()));
    }
    return manifests.getFirst();
  }

  private Resource object(Manifest manifest) throws MalformedObjectException {
    return manifest
        .resource()
        .map(Resource::stored)
        .orElseThrow(
            () -> malformed("objects of the kind " + manifest.kindName() + " are not read"));
  }

  private MalformedSampleException malformed(String problem) {
    return new MalformedSampleException(source + ": " + problem);
  }
}
