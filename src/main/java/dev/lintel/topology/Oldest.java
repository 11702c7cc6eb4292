package dev.lintel.topology;

import dev.lintel.resource.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
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
    Comparator<R> order = Ages.oldestFirst();
    PriorityQueue<R> youngestFirst = new PriorityQueue<>(order.reversed());
    List<R> taken = new ArrayList<>();
    int count = 0;
    for (Iterator<R> each = objects.iterator(); each.hasNext(); count++) {
      R object = each.next();
      if (answers.isWritten(object)) {
        taken.add(object);
      } else {
        youngestFirst.add(object);
        if (youngestFirst.size() > most) {
          youngestFirst.remove();
        }
      }
    }
    answers.work(count);
    taken.addAll(youngestFirst);
    if (count > taken.size()) {
      answers.cut("%,d %s; the oldest %,d were looked at".formatted(count, what, taken.size()));
    }
    taken.sort(order);
    return List.copyOf(taken);
  }
}
