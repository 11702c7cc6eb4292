package dev.lintel.report;

import dev.lintel.judge.Judged;
import dev.lintel.judge.Verdict;
import dev.lintel.report.CheckReport.Entry;
import dev.lintel.rule.Action;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Writes verdicts for people: a block for each object that something is said about, and a sum. */
public final class TextReport {

  private TextReport() {}

  /** Writes the report. */
  public static void write(List<Entry> entries, PrintWriter out) {
    for (Entry entry : entries) {
      if (!entry.verdict().findings().isEmpty() || entry.verdict().unfinished().isPresent()) {
        writeEntry(entry, out);
      }
    }
    out.println(sum(entries));
    out.flush();
  }

  private static void writeEntry(Entry entry, PrintWriter out) {
    Verdict verdict = entry.verdict();
    out.printf(
        "%s:%d: %s%n",
        entry.manifest().source(), entry.manifest().line(), verdict.object().spoken());
    for (Judged judged : verdict.findings()) {
      out.printf("  %-5s %s%n", judged.action().word(), message(verdict, judged));
      out.printf("        at %s%s%n", judged.finding().field(), note(judged));
      out.printf("        see %s%n", judged.rule().page());
    }
    verdict.unfinished().ifPresent(why -> out.printf("  not everything was judged: %s%n", why));
    out.println();
  }

  private static String message(Verdict verdict, Judged judged) {
    String dependent =
        judged.subject().equals(verdict.object()) ? "" : judged.subject().spoken() + ": ";
    return "[%s] %s%s"
        .formatted(judged.rule().code(), dependent, Lines.oneLine(judged.finding().message()));
  }

  private static String note(Judged judged) {
    return judged.known() ? ", was there before" : "";
  }

  private static String sum(List<Entry> entries) {
    long denied = entries.stream().filter(entry -> entry.verdict().isDenied()).count();
    long warned =
        entries.stream()
            .filter(entry -> !entry.verdict().isDenied())
            .filter(entry -> entry.verdict().with(Action.WARN).findAny().isPresent())
            .count();
    if (entries.isEmpty()) {
      return "nothing to judge: no Service, ServiceEntry or DestinationRule";
    }
    List<String> parts = new ArrayList<>();
    parts.add(entries.size() == 1 ? "1 object" : entries.size() + " objects");
    parts.add(denied + " denied");
    parts.add(warned + " with warnings");
    return "%s judged: %s".formatted(parts.get(0), String.join(", ", parts.subList(1, 3)));
  }
}
