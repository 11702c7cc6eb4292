package dev.lintel.report;

import dev.lintel.judge.Judged;
import dev.lintel.report.Findings.Found;
import dev.lintel.report.Findings.Tally;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ResourceRef;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes what each rule found, loudest first, for people who look at many objects at once: how many
 * objects of which kinds, and which they are.
 *
 * @param style how it looks
 * @param most how many objects of a rule are named; 1 or more
 */
public record RuleReport(Style style, int most) implements Report {

  private static final String INDENT = "    ";

  @Override
  public void write(CheckReport report, Writer to) {
    PrintWriter out = new PrintWriter(to);
    for (Map.Entry<Tally, List<Found>> rule : Findings.byRule(report)) {
      writeRule(rule.getKey(), rule.getValue(), report, out);
    }
    Findings.writeUnfinished(report, out);
    out.println(Findings.sum(report));
    out.flush();
  }

  private void writeRule(Tally rule, List<Found> found, CheckReport report, PrintWriter out) {
    out.println(
        style.heading(
            "%s [%s] on %s: %s"
                .formatted(
                    style.word(rule.action()),
                    rule.rule().code(),
                    counted(found),
                    rule.rule().summary())));
    List<Kind> uncertain = report.uncertainties(found.getFirst().judged());
    if (!uncertain.isEmpty()) {
      out.println(
          INDENT
              + style.aside(
                  "not certain: not every %s is known"
                      .formatted(
                          uncertain.stream()
                              .map(Kind::objectKind)
                              .collect(Collectors.joining(", ")))));
    }
    found.stream().limit(most).forEach(each -> out.println(INDENT + line(each)));
    if (found.size() > most) {
      out.println(
          INDENT + style.aside("and %d more; -o wide names all".formatted(found.size() - most)));
    }
    out.println(INDENT + style.aside("see " + rule.rule().page()));
    out.println();
  }

  private static String line(Found found) {
    Judged judged = found.judged();
    String message = Lines.oneLine(judged.finding().message());
    String object = judged.subject().spoken();
    return found.entry().manifest().isInFile()
        ? "%s: %s: %s".formatted(found.entry().spokenPlaceOf(judged), object, message)
        : "%s: %s".formatted(object, message);
  }

  /** Returns how many objects of each kind there are: {@code 80 Services, 1 DestinationRule}. */
  private static String counted(List<Found> found) {
    Map<Kind, Long> counts =
        found.stream()
            .map(each -> each.judged().subject())
            .distinct()
            .collect(Collectors.groupingBy(ResourceRef::kind, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(kind -> kind.getValue() + " " + spoken(kind.getKey(), kind.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String spoken(Kind kind, long count) {
    String one = kind.objectKind();
    if (count == 1) {
      return one;
    }
    return one.endsWith("y") ? one.substring(0, one.length() - 1) + "ies" : one + "s";
  }
}
