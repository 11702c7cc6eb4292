package dev.lintel.cli;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.cli.StateOptions.State;
import dev.lintel.judge.Judge;
import dev.lintel.judge.Judged;
import dev.lintel.policy.Exemption;
import dev.lintel.policy.Exemption.ResourceGlob;
import dev.lintel.policy.PolicyReader;
import dev.lintel.policy.PolicyWriter;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.Action;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lintel exempt}: what is there already is accepted for a while, and nothing new is. */
@Command(
    name = "exempt",
    description = {
      "Writes the exemptions for what would be denied if it were written anew, as a policy"
          + " document: with them a cluster with a past can start at enforcement: deny.",
      "",
      "Nothing is written to the cluster. Merge the exemptions into your policy.",
      ""
    },
    exitCodeList = {
      "0:the exemptions were written",
      "64:the command line is wrong",
      "65:a file or a cluster cannot be read, or the exemptions do not fit into a policy"
    },
    footer = {
      "  lintel exempt --from-findings --owner mesh-team --expires 2027-06-30 --live",
      "  lintel exempt --from-findings --owner mesh-team --expires 2027-06-30 --cluster-state apps"
    })
final class ExemptCommand extends Subcommand {

  /** As many as one exemption may name. */
  private static final int MOST_OBJECTS = 1000;

  private static final Comparator<ResourceRef> BY_NAME =
      Comparator.comparing(ResourceRef::toString);

  @Option(
      names = "--from-findings",
      required = true,
      description = "Accept what is found in the objects that exist.")
  private boolean isFromFindings;

  @Option(
      names = "--owner",
      required = true,
      paramLabel = "OWNER",
      description = "Who answers for the exemptions.")
  private String owner = "";

  @Option(
      names = "--expires",
      required = true,
      paramLabel = "DATE",
      description = "The last day on which they count, for example 2027-06-30.")
  private LocalDate expires = LocalDate.MIN;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "was there before Lintel",
      description = "Why this is accepted; \"was there before Lintel\" if left out.")
  private String reason = "";

  @Option(names = "--warnings", description = "Accept what only warns as well.")
  private boolean includesWarnings;

  @Mixin private StateOptions state = new StateOptions();

  @Override
  public Integer call() {
    refuse();
    Map<String, Set<ResourceRef>> found = new TreeMap<>();
    try (Ticker ticker = new Ticker(err(), terminal().showsProgress(), System::nanoTime)) {
      find(state.read(Set.of(state.namespace(Optional.empty())), ticker, err()), found, ticker);
    }
    String document = PolicyWriter.write(exemptions(found));
    List<String> problems = PolicyReader.read("the exemptions", document).problems();
    if (!problems.isEmpty()) {
      throw UnreadableException.of(problems);
    }
    out().print(document);
    out().flush();
    err().println("lintel: " + summary(found));
    return ExitCodes.OK;
  }

  private String summary(Map<String, Set<ResourceRef>> found) {
    return found.isEmpty()
        ? "nothing to exempt"
        : "exempt until %s: %s"
            .formatted(
                expires,
                found.entrySet().stream()
                    .map(rule -> "%s (%d)".formatted(rule.getKey(), rule.getValue().size()))
                    .collect(Collectors.joining(", ")));
  }

  private void refuse() {
    if (!isFromFindings) {
      throw misused("say what is to be exempt: --from-findings");
    }
    if (!state.isGiven()) {
      if (!isPluginOfKubectl()) {
        throw misused("say where the objects are: --cluster-state or --live");
      }
      state.chooseCurrentCluster();
    }
    if (expires.isBefore(LocalDate.now(ZoneOffset.UTC))) {
      throw misused("--expires %s is in the past: such exemptions never count".formatted(expires));
    }
    if (owner.isBlank() || reason.isBlank()) {
      throw misused("an exemption needs an owner and a reason");
    }
  }

  private void find(State known, Map<String, Set<ResourceRef>> found, Ticker ticker) {
    Judge judge = new Judge(RuleCatalogue.complete());
    Action least = includesWarnings ? Action.WARN : Action.DENY;
    List<Resource> objects =
        known.topology().resources().filter(each -> judge.kinds().contains(each.kind())).toList();
    for (int i = 0; i < objects.size(); i++) {
      ticker.at("judging", i, objects.size(), "objects");
      for (Judged judged : judge.review(known.topology(), objects.get(i), known.policy())) {
        if (judged.action().compareTo(least) >= 0) {
          found
              .computeIfAbsent(judged.rule().code(), code -> new TreeSet<>(BY_NAME))
              .add(judged.subject());
        }
      }
    }
  }

  private List<Exemption> exemptions(Map<String, Set<ResourceRef>> found) {
    List<Exemption> exemptions = new ArrayList<>();
    found.forEach(
        (code, objects) -> {
          List<ResourceGlob> globs = objects.stream().map(ResourceGlob::only).toList();
          for (int from = 0; from < globs.size(); from += MOST_OBJECTS) {
            int to = Math.min(from + MOST_OBJECTS, globs.size());
            exemptions.add(
                new Exemption(
                    Set.of(code), globs.subList(from, to), reason, owner, Optional.of(expires)));
          }
        });
    return exemptions;
  }
}
