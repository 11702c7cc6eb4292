package dev.lintel.impact;

import dev.lintel.judge.Judged;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Phrase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says once what one rule finds against many objects. */
final class Summary {

  private Summary() {}

  /** Returns one finding for each rule and action: the first, with the number of the others. */
  static List<Judged> byRule(List<Judged> findings) {
    Map<String, List<Judged>> groups = new LinkedHashMap<>();
    for (Judged judged : findings) {
      groups
          .computeIfAbsent(
              judged.rule().code() + judged.action() + judged.exemption(), key -> new ArrayList<>())
          .add(judged);
    }
    return groups.values().stream().map(Summary::first).toList();
  }

  private static Judged first(List<Judged> group) {
    Judged first = group.getFirst();
    long others = group.stream().map(Judged::subject).distinct().count() - 1;
    return others == 0 ? first : first.saying(counting(first.finding(), others));
  }

  private static Finding counting(Finding finding, long others) {
    List<Object> values = new ArrayList<>(finding.says().values());
    values.add(others);
    return finding.says(
        new Phrase(finding.says().template() + "; the same holds for %d more", values));
  }
}
