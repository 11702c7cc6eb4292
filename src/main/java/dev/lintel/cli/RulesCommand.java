package dev.lintel.cli;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.catalogue.RulePages;
import dev.lintel.policy.Policy;
import dev.lintel.policy.Target;
import dev.lintel.report.JsonReport.Syntax;
import dev.lintel.report.MarkdownText;
import dev.lintel.report.RuleListing;
import dev.lintel.report.RuleListing.Row;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.Family;
import dev.lintel.rule.Rule;
import dev.lintel.rule.RuleInfo;
import dev.lintel.rule.Spelling;
import dev.lintel.sample.Coverage;
import dev.lintel.sample.MalformedSampleException;
import dev.lintel.sample.Sample;
import dev.lintel.sample.SampleFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lintel rules}: the catalogue, or the page of one rule. */
@Command(
    name = "rules",
    description = {
      "Lists the rules, or shows the page of one: what is set, what happens on the wire, how to"
          + " fix it, and when Lintel stays silent.",
      ""
    },
    exitCodeList = {
      "0:it was shown",
      "64:the command line is wrong, or no rule is called so",
      "65:the policy or a sample cannot be read"
    },
    footer = {
      "  lintel rules",
      "  lintel rules TD-001",
      "  lintel rules ingress-bypasses-waypoint",
      "  lintel rules --family waypoint --policy policy.yaml -o json"
    })
final class RulesCommand extends Subcommand {

  enum Format {
    TEXT,
    WIDE,
    JSON,
    YAML
  }

  private static final int WIDTH = 80;
  private static final int MAX_SUGGESTIONS = 5;

  @Parameters(
      arity = "0..1",
      paramLabel = "CODE|NAME",
      completionCandidates = RuleNames.class,
      description = "The rule whose page is shown; all rules are listed if left out.")
  private @Nullable String wanted;

  @Option(
      names = "--family",
      paramLabel = "FAMILY",
      description = "List the rules of one family, by the first letters of its codes or its name.")
  private @Nullable String family;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "Also tell what comes of a rule's findings under this policy document.")
  private @Nullable Path policyFile;

  @Option(
      names = "--coverage",
      paramLabel = "DIR",
      description = "Count the samples of this folder that each rule fires in or stays silent in.")
  private @Nullable Path samples;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|wide|json|yaml",
      defaultValue = "text",
      description = "Format; text if left out. wide has families and summaries too.")
  private Format format = Format.TEXT;

  private final RuleCatalogue catalogue = RuleCatalogue.complete();

  @Override
  public Integer call() throws IOException {
    if (samples != null) {
      out().print(Coverage.table(Coverage.of(catalogue, read(samples))));
      out().flush();
    } else if (wanted != null && (format == Format.TEXT || format == Format.WIDE)) {
      show(find(wanted));
    } else {
      list(wanted == null ? ofFamily() : List.of(find(wanted)));
    }
    return ExitCodes.OK;
  }

  private void show(RuleInfo rule) throws IOException {
    out().print(new MarkdownText(style(), WIDTH).render(RulePages.markdown(rule)));
    out().println();
    out().println("Default action: " + rule.defaultAction().word());
    if (policyFile != null) {
      out().println("Under " + policyFile + ": " + row(rule, policy(policyFile)).action().word());
    }
    out().flush();
  }

  private void list(List<RuleInfo> rules) {
    Policy policy = policy(policyFile);
    RuleListing listing =
        new RuleListing(rules.stream().map(rule -> row(rule, policy)).toList(), policyFile != null);
    switch (format) {
      case TEXT -> listing.writeText(style(), out());
      case WIDE -> listing.writeWide(style(), out());
      case JSON -> listing.write(Syntax.JSON, out());
      case YAML -> listing.write(Syntax.YAML, out());
    }
    out().flush();
  }

  /** What the document says of a Namespace that no override names. */
  private static Row row(RuleInfo rule, Policy policy) {
    Kind kind = rule.subjects().stream().sorted().findFirst().orElse(Kind.SERVICE);
    Target target = new Target(new ResourceRef(kind, "", ""), Map.of(), Optional.empty());
    return new Row(rule, policy.actionOf(rule, target), policy.links().page(rule));
  }

  private Stream<RuleInfo> all() {
    return catalogue.rules().stream().map(Rule::info);
  }

  private RuleInfo find(String word) {
    return RuleNames.find(catalogue, word)
        .orElseThrow(
            () -> misused("no rule is called `%s`%s".formatted(word, suggestion(nearest(word)))));
  }

  /** Names that differ by a slip, or else have the word in them. */
  private List<String> nearest(String word) {
    List<String> codes = all().map(RuleInfo::code).toList();
    List<String> names = all().map(RuleInfo::name).toList();
    List<String> near = new ArrayList<>();
    Spelling.nearest(word, codes).ifPresent(near::add);
    Spelling.nearest(word, names).ifPresent(near::add);
    String plain = word.strip().toLowerCase(Locale.ROOT);
    if (near.isEmpty() && !plain.isEmpty()) {
      names.stream().filter(name -> name.contains(plain)).limit(MAX_SUGGESTIONS).forEach(near::add);
    }
    return near;
  }

  private static String suggestion(List<String> near) {
    return near.isEmpty()
        ? "; `lintel rules` lists all"
        : "; did you mean " + String.join(" or ", near) + "?";
  }

  private List<RuleInfo> ofFamily() {
    if (family == null) {
      return all().toList();
    }
    Family found =
        Stream.of(Family.values())
            .filter(each -> word(each).equals(plain(family)) || isPrefix(each, family))
            .findFirst()
            .orElseThrow(
                () -> misused("there is no family `%s`; %s".formatted(family, families())));
    return all().filter(rule -> rule.family() == found).toList();
  }

  private static boolean isPrefix(Family each, String written) {
    return Spelling.isSameWord(written, each.prefix());
  }

  private static String word(Family each) {
    return plain(each.title());
  }

  private static String plain(String written) {
    return written.strip().toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  private static String families() {
    return "there are "
        + String.join(
            ", ",
            Stream.of(Family.values())
                .filter(each -> each != Family.IMPACT)
                .map(each -> each.prefix() + " " + word(each))
                .toList());
  }

  private static List<Sample> read(Path folder) {
    try {
      return SampleFiles.in(folder).stream().map(Sample::read).toList();
    } catch (IOException | MalformedSampleException e) {
      throw UnreadableException.of(e);
    }
  }
}
