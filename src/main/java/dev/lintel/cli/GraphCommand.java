package dev.lintel.cli;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.cli.StateOptions.State;
import dev.lintel.explain.Explainer;
import dev.lintel.explain.json.PictureJson;
import dev.lintel.explain.picture.DotText;
import dev.lintel.explain.picture.MermaidText;
import dev.lintel.explain.picture.Picture;
import dev.lintel.explain.picture.PictureFormat;
import dev.lintel.explain.picture.TopologyPicture;
import dev.lintel.judge.Judge;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code lintel graph}: the ingress topology as a picture. */
@Command(
    name = "graph",
    description = {
      "Draws the ingress topology: Gateways, routes, waypoints, the hosts behind them, and the"
          + " DestinationRules with those who read them. What stands against an object is marked by"
          + " colour and code.",
      ""
    },
    exitCodeList = {
      "0:it was drawn",
      "64:the command line is wrong",
      "65:a file or a cluster cannot be read"
    },
    footer = {
      "  lintel graph --live -n shop",
      "  lintel graph --cluster-state cluster -o dot > graph.dot"
    })
final class GraphCommand extends ObjectCommand {

  /** More nobody can read at once, and renderers have limits of their own. */
  private static final int READABLE = 200;

  enum Format {
    MERMAID,
    DOT,
    JSON
  }

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description =
          "Draw the hosts, routes and Gateways of this namespace, with what they lead to and come"
              + " from; those of every namespace if left out.")
  private @Nullable String namespace;

  @Option(
      names = "--all",
      description = "Draw everything, however big the picture gets; " + READABLE + " nodes if not.")
  private boolean isWhole;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "mermaid|dot|json",
      defaultValue = "mermaid",
      description = "Format of the picture; mermaid if left out.")
  private Format format = Format.MERMAID;

  @Override
  public Integer call() {
    State state = state(Optional.ofNullable(namespace), Optional.ofNullable(namespace));
    Explainer explainer =
        new Explainer(state.topology(), state.policy(), new Judge(RuleCatalogue.complete()));
    Picture picture =
        TopologyPicture.of(
            state.topology(),
            explainer,
            Optional.ofNullable(namespace),
            isWhole ? Integer.MAX_VALUE : READABLE);
    format().write(picture, out());
    out().flush();
    if (picture.nodes().isEmpty()) {
      err()
          .printf(
              "lintel: nothing to draw%s: no Gateway, and no host that a route, a waypoint or a"
                  + " DestinationRule is for%n",
              namespace == null ? "" : " in namespace " + namespace);
    }
    if (picture.omitted() > 0) {
      err()
          .printf(
              "lintel: %d more hosts are left out, or nobody could read the picture;"
                  + " -n NAMESPACE draws less, --all draws them too%n",
              picture.omitted());
    }
    return ExitCodes.OK;
  }

  private PictureFormat format() {
    return switch (format) {
      case MERMAID -> new MermaidText();
      case DOT -> new DotText();
      case JSON -> new PictureJson();
    };
  }
}
