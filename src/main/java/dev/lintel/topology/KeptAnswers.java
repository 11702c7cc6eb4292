package dev.lintel.topology;

import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The answers of one judgement. For one thread. */
final class KeptAnswers implements Answers {

  /**
   * How much is looked at: a hundred times what an ordinary write takes, and what a slow machine
   * does in less than 20 ms.
   */
  static final int MOST_WORK = 50_000;

  /** How many cuts are told apart. */
  private static final int MOST_CUTS = 4;

  private final ResourceRef written;
  private final Map<Object, Object> kept = new HashMap<>();
  private final Set<String> cuts = new LinkedHashSet<>();
  private int done;

  KeptAnswers(ResourceRef written) {
    this.written = written;
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> T once(Object question, Supplier<T> answer) {
    Object known = kept.get(question);
    if (known == null) {
      known = answer.get();
      kept.put(question, known);
    }
    return (T) known;
  }

  @Override
  public void work(int steps) {
    done += Math.min(steps, MOST_WORK);
    if (done > MOST_WORK) {
      done = MOST_WORK;
      throw new TooMuchWorkException();
    }
  }

  @Override
  public void cut(String what) {
    if (cuts.size() < MOST_CUTS) {
      cuts.add(what);
    }
  }

  @Override
  public boolean isWritten(Resource resource) {
    return resource.name().equals(written.name())
        && resource.namespace().equals(written.namespace())
        && resource.kind() == written.kind();
  }

  @Override
  public List<String> cuts() {
    return List.copyOf(cuts);
  }
}
