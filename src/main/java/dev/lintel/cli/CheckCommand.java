package dev.lintel.cli;

import dev.lintel.judge.Judge;
import dev.lintel.judge.Verdict;
import dev.lintel.judge.Write;
import dev.lintel.policy.Policy;
import dev.lintel.report.CheckReport;
import dev.lintel.report.CheckReport.Entry;
import dev.lintel.report.TextReport;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.Manifest;
import dev.lintel.resource.ManifestFiles;
import dev.lintel.resource.Manifests;
import dev.lintel.resource.Resource;
import dev.lintel.rule.Action;
import dev.lintel.rule.RuleCatalogue;
import dev.lintel.topology.Topology;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code lintel check}: the webhook's judge without a cluster. The manifests of one call are one
 * change, so that their order does not matter.
 */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Judges manifests as the webhook would judge them when they are applied.",
      "",
      "The manifests of one call are one change, as a commit is: their order does not matter, and a"
          + " Service and the DestinationRule that needs it may arrive together. What the cluster's"
          + " state has already counts as known: it warns, and never denies.",
      ""
    })
final class CheckCommand implements Callable<Integer> {

  enum Format {
    TEXT,
    JSON
  }

  enum Operation {
    CREATE,
    UPDATE
  }

  enum Threshold {
    DENY,
    WARN
  }

  @Option(
      names = {"-f", "--filename"},
      required = true,
      paramLabel = "FILE|DIR|-",
      description = "Manifests to judge: a file, a folder, or - for standard input. Repeatable.")
  private List<String> inputs = new ArrayList<>();

  @Option(
      names = {"-R", "--recursive"},
      description = "Also read the folders below a folder.")
  private boolean recursive;

  @Option(
      names = "--cluster-state",
      paramLabel = "DIR",
      description = "Folder of manifests of objects that exist; they are not reported on.")
  private @Nullable Path clusterState;

  @Option(
      names = "--operation",
      paramLabel = "CREATE|UPDATE",
      description =
          "What happens to the objects. Left out: UPDATE for those that the cluster's state has,"
              + " CREATE for the others.")
  private @Nullable Operation operation;

  @Option(
      names = "--as-user",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Who writes, as the API server would name them.")
  private String user = "";

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "Policy document; the built-in defaults if left out.")
  private @Nullable Path policyFile;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json",
      defaultValue = "text",
      description = "Format of the report; text if left out.")
  private Format format = Format.TEXT;

  @Option(
      names = "--fail-on",
      paramLabel = "deny|warn",
      defaultValue = "deny",
      description = "From which action on the exit code is 79; deny if left out.")
  private Threshold threshold = Threshold.DENY;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    List<Entry> entries = judge();
    if (format == Format.JSON) {
      CheckReport.writeJson(entries, spec().commandLine().getOut());
      spec().commandLine().getOut().flush();
    } else {
      TextReport.write(entries, spec().commandLine().getOut());
    }
    Action limit = threshold == Threshold.WARN ? Action.WARN : Action.DENY;
    boolean fails =
        entries.stream()
            .flatMap(entry -> entry.verdict().findings().stream())
            .anyMatch(judged -> judged.action().compareTo(limit) >= 0);
    return fails ? ExitCodes.FINDINGS : ExitCodes.OK;
  }

  private List<Entry> judge() {
    Policy policy = policy();
    Topology state = Topology.of(policy.platform(), state());
    List<Manifest> judged = new ArrayList<>();
    List<Write> writes = new ArrayList<>();
    List<Resource> companions = new ArrayList<>();
    for (Manifest manifest : manifests()) {
      Optional<Resource> object = read(manifest);
      if (object.isEmpty()) {
        continue;
      }
      if (!Judge.KINDS.contains(object.get().kind())) {
        companions.add(object.get());
      } else {
        judged.add(manifest);
        writes.add(write(state, manifest, object.get()));
      }
    }
    List<Verdict> verdicts =
        new Judge(RuleCatalogue.complete()).judge(state, writes, companions, policy);
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < judged.size(); i++) {
      String what = writes.get(i).old().isPresent() ? "UPDATE" : "CREATE";
      entries.add(new Entry(judged.get(i), what, verdicts.get(i)));
    }
    return entries;
  }

  private Write write(Topology state, Manifest manifest, Resource object) {
    if (operation == Operation.CREATE) {
      return Write.create(object, user);
    }
    Optional<Resource> old = state.find(object.ref());
    if (operation == Operation.UPDATE && old.isEmpty()) {
      throw new UnreadableException(
          "%s:%d: --operation UPDATE needs the earlier form of %s in the cluster's state"
              .formatted(manifest.source(), manifest.line(), object.ref().spoken()));
    }
    return new Write(object, old, user);
  }

  private Policy policy() {
    return policyFile == null ? Policy.DEFAULT : Inputs.policy(policyFile);
  }

  private List<Resource> state() {
    if (clusterState == null) {
      return List.of();
    }
    try {
      List<Resource> resources = new ArrayList<>();
      for (Manifest manifest : ManifestFiles.all(clusterState)) {
        read(manifest)
            .map(found -> found.withMetadata(found.metadata().existing()))
            .ifPresent(resources::add);
      }
      return resources;
    } catch (IOException | MalformedObjectException e) {
      throw UnreadableException.of(e);
    }
  }

  private List<Manifest> manifests() {
    List<Manifest> manifests = new ArrayList<>();
    try {
      for (String input : inputs) {
        if (input.equals("-")) {
          byte[] text = System.in.readAllBytes();
          manifests.addAll(
              Manifests.read("standard input", new String(text, StandardCharsets.UTF_8)));
        } else {
          for (Path file : files(Path.of(input))) {
            manifests.addAll(Manifests.read(file.toString(), ManifestFiles.text(file)));
          }
        }
      }
    } catch (IOException | MalformedObjectException e) {
      throw UnreadableException.of(e);
    }
    return manifests;
  }

  private List<Path> files(Path input) throws IOException {
    if (!Files.isDirectory(input)) {
      return List.of(input);
    }
    List<Path> files = ManifestFiles.in(input, recursive);
    if (files.isEmpty()) {
      throw new ParameterException(
          spec().commandLine(), input + " has no .yaml, .yml or .json file; -R looks below it too");
    }
    return files;
  }

  private static Optional<Resource> read(Manifest manifest) {
    try {
      return manifest.resource();
    } catch (MalformedObjectException e) {
      throw UnreadableException.of(e);
    }
  }

  private CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("picocli has not set the command up");
    }
    return spec;
  }
}
