package dev.lintel.explain.json;

import dev.lintel.explain.picture.Picture;
import dev.lintel.explain.picture.Picture.Edge;
import dev.lintel.explain.picture.Picture.Node;
import dev.lintel.explain.picture.PictureFormat;
import dev.lintel.report.JsonReport.Syntax;
import dev.lintel.report.JsonText;
import java.io.IOException;
import java.io.Writer;

/** Writes a picture as the stable document {@code Graph} of {@code lintel.dev/v1}. */
public record PictureJson() implements PictureFormat {

  @Override
  public void write(Picture picture, Writer to) {
    JsonText.write(Syntax.JSON, to, out -> write(new Json(out), picture));
  }

  private static void write(Json json, Picture picture) throws IOException {
    json.object(
        () -> {
          json.text("apiVersion", "lintel.dev/v1");
          json.text("kind", "Graph");
          json.list("nodes", picture.nodes(), node -> node(json, node));
          json.list("edges", picture.edges(), edge -> edge(json, edge));
          json.number("omitted", picture.omitted());
        });
  }

  private static void node(Json json, Node node) throws IOException {
    json.text("id", node.id());
    json.word("role", node.role());
    json.ref("object", node.ref());
    json.texts("lines", node.lines());
    ExplanationJson.findings(json, node.findings());
  }

  private static void edge(Json json, Edge edge) throws IOException {
    json.text("from", edge.from());
    json.text("to", edge.to());
    json.word("line", edge.line());
    json.text("label", edge.label());
  }
}
