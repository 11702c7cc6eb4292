package dev.lintel.report;

import dev.lintel.judge.Write;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Resource;
import dev.lintel.topology.Topology;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names that the objects of a namespace name themselves: the written one, its Namespace, and
 * its neighbours. They are read from the text of each record, which has every field that was read
 * of an object; so no field is forgotten that a kind is given later.
 */
final class Mentions {

  /** How much is looked at of the neighbours; what is not looked at counts as not named. */
  private static final int MAX_PER_KIND = 100;

  private static final int MAX_TEXT = 256 << 10;

  private static final Pattern WORD = Pattern.compile("[a-z0-9*][a-z0-9*.-]*+");

  /** Those that name other objects; the others only have addresses and labels of their own. */
  private static final List<Kind> NEIGHBOURS =
      List.of(
          Kind.HTTP_ROUTE,
          Kind.GRPC_ROUTE,
          Kind.TLS_ROUTE,
          Kind.TCP_ROUTE,
          Kind.VIRTUAL_SERVICE,
          Kind.REFERENCE_GRANT,
          Kind.LISTENER_SET,
          Kind.X_LISTENER_SET,
          Kind.BACKEND_CONFIG_POLICY,
          Kind.BACKEND_TLS_POLICY,
          Kind.DESTINATION_RULE,
          Kind.SERVICE_ENTRY,
          Kind.SERVICE);

  private final Write write;
  private final Topology topology;
  private final List<Set<String>> named = new ArrayList<>();
  private Extent extent = Extent.NOTHING;

  Mentions(Write write, Topology topology) {
    this.write = write;
    this.topology = topology;
  }

  /** How much has been looked at: the neighbours only where the rest does not have the word. */
  private enum Extent {
    NOTHING,
    WRITTEN,
    NEIGHBOURS
  }

  /** Tells whether any object has a word. */
  boolean has(String word) {
    return hasAll(List.of(word));
  }

  /** Tells whether one object has two words. */
  boolean hasBoth(String one, String other) {
    return hasAll(List.of(one, other));
  }

  private boolean hasAll(List<String> words) {
    if (named.stream().anyMatch(names -> names.containsAll(words))) {
      return true;
    }
    return extendsFurther() && hasAll(words);
  }

  private boolean extendsFurther() {
    return switch (extent) {
      case NOTHING -> {
        extent = Extent.WRITTEN;
        addWritten();
        yield true;
      }
      case WRITTEN -> {
        extent = Extent.NEIGHBOURS;
        addNeighbours();
        yield true;
      }
      case NEIGHBOURS -> false;
    };
  }

  private void addWritten() {
    add(write.object());
    write.old().ifPresent(this::add);
    topology.namespace(write.object().namespace()).ifPresent(this::add);
  }

  private void addNeighbours() {
    int left = MAX_TEXT;
    for (Kind kind : NEIGHBOURS) {
      Stream<Resource> all = topology.resourcesIn(kind, write.object().namespace());
      Iterator<Resource> some = all.limit(MAX_PER_KIND).iterator();
      while (left > 0 && some.hasNext()) {
        left -= add(some.next());
      }
    }
  }

  /** Adds what an object names; returns how long its text is. */
  private int add(Resource object) {
    String whole = object.toString();
    String text = whole.substring(0, Math.min(whole.length(), MAX_TEXT)).toLowerCase(Locale.ROOT);
    Set<String> names = new HashSet<>();
    Matcher words = WORD.matcher(text);
    while (words.find()) {
      if (!isLabelOf(text, words.end())) {
        addParts(names, words.group());
      }
    }
    named.add(names);
    return text.length();
  }

  /** What stands before an equals sign or a bracket is the name of a field or a record. */
  private static boolean isLabelOf(String text, int end) {
    return end < text.length() && (text.charAt(end) == '=' || text.charAt(end) == '[');
  }

  /** A host names a Service and its namespace as well. */
  private static void addParts(Set<String> names, String word) {
    names.add(word);
    if (word.indexOf('.') > 0) {
      names.addAll(List.of(word.split("\\.", -1)));
    }
  }
}
