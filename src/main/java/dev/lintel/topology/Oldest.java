package dev.lintel.topology;

import dev.lintel.resource.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/** Takes the oldest of many objects, and with them the one whose write is judged. */
final class Oldest {

  private Oldest() {}

  /**
   * Returns objects by age: all of them, or the oldest and the written one.
   *
   * @param most how many are taken beside the written one, 1 or more
   * @param what what there are too many of, in the plural, for the message that says so
   */
  static <R extends Resource> List<R> of(
      Stream<R> objects, int most, Answers answers, String what) {
    List<R> all = objects.toList();
    answers.work(all.size());
    if (all.size() <= 1) {
      return all;
    }
    if (all.size() <= most) {
      return all.stream().sorted(Ages.oldestFirst()).toList();
    }
    answers.work(2 * all.size());
    List<R> taken = taken(all, most, answers);
    if (all.size() > taken.size()) {
      answers.cut(
          "%,d %s; the oldest %,d were looked at".formatted(all.size(), what, taken.size()));
    }
    return taken;
  }

  private static <R extends Resource> List<R> taken(List<R> all, int most, Answers answers) {
    Comparator<R> order = Ages.oldestFirst();
    PriorityQueue<R> youngestFirst = new PriorityQueue<>(order.reversed());
    List<R> taken = new ArrayList<>();
    for (R object : all) {
      if (answers.isWritten(object)) {
        taken.add(object);
      } else {
        youngestFirst.add(object);
        if (youngestFirst.size() > most) {
          youngestFirst.remove();
        }
      }
    }
    taken.addAll(youngestFirst);
    taken.sort(order);
    return List.copyOf(taken);
  }
}
