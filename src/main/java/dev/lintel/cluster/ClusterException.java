package dev.lintel.cluster;

import java.util.List;

/** A cluster cannot be read. */
public final class ClusterException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  ClusterException(String problem) {
    this(List.of(problem));
  }

  ClusterException(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /** Returns what is wrong, for the one who asked; never empty. */
  public List<String> problems() {
    return problems;
  }
}
