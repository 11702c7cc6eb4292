package dev.lintel.explain;

import dev.lintel.judge.Judged;
import java.util.List;
import java.util.stream.Collectors;

/** Marks what findings stand against. */
public final class Marks {

  private Marks() {}

  /** Returns the action and the codes of findings, loudest first, each once. */
  public static String of(List<Judged> findings) {
    return findings.stream()
        .map(judged -> judged.action().word() + " " + judged.rule().code())
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
