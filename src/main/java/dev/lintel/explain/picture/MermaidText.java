package dev.lintel.explain.picture;

import dev.lintel.explain.Marks;
import dev.lintel.explain.picture.Picture.Edge;
import dev.lintel.explain.picture.Picture.Line;
import dev.lintel.explain.picture.Picture.Node;
import dev.lintel.explain.picture.Picture.Role;
import dev.lintel.judge.Judged;
import dev.lintel.report.Lines;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a picture as a Mermaid flowchart, which GitHub and others draw in Markdown. */
public record MermaidText() implements PictureFormat {

  private static final String HARMLESS = " ./:_,()*=+@-";
  private static final String STYLES =
      """
        classDef client fill:#ffffff,stroke:#111827,color:#111827
        classDef gateway fill:#dbeafe,stroke:#1d4ed8,color:#111827
        classDef route fill:#f3f4f6,stroke:#6b7280,color:#111827
        classDef ztunnel fill:#ede9fe,stroke:#6d28d9,color:#111827
        classDef address fill:#ffffff,stroke:#6b7280,color:#111827
        classDef waypoint fill:#dcfce7,stroke:#15803d,color:#111827
        classDef backend fill:#fef9c3,stroke:#a16207,color:#111827
        classDef rule fill:#ffffff,stroke:#111827,color:#111827,stroke-dasharray:4 3
        classDef nothing fill:#ffffff,stroke:#9ca3af,color:#6b7280,stroke-dasharray:2 3
        classDef audit stroke-width:2px
        classDef warn stroke:#d97706,stroke-width:4px
        classDef deny stroke:#dc2626,stroke-width:4px
      """;

  @Override
  public void write(Picture picture, Writer to) {
    PrintWriter out = new PrintWriter(to);
    out.println("flowchart LR");
    for (Node node : picture.nodes()) {
      out.printf("  %s%s:::%s%n", node.id(), shape(node), word(node.role()));
    }
    for (Edge edge : picture.edges()) {
      String label = edge.label().isEmpty() ? "" : "|\"%s\"|".formatted(escaped(edge.label()));
      out.printf("  %s %s%s %s%n", edge.from(), arrow(edge.line()), label, edge.to());
    }
    for (Node node : picture.nodes()) {
      if (!node.findings().isEmpty()) {
        out.printf("  class %s %s%n", node.id(), loudest(node.findings()));
      }
    }
    STYLES.lines().forEach(out::println);
    out.flush();
  }

  private static String shape(Node node) {
    String label = "\"%s\"".formatted(label(node));
    return switch (node.role()) {
      case GATEWAY, WAYPOINT -> "{{" + label + "}}";
      case ROUTE, RULE -> "[" + label + "]";
      case CLIENT, ZTUNNEL, ADDRESS, NOTHING -> "([" + label + "])";
      case BACKEND -> "[(" + label + ")]";
    };
  }

  private static String label(Node node) {
    String text =
        node.lines().stream().map(MermaidText::escaped).collect(Collectors.joining("<br>"));
    return node.findings().isEmpty() ? text : text + "<br>" + escaped(Marks.of(node.findings()));
  }

  private static String arrow(Line line) {
    return switch (line) {
      case FLOW -> "-->";
      case MAYBE, MESH, READ -> "-.->";
      case REFUSED -> "--x";
    };
  }

  private static String loudest(List<Judged> findings) {
    return findings.getFirst().action().word();
  }

  private static String word(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns a text that means nothing to Mermaid, whatever it holds: quotes, entities, directives
   * and tags become character codes.
   */
  public static String escaped(String text) {
    return Lines.oneLine(text)
        .codePoints()
        .mapToObj(
            character ->
                isHarmless(character) ? Character.toString(character) : "#" + character + ";")
        .collect(Collectors.joining());
  }

  private static boolean isHarmless(int character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || HARMLESS.indexOf(character) >= 0;
  }
}
