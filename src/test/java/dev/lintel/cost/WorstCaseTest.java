package dev.lintel.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.resource.Kind;
import dev.lintel.resource.Resource;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever grows in an object, its cost does not grow faster. Bytes are counted for all cases, and
 * the thread's own time only where there is so much of it that a ratio means something.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorstCaseTest {

  private static final String RESOURCES = Resource.class.getPackageName() + ".";

  /** The reader puts few words of its own there, or a part of a name that it has cut already. */
  private static final Set<String> BOUNDED =
      Set.of(
          "BackendConfigPolicy.settings",
          "Cut.path",
          "Cut.said",
          "Metadata.Owner.group",
          "Metadata.cuts",
          "TrafficPolicy.others",
          "TrafficPolicy.LoadBalancer.consistentHash");

  /** Within what an honest object has, and far beyond it. */
  private static final int HONEST = 60;

  private static final int HUGE = 3_000;

  private static final double MAX_GROWTH = 2.5;

  /** What does not depend on the object, and what is allowed to grow up to a limit. */
  private static final long SLACK = 512 << 10;

  private static final long MAX_BYTES = 48 << 20;
  private static final long NOTEWORTHY_NANOS = 60_000_000;
  private static final int ATTEMPTS = 3;

  private final Cost cost = new Cost();

  /** The cases of one field. */
  record Field(Kind kind, String place, List<WorstCase> cases) {
    @Override
    public String toString() {
      return kind + " " + place;
    }
  }

  static Stream<Field> fields() {
    Map<String, List<WorstCase>> fields = new LinkedHashMap<>();
    for (WorstCase worst : WorstCases.all()) {
      fields
          .computeIfAbsent(worst.kind() + " " + worst.place(), key -> new ArrayList<>())
          .add(worst);
    }
    return fields.values().stream()
        .map(cases -> new Field(cases.getFirst().kind(), cases.getFirst().place(), cases));
  }

  @Test
  void everyTextListAndMapOfTheReadModelHasACase() {
    Set<String> growing = new TreeSet<>();
    Set<Class<?>> seen = new HashSet<>();
    for (Class<?> kind : Resource.class.getPermittedSubclasses()) {
      addGrowing(kind, growing, seen);
    }
    Set<String> covered = new TreeSet<>(BOUNDED);
    WorstCases.all().forEach(worst -> covered.add(worst.component()));
    assertThat(covered).containsAll(growing);
  }

  @ParameterizedTest
  @MethodSource("fields")
  void aCaseReachesWhatItNames(Field field) throws Exception {
    for (WorstCase worst : field.cases()) {
      assertThat(read(worst, 1)).as("%s", worst).isNotEqualTo(read(worst, 2));
    }
  }

  @ParameterizedTest
  @MethodSource("fields")
  void twiceTheSizeIsAtMostTwoAndAHalfTimesTheCost(Field field) {
    List<String> tooDear = new ArrayList<>();
    for (WorstCase worst : field.cases()) {
      if (!worst.filling().isText()) {
        compare(worst, HONEST, tooDear);
      }
      compare(worst, HUGE, tooDear);
    }
    assertThat(tooDear).isEmpty();
  }

  private void compare(WorstCase worst, int size, List<String> tooDear) {
    for (int attempt = 1; ; attempt++) {
      Cost.Spent once = cost.of(worst, size);
      Cost.Spent twice = cost.of(worst, 2 * size);
      boolean isLinear = twice.bytes() <= MAX_GROWTH * once.bytes() + SLACK;
      boolean isSmall = twice.bytes() <= MAX_BYTES;
      boolean isQuick = twice.nanos() <= MAX_GROWTH * once.nanos() + NOTEWORTHY_NANOS;
      if (isLinear && isSmall && isQuick) {
        return;
      }
      if (!isLinear || !isSmall || attempt == ATTEMPTS) {
        tooDear.add("%s: %d: %s, %d: %s".formatted(worst, size, once, 2 * size, twice));
        return;
      }
    }
  }

  private static Resource read(WorstCase worst, int size) throws Exception {
    return Cost.read(worst, worst.ofSize(size).getBytes(StandardCharsets.UTF_8));
  }

  private static void addGrowing(Class<?> type, Set<String> growing, Set<Class<?>> seen) {
    if (!type.isRecord() || !seen.add(type)) {
      return;
    }
    String name = type.getName().substring(RESOURCES.length()).replace('$', '.');
    for (RecordComponent component : type.getRecordComponents()) {
      Set<Class<?>> parts = parts(component.getGenericType());
      if (parts.stream().anyMatch(WorstCaseTest::grows)) {
        growing.add(name + "." + component.getName());
      }
      parts.forEach(part -> addGrowing(part, growing, seen));
    }
  }

  private static boolean grows(Class<?> type) {
    return type == String.class || type == List.class || type == Set.class || type == Map.class;
  }

  /** Returns the type and the types that it holds. */
  private static Set<Class<?>> parts(Type type) {
    Set<Class<?>> parts = new HashSet<>();
    if (type instanceof Class<?> plain) {
      parts.add(plain);
    } else if (type instanceof ParameterizedType generic) {
      parts.addAll(parts(generic.getRawType()));
      for (Type argument : generic.getActualTypeArguments()) {
        parts.addAll(parts(argument));
      }
    }
    return parts;
  }
}
