package dev.lintel.samples;

import dev.lintel.rule.RuleInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counts the samples of a rule: how many fire and how many stay silent, in all and under each
 * dialect that the set-ups of {@code _clusters} stand for.
 *
 * @param rule the rule
 * @param cells one for each of {@link Dialect}, in that order
 */
record Coverage(RuleInfo rule, List<Cell> cells) {

  private static final Pattern CLUSTER = Pattern.compile("(?m)^# cluster:(.*)$");

  /** The columns: each takes the samples with certain set-ups. */
  enum Dialect {
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

  /** How many samples fire and how many stay silent. */
  record Cell(long firing, long silent) {
    @Override
    public String toString() {
      return firing + "/" + silent;
    }
  }

  static Coverage of(RuleInfo rule, List<Sample> samples) throws IOException {
    List<Named> named = new ArrayList<>();
    for (Sample sample : samples) {
      named.add(new Named(sample, setUps(sample)));
    }
    return new Coverage(
        rule, Stream.of(Dialect.values()).map(dialect -> cell(rule, dialect, named)).toList());
  }

  static String table(List<Coverage> rows) {
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

  private static Cell cell(RuleInfo rule, Dialect dialect, List<Named> samples) {
    long all = samples.stream().filter(sample -> dialect.takes.test(sample.setUps)).count();
    long firing =
        samples.stream()
            .filter(sample -> dialect.takes.test(sample.setUps))
            .filter(
                sample ->
                    sample.sample.expectations().stream()
                        .anyMatch(e -> e.code().equals(rule.code())))
            .count();
    return new Cell(firing, all - firing);
  }

  private static List<String> setUps(Sample sample) throws IOException {
    Matcher header = CLUSTER.matcher(Files.readString(sample.file()));
    return header.find()
        ? Stream.of(header.group(1).split(",")).map(String::strip).toList()
        : List.of();
  }

  private record Named(Sample sample, List<String> setUps) {}
}
