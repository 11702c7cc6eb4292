package dev.lintel.cli;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.cli.StateOptions.State;
import dev.lintel.cluster.LiveCluster;
import dev.lintel.explain.Explainer;
import dev.lintel.explain.Explanation;
import dev.lintel.explain.ExplanationFormat;
import dev.lintel.explain.ObjectName;
import dev.lintel.explain.json.ExplanationJson;
import dev.lintel.explain.picture.DotText;
import dev.lintel.explain.picture.ExplanationPicture;
import dev.lintel.explain.picture.MermaidText;
import dev.lintel.explain.text.ExplanationText;
import dev.lintel.judge.Judge;
import dev.lintel.report.JsonReport.Syntax;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Resource;
import dev.lintel.topology.Backend;
import dev.lintel.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lintel explain}: what becomes of requests to an object, leg by leg. */
@Command(
    name = "explain",
    description = {
      "Explains an object: which Gateways and routes reach it, the path that requests take and why,"
          + " who picks the endpoints on each leg and by what, who reads which DestinationRule, and"
          + " what stands against the object.",
      "",
      "An object is KIND/NAMESPACE/NAME, KIND/NAME, KIND NAMESPACE/NAME, KIND NAME, or a host. Kinds"
          + " are Service (svc),"
          + " ServiceEntry (se), DestinationRule (dr), Gateway (gw), HTTPRoute, GRPCRoute, TCPRoute"
          + " and TLSRoute.",
      ""
    },
    exitCodeList = {
      "0:it was explained",
      "64:the command line is wrong",
      "65:a file or a cluster cannot be read, or the object is not there"
    },
    footer = {
      "  lintel explain Service/shop/cart --cluster-state cluster",
      "  lintel explain svc/shop/cart --live -o mermaid"
    })
final class ExplainCommand extends ObjectCommand {

  enum Format {
    TEXT,
    JSON,
    YAML,
    MERMAID,
    DOT
  }

  @Parameters(
      arity = "1..2",
      paramLabel = "OBJECT",
      description = "The object, or its kind and its name; or a host.")
  private List<String> words = new ArrayList<>();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "The object's namespace; if left out, whichever has the only one of the name.")
  private @Nullable String namespace;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json|yaml|mermaid|dot",
      defaultValue = "text",
      description = "Format of the explanation; text if left out.")
  private Format format = Format.TEXT;

  @Override
  public Integer call() {
    Optional<ObjectName> name = name();
    Explanation explanation =
        explain(state(Optional.ofNullable(namespace), name.flatMap(ObjectName::namespace)), name);
    format().write(explanation, out());
    out().flush();
    return ExitCodes.OK;
  }

  private Explanation explain(State state, Optional<ObjectName> name) {
    Explainer explainer =
        new Explainer(state.topology(), state.policy(), new Judge(RuleCatalogue.complete()));
    return name.map(found -> explainer.explain(object(state, found)))
        .orElseGet(() -> explainer.explainHost(host(state.topology(), words.getFirst())));
  }

  private static Resource object(State state, ObjectName name) {
    List<Resource> found = name.find(state.topology());
    if (found.isEmpty()) {
      for (LiveCluster.Unreadable object : state.unreadable()) {
        if (name.means(object.ref())) {
          throw new UnreadableException(
              "%s cannot be explained: %s".formatted(object.ref().spoken(), object.problem()));
        }
      }
      throw missing(name.spoken(), name.suggestions(state.topology()));
    }
    if (found.size() > 1) {
      throw new UnreadableException(
          "there are several: %s; name the namespace with -n"
              .formatted(
                  found.stream()
                      .map(object -> object.ref().toString())
                      .collect(Collectors.joining(", "))));
    }
    return found.getFirst();
  }

  private static List<Backend> host(Topology topology, String host) {
    List<Backend> found = ObjectName.host(topology, host);
    if (found.isEmpty()) {
      throw missing("host " + host, ObjectName.hostSuggestions(topology, host));
    }
    return found;
  }

  private static UnreadableException missing(String what, List<String> suggestions) {
    return new UnreadableException(
        suggestions.isEmpty()
            ? "there is no %s among the objects that were read".formatted(what)
            : "there is no %s; did you mean %s?".formatted(what, String.join(" or ", suggestions)));
  }

  /** Returns the object that is named; empty for a host. */
  private Optional<ObjectName> name() {
    String[] parts = String.join("/", words).split("/", -1);
    return switch (parts.length) {
      case 1 -> hostOrNothing(parts[0]);
      case 2 ->
          Optional.of(new ObjectName(kind(parts[0]), Optional.ofNullable(namespace), parts[1]));
      case 3 -> Optional.of(new ObjectName(kind(parts[0]), Optional.of(own(parts[1])), parts[2]));
      default ->
          throw misused(
              "an object is KIND/NAMESPACE/NAME, KIND/NAME, KIND NAMESPACE/NAME, KIND NAME or a"
                  + " host");
    };
  }

  /** An option that says otherwise than the name is a slip, and neither is a guess. */
  private String own(String written) {
    if (namespace != null && !namespace.equals(written)) {
      throw misused("-n %s and namespace %s of the name differ".formatted(namespace, written));
    }
    return written;
  }

  private Optional<ObjectName> hostOrNothing(String word) {
    if (word.indexOf('.') < 0) {
      throw misused(
          "`%s` is neither an object nor a host; an object is KIND/NAMESPACE/NAME".formatted(word));
    }
    return Optional.empty();
  }

  private Kind kind(String word) {
    return ObjectName.kind(word)
        .orElseThrow(
            () ->
                misused(
                    "`%s` is not a kind that can be explained; those are %s"
                        .formatted(
                            word,
                            Explainer.KINDS.stream()
                                .map(Kind::objectKind)
                                .sorted()
                                .collect(Collectors.joining(", ")))));
  }

  private ExplanationFormat format() {
    return switch (format) {
      case TEXT -> new ExplanationText(style());
      case JSON -> new ExplanationJson(Syntax.JSON);
      case YAML -> new ExplanationJson(Syntax.YAML);
      case MERMAID -> new ExplanationPicture(new MermaidText());
      case DOT -> new ExplanationPicture(new DotText());
    };
  }
}
