package dev.lintel.sample;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.rule.RuleInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counts the samples of a rule: how many fire and how many stay silent, in all and under each
 * dialect that the set-ups of the samples are named for.
 *
 * @param rule the rule
 * @param cells one for each of {@link Dialect}, in that order
 */
public record Coverage(RuleInfo rule, List<Cell> cells) {

  /** Copies the list, so that the record is immutable. */
  public Coverage {
    cells = List.copyOf(cells);
  }

  /** The columns: each takes the samples with certain set-ups. */
  public enum Dialect {
    ALL("all", names -> true),
    UPSTREAM("upstream", names -> names.contains("upstream")),
    SOLO("solo", names -> names.contains("solo")),
    KGATEWAY("kgateway", Dialect::hasOpenSource),
    ENTERPRISE("enterprise", names -> names.contains("gateway-enterprise")),
    ISTIO_GATEWAY("istio-gw", names -> names.contains("gateway-istio")),
    NO_GATEWAY("no gateway", names -> names.stream().noneMatch(Dialect::isGateway));

    private final String title;
    private final Predicate<List<String>> takes;

    Dialect(String title, Predicate<List<String>> takes) {
      this.title = title;
      this.takes = takes;
    }

    private static boolean isGateway(String name) {
      return name.startsWith("gateway");
    }

    private static boolean hasOpenSource(List<String> names) {
      return names.stream()
          .filter(Dialect::isGateway)
          .anyMatch(name -> !name.equals("gateway-enterprise") && !name.equals("gateway-istio"));
    }
  }

  /**
   * How many samples fire and how many stay silent.
   *
   * @param firing those that expect the rule
   * @param silent the others
   */
  public record Cell(long firing, long silent) {
    @Override
    public String toString() {
      return firing + "/" + silent;
    }
  }

  /**
   * Counts the samples of every rule, by code. A sample belongs to the rule that its folder is
   * named for, and to every rule that it expects.
   */
  public static List<Coverage> of(RuleCatalogue catalogue, List<Sample> samples) {
    return catalogue.rules().stream().map(rule -> of(rule.info(), samples)).toList();
  }

  private static Coverage of(RuleInfo rule, List<Sample> samples) {
    List<Sample> own = samples.stream().filter(sample -> belongsTo(rule, sample)).toList();
    return new Coverage(
        rule, Stream.of(Dialect.values()).map(dialect -> cell(rule, dialect, own)).toList());
  }

  private static boolean belongsTo(RuleInfo rule, Sample sample) {
    Path folder = sample.file().toAbsolutePath().getParent();
    boolean isInItsFolder = folder != null && folder.endsWith(rule.code());
    return isInItsFolder || expects(rule, sample);
  }

  private static boolean expects(RuleInfo rule, Sample sample) {
    return sample.expectations().stream().anyMatch(e -> e.code().equals(rule.code()));
  }

  private static Cell cell(RuleInfo rule, Dialect dialect, List<Sample> samples) {
    List<Sample> taken =
        samples.stream().filter(sample -> dialect.takes.test(sample.setUps())).toList();
    long firing = taken.stream().filter(sample -> expects(rule, sample)).count();
    return new Cell(firing, taken.size() - firing);
  }

  /** Returns the table for people. */
  public static String table(List<Coverage> rows) {
    String head =
        "%-8s%s%n%n".formatted("", "samples that fire/stay silent, in all and per dialect")
            + "%-8s".formatted("rule")
            + Stream.of(Dialect.values())
                .map(dialect -> "%12s".formatted(dialect.title))
                .collect(Collectors.joining());
    return head
        + System.lineSeparator()
        + rows.stream().map(Coverage::line).collect(Collectors.joining(System.lineSeparator()))
        + System.lineSeparator();
  }

  private String line() {
    return "%-8s".formatted(rule.code())
        + cells.stream().map("%12s"::formatted).collect(Collectors.joining());
  }
}
