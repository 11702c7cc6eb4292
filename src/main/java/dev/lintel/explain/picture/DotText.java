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
import java.util.stream.Collectors;

/** Writes a picture in the language of Graphviz. */
public record DotText() implements PictureFormat {

  @Override
  public void write(Picture picture, Writer to) {
    PrintWriter out = new PrintWriter(to);
    out.println("digraph lintel {");
    out.println("  rankdir=LR;");
    out.println("  node [style=filled, fontname=\"Helvetica\"];");
    out.println("  edge [fontname=\"Helvetica\", fontsize=10];");
    for (Node node : picture.nodes()) {
      out.printf(
          "  %s [label=\"%s\", %s%s];%n",
          node.id(), label(node), look(node.role()), mark(node.findings()));
    }
    for (Edge edge : picture.edges()) {
      out.printf(
          "  %s -> %s [label=\"%s\"%s];%n",
          edge.from(), edge.to(), escaped(edge.label()), look(edge.line()));
    }
    out.println("}");
    out.flush();
  }

  private static String label(Node node) {
    String text = node.lines().stream().map(DotText::escaped).collect(Collectors.joining("\\n"));
    return node.findings().isEmpty() ? text : text + "\\n" + escaped(Marks.of(node.findings()));
  }

  private static String look(Role role) {
    return switch (role) {
      case CLIENT -> "shape=ellipse, fillcolor=\"#ffffff\"";
      case GATEWAY -> "shape=hexagon, fillcolor=\"#dbeafe\"";
      case ROUTE -> "shape=box, fillcolor=\"#f3f4f6\"";
      case ZTUNNEL -> "shape=ellipse, fillcolor=\"#ede9fe\"";
      case ADDRESS -> "shape=ellipse, fillcolor=\"#ffffff\"";
      case WAYPOINT -> "shape=hexagon, fillcolor=\"#dcfce7\"";
      case BACKEND -> "shape=cylinder, fillcolor=\"#fef9c3\"";
      case RULE -> "shape=note, fillcolor=\"#ffffff\"";
      case NOTHING -> "shape=box, style=dashed";
    };
  }

  private static String mark(List<Judged> findings) {
    if (findings.isEmpty()) {
      return "";
    }
    return switch (findings.getFirst().action()) {
      case DENY -> ", color=\"#dc2626\", penwidth=3";
      case WARN -> ", color=\"#d97706\", penwidth=3";
      case AUDIT, OFF -> ", penwidth=2";
    };
  }

  private static String look(Line line) {
    return switch (line) {
      case FLOW -> "";
      case MAYBE -> ", style=dashed";
      case REFUSED -> ", color=\"#dc2626\", arrowhead=tee";
      case READ, MESH -> ", style=dotted";
    };
  }

  /** Returns a text that ends no string and names no character, whatever it holds. */
  static String escaped(String text) {
    return Lines.oneLine(text).replace("\\", "\\\\").replace("\"", "\\\"").replace("&", "&amp;");
  }
}
