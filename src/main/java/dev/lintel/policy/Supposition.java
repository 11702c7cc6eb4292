package dev.lintel.policy;

import dev.lintel.mesh.Platform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Facts about the installation that somebody supposes, such as {@code
 * istio=1.31,kgateway.ingressUseWaypoints=true}: keys of the document's {@code platform} with their
 * values. A component that has a version need not say that it is meant.
 */
public final class Supposition {

  private static final String SECTION_OF_VERSIONS = "version";

  /** Longer than anybody types, and shorter than what would cost something. */
  private static final int MAX_LENGTH = 4096;

  private final Node facts;

  private Supposition(Node facts) {
    this.facts = facts;
  }

  /**
   * What words turned out to be.
   *
   * @param supposition what is supposed; empty if there is any problem
   * @param problems what is wrong, each with its key: {@code key: problem}
   */
  public record Reading(Optional<Supposition> supposition, List<String> problems) {

    /** Copies the list, so that the record is immutable. */
    public Reading {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Reads facts as strictly as a policy is read.
   *
   * @param source what they are called in messages
   * @param text {@code KEY=VALUE}, separated by commas; a list stands in brackets
   */
  public static Reading read(String source, String text) {
    Problems problems = new Problems(source);
    if (text.length() > MAX_LENGTH) {
      problems.add(
          Optional.empty(), "", () -> "is longer than %d characters".formatted(MAX_LENGTH));
      return new Reading(Optional.empty(), problems.found());
    }
    Tree tree = new Tree();
    pieces(text).forEach(piece -> add(piece, tree, problems));
    Supposition supposition = new Supposition(tree.node());
    if (problems.count() == 0) {
      supposition.read(Platform.AUTO, problems);
    }
    return new Reading(
        problems.count() == 0 ? Optional.of(supposition) : Optional.empty(), problems.found());
  }

  /** Returns an installation of which these facts hold, and else what holds of another. */
  public Platform appliedTo(Platform platform) {
    return read(platform, new Problems("")).orElse(platform);
  }

  private Optional<Platform> read(Platform otherwise, Problems problems) {
    return new PlatformForm().form(otherwise).read(new Place(facts, "", problems));
  }

  private static void add(String piece, Tree tree, Problems problems) {
    int sign = piece.indexOf('=');
    String key = (sign < 0 ? piece : piece.substring(0, sign)).strip();
    String value = sign < 0 ? "" : piece.substring(sign + 1).strip();
    if (key.isEmpty() || value.isEmpty()) {
      problems.add(
          Optional.empty(),
          "",
          () ->
              "`%s` is not of the form KEY=VALUE, such as istio=1.31"
                  .formatted(Problems.shown(piece)));
      return;
    }
    List<String> path = new ArrayList<>(List.of(key.split("\\.", -1)));
    groupOf(path)
        .ifPresentOrElse(
            keys -> {
              if (keys.containsKey(SECTION_OF_VERSIONS)) {
                path.add(SECTION_OF_VERSIONS);
                tree.put(path, value(value));
              } else {
                problems.add(
                    Optional.empty(),
                    Problems.shown(key),
                    () ->
                        "has several facts; say which: "
                            + String.join(
                                ", ", keys.keySet().stream().map(k -> key + "." + k).toList()));
              }
            },
            () -> tree.put(path, value(value)));
  }

  /**
   * Returns the keys of the group that a path leads to; empty if it leads to a fact, or nowhere.
   */
  private static Optional<Map<?, ?>> groupOf(List<String> path) {
    Map<?, ?> keys = new PlatformForm().form().schema();
    for (String name : path) {
      if (!(keys.get("properties") instanceof Map<?, ?> properties
          && properties.get(name) instanceof Map<?, ?> next)) {
        return Optional.empty();
      }
      keys = next;
    }
    return keys.get("properties") instanceof Map<?, ?> properties
        ? Optional.of(properties)
        : Optional.empty();
  }

  /** Returns what stands between the commas that are in no brackets. */
  private static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int at = 0; at < text.length(); at++) {
      switch (text.charAt(at)) {
        case '[' -> depth++;
        case ']' -> depth--;
        case ',' -> {
          if (depth <= 0) {
            pieces.add(text.substring(start, at));
            start = at + 1;
          }
        }
        default -> {}
      }
    }
    pieces.add(text.substring(start));
    return pieces;
  }

  private static Node value(String written) {
    if (!written.startsWith("[") || !written.endsWith("]")) {
      return scalar(written);
    }
    List<Node> elements =
        Stream.of(written.substring(1, written.length() - 1).split(",", -1))
            .map(String::strip)
            .filter(element -> !element.isEmpty())
            .map(Supposition::scalar)
            .toList();
    return new SequenceNode(Tag.SEQ, elements, FlowStyle.FLOW);
  }

  private static Node scalar(String text) {
    return new ScalarNode(Tag.STR, text, ScalarStyle.PLAIN);
  }

  /** Facts as they stand in a document; what is said twice stands there twice. */
  private static final class Tree {

    private final List<NodeTuple> tuples = new ArrayList<>();
    private final Map<String, Tree> below = new LinkedHashMap<>();

    void put(List<String> path, Node value) {
      String name = path.getFirst();
      if (path.size() == 1) {
        tuples.add(new NodeTuple(scalar(name), value));
      } else {
        below.computeIfAbsent(name, ignored -> new Tree()).put(path.subList(1, path.size()), value);
      }
    }

    Node node() {
      List<NodeTuple> all = new ArrayList<>(tuples);
      below.forEach((name, tree) -> all.add(new NodeTuple(scalar(name), tree.node())));
      return new MappingNode(Tag.MAP, all, FlowStyle.FLOW);
    }
  }
}
